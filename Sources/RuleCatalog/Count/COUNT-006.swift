// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let count006 = Rule(
        "COUNT-006", .C, "stored values are not plain counts", applies: .both,
        what: """
            How stored values become counts: linearity is linear or not given, gain and scaling factor are positive. \
            Gain divides, the scaling factor multiplies.
            """,
        why: "Programs that take stored values for counts misjudge intensities and their errors.",
        fix: """
            Store counts, or state the scale in _array_intensities.linearity, .gain and .scaling, or in \
            data_scaling_factor.
            """,
        fixInNeXus: "Store counts, or state the factor as data_scaling_factor of the NXdata.",
        references: [
            "imgCIF _array_intensities.linearity, .gain",
            "NXmx:/NXentry/NXdata/data_scaling_factor",
            "nexusformat/definitions#1343",
        ],
        reads: [.scaling],
        checks: [.experiment(otherScales)])
}

private func otherScales(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for detector in view.experiment.detectors {
        let column = view.block?.column("_array_intensities.linearity")
        let linearity = column?.text(0) ?? "linear"
        let gain = detector.gain?.value
        let scaling = detector.scalingFactor?.value
        let isPlain =
            linearity.lowercased() == "linear" && gain.map { $0 > 0 } ?? true
            && scaling.map { $0 == 1 } ?? true
        guard !isPlain else { continue }
        if let gain = detector.gain, !(gain.value > 0) {
            verdicts.report(
                "gain is \(Wording.number(gain.value)), and counts are stored values divided by it", at: gain.places,
                values: [("gain", .number(gain.value))],
                subjects: [verdicts.subject(.category, "scale of " + detector.id)])
            continue
        }
        let offset = view.block?.column("_array_intensities.offset")?.number(0)?.value ?? 0
        let isGainAlone = linearity.lowercased() == "linear" && (scaling ?? 1) == 1
        if isGainAlone, let gain = detector.gain {
            verdicts.report(
                "gain is \(Wording.number(gain.value)); counts are divided by it",
                at: gain.places.isEmpty ? [detector.place] : gain.places,
                values: [("gain", .number(gain.value))],
                subjects: [verdicts.subject(.category, "scale of " + detector.id)])
            continue
        }
        verdicts.report(
            "values are stored as \(Wording.excerpt(linearity)) (gain \(gain.map { Wording.number($0) } ?? "not given"), scaling "
                + "\(scaling.map { Wording.number($0) } ?? "not given"), offset \(Wording.number(offset)))",
            at: column.map { [$0.place(0)] } ?? detector.scalingFactor?.places ?? [detector.place],
            values: [("linearity", .text(linearity))],
            subjects: [verdicts.subject(.category, "scale of " + detector.id)])
    }
}
