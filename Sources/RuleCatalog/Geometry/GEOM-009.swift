// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let geom009 = Rule(
        "GEOM-009", .C, "stated beam centre differs by half a pixel", applies: .both,
        parameters: [
            Parameter("tolerance", "Difference from half a pixel", 0.05, unit: "px", limits: 0...0.2)
        ],
        what: """
            Each beam centre that the file states beside its axes is compared with the one that the axes give at the \
            settings of the frame; centres of headers and reference centres also with the base swing at 0, the better \
            counting. Here both components differ by half a pixel: one counts from the corner of the first pixel, the \
            other from its centre.
            """,
        why: """
            Half a pixel is far more than the precision of refined positions; which of the two holds cannot be told \
            from the numbers.
            """,
        fix: """
            State the convention, and write half of displacement_increment as displacement when the axis starts at the \
            corner.
            """,
        references: [
            "imgCIF _array_structure_list_axis.displacement",
            "dials/dials#2190",
            "dials/dials#1545",
            "COMCIFS/imgCIF_Creator@e426907",
        ],
        needs: .placedPanels + ["GEOM-002", "SCAN-001", "LINK-001", "PIXEL-006", "PIXEL-011"],
        reads: [.beamCentre, .settings],
        checks: [.experiment(halfPixelCentres)])
}

private func halfPixelCentres(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    CentreTest.report(view, &verdicts, tolerance: 2, half: verdicts.number("tolerance")) { test in
        guard test.verdict == .half else { return nil }
        return "differs from the axes by (\(Wording.fixed(test.difference.fast, 2)), "
            + "\(Wording.fixed(test.difference.slow, 2))) px, half a pixel; \(test.convention) is taken"
    }
}
