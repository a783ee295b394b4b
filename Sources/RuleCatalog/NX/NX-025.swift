// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx025 = Rule(
        "NX-025", .B, "name breaks the naming rule", applies: .anyNeXus,
        what: """
            Names of groups, fields and attributes: letters, digits, underscores and full stops inside, at most 63 \
            characters. Attributes of HDF5's own conventions and contents of NXcollection are left out.
            """,
        why: "Programs turn names into variables and paths, which such a name breaks.",
        fix: "Rename the item with letters, digits and underscores.",
        references: ["NeXus manual, naming conventions", "nxdlTypes.xsd"],
        checks: [.conformance])
}

extension NXFault.OddName {
    var told: Told {
        switch self {
        case .attribute(let name, let fault): return Told("name \(quoted(name)) \(fault.words)")
        case .items(let cases, let fault):
            let more = cases.count == 1 ? "" : " (\(cases.count) names alike)"
            let names = cases.names.map(quoted)
            return Told("name \(names.first ?? "") \(fault.words)\(more)", items: names)
        }
    }
}

extension NameFault {
    fileprivate var words: String {
        switch self {
        case .empty: "is empty"
        case .long(let count): "has \(count) characters, 63 are allowed"
        case .blank: "has a blank"
        case .character(let scalar): "has the character '\(scalar.escaped(asASCII: true))'"
        case .leadingStop: "begins with a full stop"
        case .trailingStop: "ends with a full stop"
        }
    }
}
