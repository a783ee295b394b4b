// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import NeXus
import RuleEngine

extension Rule {
    static let axis004 = Rule(
        "AXIS-004", .A, "axis vector has no length", applies: .both,
        parameters: [
            Parameter(
                "minLength", "Length below which a vector counts as none", 0.000001, unit: "ratio", limits: 0...0.001)
        ],
        what: """
            The length of the vector of each rotation, and of each translation that is set to something other than 0 \
            or steps along pixels. Components that imgCIF leaves out are 0; an axis of type general without a setting \
            passes, and so does a translation that stands at 0 throughout.
            """,
        why: "A rotation about nothing or a movement along nothing places everything behind it wrongly.",
        fix: "Write the direction of the axis, for example 1 0 0 for a rotation about X.",
        references: ["imgCIF _axis.vector[1]", "NXtransformations/AXISNAME@vector"],
        checks: [.experiment(vectorsWithoutLength), .conformance])
}

private func vectorsWithoutLength(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let minLength = verdicts.number("minLength")
    let use = view.axisUse
    for axis in view.experiment.axes where !axis.has(.vectorAbsent, .vectorUnusable) {
        let vector = axis.vector.value
        switch axis.motion.value {
        case .rotation: break
        case .translation where use.displaced.contains(axis.id): break
        default: continue
        }
        guard !(vector.length > minLength) else { continue }
        // A component that is not finite is told once, by AXIS-013.
        guard vector.isFinite else { continue }
        verdicts.report(
            "axis '\(axis.id)' has the vector \(vector.words)", at: axis.vectorPlaces,
            values: [("axis", .text(axis.id.text)), ("vector", vector.datum)], subjects: verdicts.axes([axis.id]))
    }
}

extension NXFault.ZeroVector {
    var told: Told {
        Told("axis '\(axis)' has the vector (\(vector.map { String($0) }.joined(separator: ", ")))")
    }
}
