// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let count001 = Rule(
        "COUNT-001", .C, "no upper limit of valid counts", applies: .both,
        what: """
            The upper limit of valid counts of each detector: overload of ARRAY_INTENSITIES, saturation_value of the \
            NXdetector, Count_cutoff of a header, or CCD_IMAGE_SATURATION of SMV, in whose place that of the type is assumed.
            """,
        why: """
            Without it saturated pixels are taken for intensities, and the strongest reflections are integrated too \
            weak.
            """,
        fix: """
            Write the greatest count that the detector measures, plus one, into _array_intensities.overload.
            """,
        fixInNeXus: "Write the greatest count that the detector measures into saturation_value of the NXdetector.",
        references: [
            "imgCIF _array_intensities.overload",
            "NXmx:/NXentry/NXinstrument/NXdetector/saturation_value",
            "dials/dials#113",
            "xia2/xia2#623",
        ],
        reads: [.saturation, .detectorName],
        checks: [.experiment(noUpperLimit)])
}

private func noUpperLimit(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    if view.isWithoutHeader { return verdicts.notChecked(.gated("BEAM-001", at: "image header")) }
    guard view.experiment.imageData != nil else { return }
    for detector in view.experiment.detectors where detector.saturation == nil {
        let name = detector.description?.value ?? detector.id
        verdicts.report(
            "no \(view.block == nil && view.kind == .nexus ? "saturation_value that is a number" : "overload") is given for "
                + "'\(Wording.excerpt(name))'",
            at: [detector.place],
            values: [("detector", .text(detector.id))],
            subjects: [verdicts.subject(.category, "limit of " + detector.id)])
    }
    for detector in view.experiment.detectors {
        guard let limit = detector.saturation, case .assumed(let why) = limit.origin else { continue }
        verdicts.report(
            "no greatest valid count is given for '\(Wording.excerpt(detector.description?.value ?? detector.id))'; \(why)",
            at: [detector.place], values: [("detector", .text(detector.id))],
            subjects: [verdicts.subject(.category, "limit of " + detector.id)])
    }
}
