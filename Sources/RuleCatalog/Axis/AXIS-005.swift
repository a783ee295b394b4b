// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let axis005 = Rule(
        "AXIS-005", .B, "axis vector is not a unit vector", applies: .both,
        parameters: [
            Parameter("tolerance", "Deviation of the length from 1", 0.001, unit: "ratio", limits: 0.000001...0.1)
        ],
        what: """
            The length of the vector of each rotation, and of each translation of imgCIF. All other rules use the \
            direction alone. A translation of NeXus is value times vector as written, so its length is part of the \
            distance and passes.
            """,
        why: """
            Programs that do not normalise multiply the angle or the displacement by the length, and the detector or \
            the crystal stands elsewhere.
            """,
        fix: "Divide the three components by the length of the vector.",
        references: ["imgCIF _axis.vector[1]", "NXtransformations/AXISNAME@vector", "cctbx/cctbx_project#142"],
        needs: ["AXIS-004"],
        checks: [.experiment(vectorsOfOtherLength)])
}

private func vectorsOfOtherLength(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let tolerance = verdicts.number("tolerance")
    for axis in view.experiment.axes where !axis.has(.vectorAbsent, .vectorUnusable) {
        switch axis.motion.value {
        case .rotation: break
        case .translation where !axis.usesVectorAsWritten: break
        default: continue
        }
        let length = axis.vector.value.length
        guard length > 0, length.isFinite, abs(length - 1) > tolerance, verdicts.areSound(verdicts.axes([axis.id]))
        else { continue }
        verdicts.report(
            "axis '\(axis.id)' has a vector of length \(Wording.number(length)); unit vectors are expected",
            at: axis.vectorPlaces, values: [("axis", .text(axis.id.text)), ("length", .number(length))],
            subjects: verdicts.axes([axis.id]))
    }
}
