// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let axis020 = Rule(
        "AXIS-020", .B, "axis is given in another coordinate system", applies: .imgCIF,
        what: """
            The coordinate system that _axis.system names. The default, laboratory, passes. An axis in McStas is \
            turned into the laboratory frame, which is stated; one in any other system cannot stand in a chain of the \
            laboratory, and what hangs on it is not checked.
            """,
        why: "Programs that do not read the item take the numbers as laboratory coordinates and misplace the axis.",
        fix: "Give the vector and the offset in the laboratory frame and leave _axis.system out.",
        references: ["imgCIF _axis.system"],
        checks: [.experiment(otherSystems)])
}

private func otherSystems(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for axis in view.experiment.axes {
        guard let system = axis.system, system.value.lowercased() != "laboratory" else { continue }
        let treatment = system.value.lowercased() == "mcstas" ? "; it is turned into the laboratory frame" : ""
        verdicts.report(
            "axis '\(axis.id)' is given in the system '\(Wording.excerpt(system.value))'\(treatment)",
            at: system.places.isEmpty ? [axis.place] : system.places,
            values: [("axis", .text(axis.id.text)), ("system", .text(system.value))],
            subjects: verdicts.axes([axis.id]))
    }
}
