// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx010 = Rule(
        "NX-010", .B, "field stands for a group or group for a field", applies: .anyNeXus,
        what: """
            The kind of each object, where the definition names a group or a field of its name. A link is judged by \
            what it leads to.
            """,
        why: "Readers open a group where a dataset stands, or the reverse, and stop.",
        fix: "Store the item as the kind the message names, or give it another name.",
        references: ["nxdl.xsd groupType, fieldType"],
        needs: ["NX-033"],
        checks: [.conformance])
}

extension NXFault.OtherKind {
    var told: Told {
        let asked = groupType.map { "group of class \($0)" } ?? "field"
        return Told("\(Told.object) is a \(isField ? "field" : "group") where \(definition) has a \(asked)")
    }
}
