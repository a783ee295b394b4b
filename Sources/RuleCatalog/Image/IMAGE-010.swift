// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
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
            far as --frames chooses them: wavelength, exposure, pixel size, swing, thickness of the sensor and polarisation; \
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
    Contradictions(header: header, view: view, scan: scan, frame: nil).report(&verdicts)
}

private func contradictedFrames(_ view: FramesView, _ verdicts: inout Verdicts) {
    for group in HeaderOfFrame.external(view) {
        // The first and the last that was read; what is wrong in both is told once.
        for one in [group.frames.first, group.frames.last].compactMap({ $0 }) {
            let test = Contradictions(header: one.header, view: group.view, scan: group.scan, frame: one.frame)
            if test.report(&verdicts) { break }
        }
    }
}

/// One header against the description.
private struct Contradictions {
    let header: ImageHeader
    let view: ExperimentView
    let scan: Scan?
    /// From 0, of an image in a file of its own; nil for the header of the file itself.
    let frame: Int?

    /// True when there is one; what the loops leave open was taken from the header itself, and is none.
    @discardableResult
    func report(_ verdicts: inout Verdicts) -> Bool {
        let experiment = view.experiment
        var found = false
        func compare(
            _ item: String, _ header: Sourced<Double>?, _ described: Sourced<Double>?, unit: String,
            level: Level? = nil, _ differ: (Double, Double) -> Bool
        ) {
            guard let header, let described, frame != nil || header.origin.place != described.origin.place,
                differ(header.value, described.value)
            else { return }
            found = true
            let (words, name) = (frame.map { "header of frame \($0 + 1)" } ?? "header", scan?.id ?? "")
            let blank = unit.isEmpty ? "" : " "
            verdicts.report(
                "\(words) gives \(item) = \(Wording.number(header.value))\(blank)\(unit), the description has "
                    + "\(Wording.number(described.value))\(blank)\(unit)",
                at: frame.map { [.frames(scan: name, ranges: [($0 + 1)...($0 + 1)])] + described.places }
                    ?? header.places + described.places,
                values: [
                    ("item", .text(item)), ("header", .quantity(header.value, unit: unit)),
                    ("value", .quantity(described.value, unit: unit)),
                ], subjects: [Subject(.category, "header " + item, in: view.scope)], level: level)
        }
        func ratio(_ limit: Double) -> (Double, Double) -> Bool {
            { abs($0 - $1) > limit * max(abs($0), abs($1)) * (1 + 1e-9) }
        }
        if let wavelengths = experiment.beam.wavelengths, let wavelength = wavelengths.ofFrame(frame) {
            compare(
                "Wavelength", header.wavelength, wavelength, unit: "angstrom", ratio(verdicts.number("wavelength")))
        }
        let exposure = scan?.exposure?.ofFrame(frame)
        compare("Exposure_time", header.exposure, exposure, unit: "s", ratio(verdicts.number("exposure")))
        let panels = experiment.detectors.flatMap(\.panels)
        let (panel, limit) = (panels.count == 1 ? panels.first : nil, ratio(verdicts.number("pixel")))
        compare("Pixel_size", header.pixelSize?.map(\.fast), panel?.statedPixelSize.fast, unit: "mm", limit)
        if let detector = experiment.detectors.first, experiment.detectors.count == 1 {
            compare("thickness", header.sensorThickness, detector.sensorThickness, unit: "mm", level: .C, ratio(0.01))
        }
        // A fraction at some beamlines, a ratio at others.
        compare("Polarization", header.polarisation, experiment.beam.polarisationRatio, unit: "", level: .C) {
            stated, ratio in
            [stated, 2 * stated - 1].allSatisfy { abs($0 - ratio) > 0.02 }
        }
        let sighting = view.sightings.first { scan == nil || frame == nil || $0.scan?.id == scan?.id }
        if let sighting, let swing = sighting.swing, let scan = sighting.scan {
            let setting = scan.axis(swing)?.settings.start(ofFrame: frame ?? 0) ?? 0
            let limit = verdicts.number("angle")
            // The sense of the swing is not the same everywhere.
            compare(
                "Detector_2theta", header.swing, Sourced(setting, .stated(scan.place)), unit: "deg",
                { abs(abs($0) - abs($1)) > limit })
        }
        return found
    }
}
