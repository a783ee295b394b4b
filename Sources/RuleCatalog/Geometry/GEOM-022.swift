// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let geom022 = Rule(
        "GEOM-022", .B, "beam centre of the header can be read in two ways", applies: .imgCIF,
        parameters: [
            Parameter("tolerance", "Distance of two readings that passes", 2, unit: "px", limits: 0...50)
        ],
        what: """
            BEAM_CENTER_X and BEAM_CENTER_Y of an SMV header, read as along slow and fast, as along fast and slow, and both \
            with the count from the other edge: readings that lie on the detector and differ by more than the tolerance, \
            while no second statement of the header (DENZO, MOSFLM, ADXV, XDS) decides.
            """,
        why: "Programs read it as the beamline does for which they were written, and index about the wrong point.",
        fix: "Convert and describe with --beam-centre X,Y; write a second statement such as XDS_ORGX and XDS_ORGY.",
        references: ["cctbx/dxtbx:src/dxtbx/format/FormatSMVADSC.py"],
        checks: [.experiment(ambiguousCentres)])
}

private func ambiguousCentres(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for detector in view.experiment.detectors {
        guard let panel = detector.panels.first, panel.placement == nil, let pixel = panel.statedPixelSize.fast?.value,
            pixel > 0, let size = panel.size,
            let stated = detector.statedBeamCentres.first(where: { $0.item == "BEAM_CENTER_X" && $0.unit == "mm" })
        else { continue }
        let (x, y) = (stated.value.slow / pixel, stated.value.fast / pixel)
        let (width, height) = (Double(size.fast), Double(size.slow))
        let readings = [
            FastSlow(fast: y, slow: x), FastSlow(fast: x, slow: y), FastSlow(fast: x, slow: height - y),
            FastSlow(fast: y, slow: height - x),
        ].filter { (0...width).contains($0.fast) && (0...height).contains($0.slow) }
        let tolerance = verdicts.number("tolerance")
        guard let first = readings.first,
            let second = readings.first(where: {
                max(abs($0.fast - first.fast), abs($0.slow - first.slow)) > tolerance
            })
        else { continue }
        func words(_ one: FastSlow<Double>) -> String {
            "(\(Wording.number(one.fast)), \(Wording.number(one.slow)))"
        }
        verdicts.report(
            "beam centre \(Wording.number(stated.value.slow)), \(Wording.number(stated.value.fast)) mm is \(words(first)) or "
                + "\(words(second)) px; --beam-centre decides", at: [stated.place],
            values: [
                ("x", .quantity(stated.value.slow, unit: "mm")), ("y", .quantity(stated.value.fast, unit: "mm")),
                ("fast", .quantity(first.fast, unit: "px")), ("slow", .quantity(first.slow, unit: "px")),
                ("fast2", .quantity(second.fast, unit: "px")), ("slow2", .quantity(second.slow, unit: "px")),
            ], subjects: [verdicts.subject(.detector, detector.id)])
    }
}
