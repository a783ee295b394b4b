// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx002 = Rule(
        "NX-002", .C, "entry names no application definition", applies: .anyNeXus,
        what: """
            The field definition of each NXentry and of each NXsubentry directly below one. One that is not empty is \
            enough; it may be a scalar or an array of one string, fixed or variable in length, padded with blanks or \
            nulls.
            """,
        why: """
            Nothing says which application definition the file follows, so readers such as DIALS do not recognise it \
            and only base classes can be checked.
            """,
        fix: "Write the field definition in the entry, for instance definition = \"NXmx\".",
        references: ["NXentry/definition", "NXsubentry/definition", "NXmx:/NXentry/definition"],
        checks: [.conformance])
}

extension NXFault.NoDefinition {
    var told: Told {
        Told(
            "entry has no definition\(stands.map { ": \($0)" } ?? "")\(looksLikeNXmx ? "; it looks like NXmx" : "")")
    }
}
