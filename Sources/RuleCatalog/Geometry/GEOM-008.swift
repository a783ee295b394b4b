// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Frames
import ImageHeaders
import RuleEngine

extension Rule {
    static let geom008 = Rule(
        "GEOM-008", .B, "stated beam centre disagrees with the axes", applies: .both,
        parameters: [
            Parameter("tolerance", "Difference that passes", 2, unit: "px", limits: 0.1...50)
        ],
        what: """
            Each beam centre that the file states beside its axes is compared with the one that the axes give at the \
            settings of the frame; centres of headers and reference centres also with the base swing at 0, the better \
            counting; so are the headers of images that the file names and --frames chooses. A half pixel, exchanged numbers and another unit are tried first and have rules of their own.
            """,
        why: """
            Programs start from the stated centre or from the axes, and one of the two is off by more than indexing \
            stands.
            """,
        fix: "Correct the one that is wrong; say at which detector position a stated centre holds.",
        references: [
            "imgCIF _diffrn_data_frame.center_fast, _diffrn_detector_element.reference_center_fast",
            "NXmx:/NXentry/NXinstrument/NXdetector/beam_center_x",
            "dials/dials#140",
            "xia2/xia2#617",
            "cctbx/dxtbx#171",
            "cctbx/dxtbx#588",
            "legrandp/xdsme#2",
        ],
        needs: .placedPanels + ["GEOM-002", "SCAN-001", "LINK-001", "PIXEL-006", "PIXEL-011"],
        reads: [.beamCentre, .settings],
        checks: [.experiment(otherCentres), .frames(centresOfHeaders)])
}

private func otherCentres(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    CentreTest.report(view, &verdicts, tolerance: verdicts.number("tolerance")) { test in
        test.verdict == .disagrees ? "is \(test.statedPixels), the axes give \(test.computedPixels)" : nil
    }
}

private func centresOfHeaders(_ view: FramesView, _ verdicts: inout Verdicts) {
    let tolerance = verdicts.number("tolerance")
    for group in HeaderOfFrame.external(view) where group.view.experiment.detectors.count == 1 {
        let sightings = group.view.sightings.filter { $0.scan?.id == group.scan.id }
        guard verdicts.areSound(verdicts.subjects(of: sightings)) else { continue }
        for one in [group.frames.first, group.frames.last].compactMap({ $0 }) {
            guard let centre = one.header.beamCentre, let place = centre.origin.place,
                let test = CentreTest(
                    StatedBeamCentre(
                        value: centre.value, unit: "px", item: "the beam centre in the header of frame \(one.number)",
                        isAtZeroSwing: true, place: place), sightings, group.view, tolerance: tolerance)
            else { continue }
            let remark: String
            switch test.verdict {
            case .agrees, .half: continue
            case .exchanged: remark = ": exchanged"
            case .otherUnit(let unit): remark = ": in \(unit)"
            case .zero, .disagrees: remark = ""
            }
            verdicts.report(
                "scan '\(group.scan.id)': \(test.stated.item) is \(test.statedPixels), the axes give "
                    + "\(test.computedPixels)\(remark)",
                at: group.places([one.number], []), values: test.values,
                subjects: [Subject(.category, "beam centre in headers of \(group.scan.id)", in: group.view.scope)])
            break
        }
    }
}
