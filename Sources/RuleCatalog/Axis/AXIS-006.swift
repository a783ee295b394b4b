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
    var found: [(stands: String, word: String, axes: [Axis])] = []
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
        let word = axis.motion.value.word
        // In an imgCIF one column gives all types: one cause.
        if view.block != nil, let known = found.firstIndex(where: { $0.stands == stands && $0.word == word }) {
            found[known].axes.append(axis)
        } else {
            found.append((stands, word, [axis]))
        }
    }
    for (stands, word, axes) in found {
        guard let first = axes.first else { continue }
        let more = axes.count > 1 ? " (\(axes.count) axes alike)" : ""
        // The word for what is left out is that of imgCIF.
        let has =
            view.block == nil && first.motion.value == .general ? "has no transformation_type" : "has type '\(word)'"
        verdicts.report(
            "axis '\(first.id)' of the \(stands) chain \(has)\(more)",
            at: axes.flatMap { $0.motion.places.isEmpty ? [$0.place] : $0.motion.places },
            values: [("axis", .text(first.id.text)), ("type", .text(word))], count: axes.count,
            subjects: verdicts.axes(axes.map(\.id)))
    }
}
