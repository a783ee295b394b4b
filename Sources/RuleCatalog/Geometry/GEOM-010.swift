// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let geom010 = Rule(
        "GEOM-010", .B, "stated beam centre has fast and slow exchanged", applies: .both,
        parameters: [
            Parameter("tolerance", "Difference that passes", 2, unit: "px", limits: 0.1...10)
        ],
        what: """
            Each beam centre that the file states beside its axes is compared with the one that the axes give at the \
            settings of the frame; centres of headers and reference centres also with the base swing at 0, the better \
            counting. Here the pair agrees when fast and slow are exchanged.
            """,
        why: """
            A program that reads the pair as stated starts indexing far from the beam on any detector that is not \
            square.
            """,
        fix: "Exchange the two numbers: fast first.",
        references: ["dials/dials#140", "xia2/xia2#617", "legrandp/xdsme#2"],
        needs: .placedPanels + ["GEOM-002", "SCAN-001", "LINK-001", "PIXEL-006", "PIXEL-011"],
        reads: [.beamCentre, .settings],
        checks: [.experiment(exchangedCentres)])
}

private func exchangedCentres(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    CentreTest.report(view, &verdicts, tolerance: verdicts.number("tolerance")) { test in
        test.verdict == .exchanged ? "is \(test.statedPixels), the axes give \(test.computedPixels): exchanged" : nil
    }
}
