// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx013 = Rule(
        "NX-013", .B, "value is outside the domain of its type", applies: .anyNeXus,
        parameters: [
            Parameter(
                "maxValues", "values that are looked at", 1_000_000, unit: "count", limits: 1...1_000_000_000,
                checker: .mostValues)
        ],
        what: """
            Every value of fields of the types NX_POSINT, NX_UINT and NX_BOOLEAN, and the attributes signal, axis \
            and primary of fields. Numbers of a few values that the application definition states are finite. Arrays beyond the limit of values are looked at as far as they are read.
            """,
        why: "A value outside its type is a mistake of the writer or a marker that readers take for data.",
        fix: "Write a value of the type, or leave the item out if there is none.",
        references: ["nxdlTypes.xsd NX_POSINT, NX_UINT, NX_BOOLEAN"],
        checks: [.conformance])
}

extension NXFault.OutsideDomain {
    var told: Told {
        switch self {
        case .value(let value, let index, let type, let domain):
            Told("\(Told.object) has value \(value) at index \(index); \(type) takes \(domain.words)")
        case .ordinal(let text, let attribute):
            Told("\(Told.object) has value \(quoted(text)) at index 0; '\(attribute)' takes integers above 0")
        }
    }
}

extension NXFault.OutsideDomain.Domain {
    fileprivate var words: String {
        switch self {
        case .aboveZero: "integers above 0"
        case .fromZero: "integers from 0"
        case .boolean: "0 and 1"
        case .finite: "finite numbers"
        }
    }
}
