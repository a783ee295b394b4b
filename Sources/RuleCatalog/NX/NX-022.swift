// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx022 = Rule(
        "NX-022", .B, "number of groups or fields is outside the limits", applies: .anyNeXus,
        what: """
            How often an item stands in its parent, where the definition sets limits; an item with the limit 0 is \
            excluded.
            """,
        why: "Readers count on the limits and take the wrong instance, or stop.",
        fix: "Write as many instances as the definition takes.",
        references: ["nxdl.xsd minOccurs, maxOccurs", "NXmx:/NXentry/NXinstrument/NXdetector/flatfield_error"],
        checks: [.conformance])
}

extension NXFault.OtherCount {
    var told: Told {
        switch self {
        case .none(let label, let definition): return Told("1 of \(label) is there; \(definition) takes none")
        case .count(let count, let label, let definition, let minimum, let maximum):
            let limits = maximum.map { minimum == $0 ? "\($0)" : "\(minimum) to \($0)" } ?? "at least \(minimum)"
            return Told("\(count) of \(label) are there; \(definition) takes \(limits)")
        }
    }
}
