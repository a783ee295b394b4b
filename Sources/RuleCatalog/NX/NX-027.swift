// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let nx027 = Rule(
        "NX-027", .B, "signal names no field", applies: .anyNeXus,
        what: "The signal of NXdata: the name of a field of the group. Frames in blocks of NXmx belong to DATA-001.",
        why: "Programs plot and read the signal and find no data.",
        fix: "Name a field of the group in the attribute signal.",
        references: ["NXdata@signal"],
        checks: [.conformance])
}

extension NXFault.AbsentSignal {
    var told: Told {
        switch self {
        case .absent(let name, let fields):
            let found = fields.isEmpty ? "no fields" : fields.map(quoted).joined(separator: ", ")
            return Told("signal of \(Told.owner) is \(quoted(name)); the group has \(found)")
        case .noField(let name): return Told("signal of \(Told.owner) is \(quoted(name)), which is no field")
        }
    }
}
