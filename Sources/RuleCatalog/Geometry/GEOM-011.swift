// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let geom011 = Rule(
        "GEOM-011", .B, "stated beam centre is in another unit", applies: .both,
        parameters: [
            Parameter("tolerance", "Difference that passes", 2, unit: "px", limits: 0.1...10)
        ],
        what: """
            Each beam centre that the file states beside its axes is compared with the one that the axes give at the \
            settings of the frame; centres of headers and reference centres also with the base swing at 0, the better \
            counting. Here the pair agrees when it is multiplied or divided by the pixel size: it is given in another \
            unit than stated. Centres of imgCIF are in millimetres unless their units say otherwise.
            """,
        why: "A program that believes the unit puts the beam into a corner of the image.",
        fix: "Write the unit that is meant, or convert the numbers.",
        references: ["imgCIF _diffrn_data_frame.center_units", "nexusformat/definitions#511", "mxcube/mxcubecore#341"],
        needs: .placedPanels + ["GEOM-002", "SCAN-001", "LINK-001", "PIXEL-006", "PIXEL-011"],
        reads: [.beamCentre, .settings],
        checks: [.experiment(centresInOtherUnits)])
}

private func centresInOtherUnits(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    CentreTest.report(view, &verdicts, tolerance: verdicts.number("tolerance")) { test in
        guard case .otherUnit(let other) = test.verdict else { return nil }
        return "is (\(Wording.number(test.stated.value.fast)), \(Wording.number(test.stated.value.slow))) "
            + "'\(test.stated.unit ?? "")'; the axes give \(test.computedPixels), so \(other) \(other == "pixels" ? "are" : "is") meant"
    }
}
