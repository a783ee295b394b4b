// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let axis023 = Rule(
        "AXIS-023", .B, "offset has no units of its own", applies: .nxmx,
        what: """
            An offset that is not zero has units of its own, of length. Without them readers fall back on the units of \
            the axis, which for a rotation is an angle; what is taken here is stated.
            """,
        why: "Metres for millimetres put the axis a thousand times too far away.",
        fix: "Write the attribute offset_units, for example 'mm', beside the offset.",
        references: ["NXtransformations/AXISNAME@offset_units", "dials/nxmx:src/nxmx/__init__.py"],
        checks: [.experiment(offsetUnits), .conformance])
}

private func offsetUnits(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for axis in view.experiment.axes {
        guard let fault = axis.faults.first(where: { $0.kind == .offsetUnitsAbsent || $0.kind == .offsetUnitsUnusable })
        else { continue }
        let offset = axis.offset.value
        let lead = "the offset is taken in "
        let words = fault.found.hasPrefix(lead) ? String(fault.found.dropFirst(lead.count)) : fault.found
        let taken = words.isEmpty ? "mm" : words
        let sentence =
            fault.kind == .offsetUnitsUnusable
            ? "offset_units of axis '\(axis.id)' is '\(Wording.excerpt(words))', which is no length; the offset is taken as "
                + "\(offset.words) mm"
            : "offset of axis '\(axis.id)' is \(offset.words) mm without offset_units; taken as \(Wording.excerpt(taken))"
        verdicts.report(
            sentence, at: [fault.place], values: [("axis", .text(axis.id.text)), ("offset", offset.datum)],
            subjects: [verdicts.subject(.dataset, axis.id.text)])
    }
}
