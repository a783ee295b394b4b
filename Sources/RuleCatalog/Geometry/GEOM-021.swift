// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import ImageHeaders
import RuleEngine

extension Rule {
    static let geom021 = Rule(
        "GEOM-021", .A, "detector is curved and the file describes one plane", applies: .imgCIF,
        what: """
            An image of a detector whose pixels stand on a curve, by the name or serial number in its header (PILATUS 12M \
            of Diamond I23, R-AXIS RAPID), with one distance and one beam centre and no panels. With convert also \
            before anything is written, unless --geometry or --instrument gives the geometry.
            """,
        why: "A plane puts pixels at the edge centimetres from where they were.",
        fix: "Describe each panel; convert and describe take panels from an experiment list with --geometry FILE.expt.",
        references: ["cctbx/dxtbx:src/dxtbx/format/FormatCBFMiniPilatusDLS12M.py"],
        checks: [.experiment(curvedDetectors), .conversion])
}

private func curvedDetectors(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    // Loops place panels one by one.
    guard view.experiment.frame == .image else { return }
    for detector in view.experiment.detectors where detector.panels.count == 1 {
        let panel = detector.panels[0]
        guard let why = CurvedDetector.fault(name: detector.description?.value, size: panel.size) else { continue }
        let name = detector.description?.value ?? detector.id
        verdicts.report(
            "detector '\(Wording.excerpt(name, limit: 60))' is curved, and the header describes one plane: \(why)",
            at: detector.description?.places ?? [detector.place],
            values: [("serial", .text(name))], subjects: [verdicts.subject(.detector, detector.id)])
    }
}
