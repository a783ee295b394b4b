// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx017 = Rule(
        "NX-017", .B, "value is not in the closed list", applies: .anyNeXus,
        what: """
            Values of fields and attributes with a closed list in the definition, compared in the type of the field; \
            each element of an array, and items in square brackets as a whole.
            """,
        why: "Programs that switch on the value do not know this one.",
        fix: "Write one of the values of the list, with its capitals.",
        references: ["nxdl.xsd enumeration"],
        checks: [.conformance])
}

extension NXFault.OutsideList {
    var told: Told {
        switch self {
        case .value(let value, let definition, let list):
            Told(
                "\(Told.object) is \(quoted(value)); \(definition) takes \(Told.shortened(list))",
                values: [("value", .text(value)), ("list", .list(list.map { .text($0) }))])
        case .units(let text, let definition, let list):
            Told("\(Told.object) is \(quoted(text)); \(definition) takes \(list.joined(separator: ", "))")
        case .fixed(let text, let definition, let value):
            Told("\(Told.object) is \(quoted(text)); \(definition) takes \(value)")
        case .standard(let text, let attribute, let list):
            Told("\(Told.object) is \(quoted(text)); '\(attribute)' takes \(list.joined(separator: ", "))")
        case .axisType(let text): Told("\(Told.object) is \(quoted(text)); an axis takes translation, rotation")
        }
    }
}
