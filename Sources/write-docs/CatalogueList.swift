// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The list of rules, made from the names of their files: a file `AREA-NNN.swift` holds the rule `.areaNNN`.
enum CatalogueList {
    static let path = "Sources/RuleCatalog/Catalogue+Generated.swift"

    /// Areas in the order in which they are looked at.
    ///
    /// - Source: docs/design/rules.md, *Evaluation*.
    static let areas = [
        "FILE", "CIF", "DICT", "NX", "LINK", "AXIS", "PIXEL", "SCAN", "GEOM", "BEAM", "COUNT", "DATA", "IMAGE", "META",
    ]

    static func text(in checkout: Checkout) -> String {
        let files = checkout.folders(in: "Sources/RuleCatalog").flatMap { checkout.names(in: $0, endingWith: ".swift") }
        let ids = files.compactMap(id(of:)).sorted { ($0.area, $0.number) < ($1.area, $1.number) }
        return """
            // SPDX-FileCopyrightText: 2026 The Imprimatur authors
            // SPDX-License-Identifier: Apache-2.0

            // Written by `swift run write-docs` from the names of the rule files; one line a rule, so that two branches that
            // add one each are joined without a conflict.

            public import RuleEngine

            /// Every rule, in the order of areas and numbers.
            public let catalogue: [Rule] = [

            """ + ids.map { "    .\(areas[$0.area].lowercased())\($0.number),\n" }.joined() + "]\n"
    }

    /// Place of the area in the order above and the three digits; nil for a file that is no rule.
    private static func id(of path: String) -> (area: Int, number: String)? {
        let stem = path.split(separator: "/").last.map { $0.dropLast(".swift".count) } ?? ""
        let parts = stem.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].count == 3, parts[1].utf8.allSatisfy({ 48...57 ~= $0 }),
            let area = areas.firstIndex(of: String(parts[0]))
        else { return nil }
        return (area, String(parts[1]))
    }
}
