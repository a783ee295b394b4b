// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import ImgCIF
import RuleEngine

extension Rule {
    static let dict012 = Rule(
        "DICT-012", .G, "dictionary versions", applies: .imgCIF,
        what: """
            Always: the dictionaries used, and what _audit_conform declares. It is said when the declared version is \
            newer, and when _diffrn_scan_axis.angle_range is used and the declared version is older than 1.8.7, \
            which changed its meaning.
            """,
        why: "The meaning of an item can change between versions.",
        fix: "Declare the version that the file was written for.",
        references: ["imgCIF dictionary history 1.8.7", "cif_core _audit_conform.dict_name"],
        checks: [.conformance])
}

extension DictionaryFault.Versions {
    var told: Told {
        let used = used.map { "\($0.title) \($0.version)" }.joined(separator: ", ")
        let listed = declared.map { $0.version.isEmpty ? $0.name : "\($0.name) \($0.version)" }.joined(separator: ", ")
        return Told(
            "checked against \(used); the file declares \(listed.isEmpty ? "none" : listed)"
                + remarks.map { "; \($0.words)" }.joined(),
            values: [("used", .text(used)), ("declared", .text(listed))]
                + digests.map { ("sha256 of \($0.file)", .text($0.sha256)) })
    }
}

extension DictionaryFault.Versions.Remark {
    fileprivate var words: String {
        switch self {
        case .newer(let name, let version): "\(name) \(version) is newer than the one used"
        case .rangeChanged:
            "since 1.8.7 _diffrn_scan_axis.angle_range reaches from the start of the first step to the end of the last"
        }
    }
}
