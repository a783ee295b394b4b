// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx005 = Rule(
        "NX-005", .B, "required group is absent", applies: .anyNeXus,
        what: """
            Groups that the definition requires, in every instance of their parent. In an application definition an \
            item is required unless optional, recommended or minOccurs say otherwise; children of an absent optional \
            parent are not required.
            """,
        why: "Readers of the definition count on the group and stop or guess without it.",
        fix: """
            Write the group at the place the message names, with the class it names; move it there if it stands \
            elsewhere.
            """,
        references: ["nxdl.xsd groupType minOccurs", "NXmx:/NXentry/NXsource"],
        needs: ["NX-033"],
        checks: [.conformance])
}

extension NXFault.AbsentGroup {
    var told: Told {
        var message =
            "\(quoted(holder)) has no group\(name.map { " '\($0)'" } ?? "") of class \(type), which \(definition) requires"
        if let misspelt {
            message += "; NX_class of \(quoted(misspelt.name)) there is \(quoted(misspelt.className))"
        } else if let elsewhere {
            message += "; one stands at \(elsewhere)"
        } else if !classless.isEmpty {
            let few = classless.prefix(3).map(quoted).joined(separator: ", ")
            message += "; \(few) there \(classless.count == 1 ? "has" : "have") no class"
        }
        return Told(message, fix: "Write \(written), a group with the attribute NX_class = \(type).")
    }
}
