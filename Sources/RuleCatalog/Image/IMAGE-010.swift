// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Findings
import Frames
import ImageHeaders
import ImgCIF
import RuleEngine

extension Rule {
    static let image010 = Rule(
        "IMAGE-010", .B, "image header contradicts the description", applies: .both,
        parameters: [
            Parameter("wavelength", "Relative difference of wavelengths", 0.001, unit: "ratio", limits: 0...0.05),
            Parameter("exposure", "Relative difference of exposures", 0.01, unit: "ratio", limits: 0...0.2),
            Parameter("pixel", "Relative difference of pixel sizes", 0.001, unit: "ratio", limits: 0...0.05),
            Parameter("angle", "Difference of swing angles", 0.05, unit: "deg", limits: 0...5),
        ],
        what: """
            The comment header of a CBF with loops against them, and the headers of the images that a description names, as \
            far as --frames chooses them: wavelength, exposure, pixel size, swing, thickness of the sensor, polarisation, detector and date; \
            and compression and byte order of a binary section against ARRAY_STRUCTURE. Distance and beam centre belong to \
            GEOM-007 and GEOM-008, the number of pixels to IMAGE-002. The loops outrank the header.
            """,
        why: "Programs that read the header and programs that read the loops process two different experiments.",
        fix: "Find out which of the two was measured, and write it into both.",
        references: [
            "COMCIFS/comcifs.github.io:accepted/imgcif-with-core-guidelines.md", "dials/dials#2498", "dials/dials#32",
            "cctbx/dxtbx tests omega_scan.cbf",
        ],
        needs: ["IMAGE-017", "BEAM-001"],
        reads: [.wavelength, .exposure, .pixelSize, .settings],
        checks: [.experiment(contradictedHeaders), .text(sectionsAgainstLoops), .frames(contradictedFrames)])
}

private func contradictedHeaders(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard let reading = view.reading, reading.kind == .imgCIF, let header = reading.header else { return }
    let scan = view.experiment.scans.count == 1 ? view.experiment.scans.first : nil
    HeaderBesideLoops(header: header, view: view, scan: scan, frame: nil).report(&verdicts)
}

private func contradictedFrames(_ view: FramesView, _ verdicts: inout Verdicts) {
    for group in HeaderOfFrame.external(view) {
        // The first and the last that was read; what is wrong in both is told once.
        for one in [group.frames.first, group.frames.last].compactMap({ $0 }) {
            let test = HeaderBesideLoops(header: one.header, view: group.view, scan: group.scan, frame: one.frame)
            if test.report(&verdicts) { break }
        }
    }
}
