// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let axis006 = Rule(
        "AXIS-006", .A, "axis of a chain is neither rotation nor translation", applies: .both,
        what: """
            The type of every axis that has a setting and stands in the chain of the sample or of a panel. An axis \
            without a setting, or one that stays at 0, is a fixed offset and passes; so do the axes that give the \
            direction of gravity and of the source.
            """,
        why: "A setting of an axis that neither turns nor moves means nothing, and programs guess or leave it out.",
        fix: "Write rotation or translation as the type of the axis.",
        references: ["imgCIF _axis.type (default general)", "NXtransformations/AXISNAME@transformation_type"],
        checks: [.experiment(axesWithoutMotion), .conformance])
}

private func axesWithoutMotion(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let use = view.axisUse
    for axis in view.experiment.axes {
        switch axis.motion.value {
        case .rotation, .translation: continue
        case .general, .unknown: break
        }
        let stands: String
        if use.goniometerChain.contains(axis.id) {
            stands = "goniometer"
        } else if use.detectorChain.contains(axis.id) {
            stands = "detector"
        } else {
            continue
        }
        guard use.displaced.contains(axis.id) else { continue }
        verdicts.report(
            "axis '\(axis.id)' of the \(stands) chain has type '\(axis.motion.value.word)'",
            at: axis.motion.places.isEmpty ? [axis.place] : axis.motion.places,
            values: [("axis", .text(axis.id.text)), ("type", .text(axis.motion.value.word))],
            subjects: verdicts.axes([axis.id]))
    }
}
