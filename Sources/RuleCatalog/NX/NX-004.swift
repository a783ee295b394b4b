// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx004 = Rule(
        "NX-004", .A, "group has no class or another than the one asked", applies: .anyNeXus,
        what: """
            NX_class of each group that the definition requires by name, or that readers begin with: there, and the class \
            that the definition gives. A class that extends the one asked for passes; blanks behind a text of variable \
            length do not. Optional groups are NX-036, classes that nobody asked for NX-034 and NX-035, groups without \
            class that no definition names NX-030.
            """,
        why: "Readers find groups by their class, so that what stands in this group is lost to them.",
        fix: "Set the attribute NX_class of the group to the class the message names.",
        references: ["NXobject@NX_class", "nxdl.xsd groupType type, extends", "nexusformat/definitions#1442"],
        needs: ["NX-033"],
        checks: [.conformance])
}

extension NXFault.OtherClass {
    /// NX-036 tells the same of optional groups.
    var told: Told {
        let found =
            className.map { "NX_class of \(Told.owner) is \(quoted($0))" }
            ?? stored.map { "NX_class of \(Told.owner) is \($0) without a text" }
            ?? "\(Told.owner) is a group without 'NX_class'"
        return Told("\(found); \(definition) expects an \(type) here")
    }
}
