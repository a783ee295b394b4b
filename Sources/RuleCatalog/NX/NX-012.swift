// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx012 = Rule(
        "NX-012", .C, "type differs from the definition without loss", applies: .anyNeXus,
        what: """
            Stored forms that hold the meaning in another type than the definition asks: integers for floating \
            point, signed for unsigned integers, dates with a blank for the T, several strings for one, NX_class as \
            an array.
            """,
        why: "Most readers cope with it; strict ones refuse the file.",
        fix: "Store the value in the type or form the message names.",
        references: ["nxdlTypes.xsd"],
        checks: [.conformance])
}

extension NXFault.LenientForm {
    var told: Told {
        switch self {
        case .value(_, let stored, let type, let definition):
            Told("\(Told.object) is \(stored); \(definition) asks \(type)")
        case .severalStrings(_, let count):
            Told("\(Told.object) is an array of \(count) strings; one string is asked")
        case .date(let text): Told("\(Told.object) is \(quoted(text)); YYYY-MM-DDThh:mm:ss with a zone is asked")
        case .classAsArray(let groups):
            Told(
                "'NX_class' is an array of one string in \(groups.count) group\(groups.plural); readers expect a single "
                    + "string", items: groups.names)
        }
    }
}
