// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let pixel009 = Rule(
        "PIXEL-009", .A, "fast and slow dimensions are exchanged", applies: .both,
        what: """
            The number of pixels along fast and slow against the families of detectors that are in wide use: (fast, \
            slow) is in none, and exchanged it is in one. A square detector passes.
            """,
        why: """
            Every row of the image is cut at the wrong place: the picture is a slanted pattern of stripes, and nothing \
            indexes.
            """,
        fix: "Exchange the two dimensions: fast is the one that changes first in memory.",
        references: [
            "cctbx/dxtbx:src/dxtbx/format/FormatNXmxEigerFilewriter.py",
            "cctbx/dxtbx#189",
            "dials/dials#2488",
            "nexusformat/definitions#650",
            "nexusformat/definitions#695",
        ],
        needs: ["PIXEL-001", "PIXEL-013"],
        checks: [.experiment(exchangedDimensions)])
}

private func exchangedDimensions(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    // Without frames at hand data_size alone may be exchanged, which PIXEL-013 tells and readers survive.
    guard view.block != nil || view.frameShape != nil else {
        return verdicts.notChecked(.absent("no frames are at hand to compare the dimensions with"))
    }
    for detector in view.experiment.detectors {
        guard detector.panels.count == 1, let panel = detector.panels.first, let size = panel.size,
            size.fast != size.slow,
            verdicts.isSound(verdicts.subject(.panel, panel.id)), DetectorFamilies.name(size.fast, size.slow) == nil,
            let name = DetectorFamilies.name(size.slow, size.fast)
        else { continue }
        verdicts.report(
            "dimensions \(size.fast) x \(size.slow) (fast x slow) are those of \(name) exchanged", at: [panel.place],
            values: [("fast", .integer(size.fast)), ("slow", .integer(size.slow)), ("detector", .text(name))],
            subjects: [verdicts.subject(.panel, panel.id)])
    }
}
