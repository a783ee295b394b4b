// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx018 = Rule(
        "NX-018", .G, "value is beside the open list", applies: .anyNeXus,
        what: "Values beside an open list of the definition. Silent when the item says custom = true.",
        why: "The value is allowed, but programs know those of the list only.",
        fix: "Take a value of the list if one fits; else set the attribute custom to true.",
        references: ["nxdl.xsd enumeration open", "NXDL @custom"],
        checks: [.conformance])
}

extension NXFault.BesideOpenList {
    var told: Told { Told("value is \(quoted(value)), beside the list \(Told.shortened(list))") }
}
