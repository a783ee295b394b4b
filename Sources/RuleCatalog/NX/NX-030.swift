// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx030 = Rule(
        "NX-030", .G, "groups passed over", applies: .anyNeXus,
        what: """
            Groups whose contents are not checked: NXcollection, groups without NX_class that no definition names, \
            and fields at the root.
            """,
        why: "What stands in them is not part of the standard, and this report says nothing of it.",
        fix: "Nothing needs to be done; set NX_class if a group is meant to be NeXus.",
        references: ["NXcollection", "nexusformat/definitions#1387"],
        checks: [.conformance])
}

extension NXFault.Gathered {
    var toldAsPassedOver: Told {
        Told("\(count) group\(plural) passed over: \(Told.first(names.sorted()))", items: names)
    }
}
