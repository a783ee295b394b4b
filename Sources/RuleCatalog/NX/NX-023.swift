// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx023 = Rule(
        "NX-023", .C, "item is deprecated", applies: .anyNeXus,
        what: "Items that the definition or base class marks as deprecated, with what it names instead.",
        why: "New programs no longer look for the item.",
        fix: "Write what the message names instead; keep the old item only for old readers.",
        references: ["nxdl.xsd deprecated"],
        checks: [.conformance])
}

extension NXFault.Deprecated {
    var told: Told {
        switch self {
        case .item(let item):
            Told(
                "\(item.kind.rawValue) \(quoted(item.name)) is deprecated in \(item.definition) \(item.release)"
                    + (item.replacement.map { "; use \($0)" } ?? "") + (item.issue.map { " (\($0))" } ?? ""))
        case .className(let name, let release): Told("class \(name) is deprecated in \(release)")
        }
    }
}
