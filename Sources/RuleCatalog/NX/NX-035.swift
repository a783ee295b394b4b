// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx035 = Rule(
        "NX-035", .G, "groups of classes of their own", applies: .anyNeXus,
        what: """
            Groups whose NX_class does not begin with NX and which no definition asks for: the standard permits classes of \
            one's own. One finding with the groups; their contents are not checked.
            """,
        why: "Other programs pass over these groups.",
        fix: "Nothing has to be mended.",
        references: ["NeXus manual, applying NeXus"],
        checks: [.conformance])
}

extension NXFault.Gathered {
    var toldAsOwnClass: Told {
        Told(
            "\(count) group\(plural) \(count == 1 ? "has a class" : "have classes") of their own: \(Told.first(names))",
            items: names)
    }
}
