// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
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
            The comment header of a CBF with loops against them: wavelength, exposure, pixel size and swing. Distance and \
            beam centre belong to GEOM-007 and GEOM-008, the number of pixels to IMAGE-002. The loops outrank the header; \
            images that a description names are not opened yet.
            """,
        why: "Programs that read the header and programs that read the loops process two different experiments.",
        fix: "Find out which of the two was measured, and write it into both.",
        references: [
            "COMCIFS/comcifs.github.io:accepted/imgcif-with-core-guidelines.md", "dials/dials#2498", "dials/dials#32",
            "cctbx/dxtbx tests omega_scan.cbf",
        ],
        needs: ["IMAGE-017", "BEAM-001"],
        reads: [.wavelength, .exposure, .pixelSize, .settings],
        checks: [.experiment(contradictedHeaders)])
}

private func contradictedHeaders(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard let reading = view.reading, reading.kind == .imgCIF, let header = reading.header else { return }
    let experiment = view.experiment
    func compare(
        _ item: String, _ header: Sourced<Double>?, _ described: Sourced<Double>?, unit: String,
        _ differ: (Double, Double) -> Bool
    ) {
        // What the loops leave open was taken from the header itself.
        guard let header, let described, header.origin.place != described.origin.place,
            differ(header.value, described.value)
        else { return }
        verdicts.report(
            "header gives \(item) = \(Wording.number(header.value)) \(unit), the description has "
                + "\(Wording.number(described.value)) \(unit)",
            at: header.places + described.places,
            values: [
                ("item", .text(item)), ("header", .quantity(header.value, unit: unit)),
                ("value", .quantity(described.value, unit: unit)),
            ], subjects: [verdicts.subject(.category, "header " + item)])
    }
    func ratio(_ limit: Double) -> (Double, Double) -> Bool {
        { abs($0 - $1) > limit * max(abs($0), abs($1)) * (1 + 1e-9) }
    }
    let wavelengths = experiment.beam.wavelengths
    if let wavelengths, wavelengths.value.count == 1 {
        compare(
            "Wavelength", header.wavelength, wavelengths.map { $0[0] }, unit: "angstrom",
            ratio(verdicts.number("wavelength")))
    }
    let exposures = experiment.scans.compactMap(\.exposure)
    if let exposure = exposures.first, exposures.count == 1, exposure.value.count == 1 {
        compare("Exposure_time", header.exposure, exposure.map { $0[0] }, unit: "s", ratio(verdicts.number("exposure")))
    }
    let panels = experiment.detectors.flatMap(\.panels)
    if let panel = panels.first, panels.count == 1 {
        let limit = ratio(verdicts.number("pixel"))
        compare("Pixel_size", header.pixelSize?.map(\.fast), panel.statedPixelSize.fast, unit: "mm", limit)
    }
    if let sighting = view.sightings.first, let swing = sighting.swing, let scan = sighting.scan {
        let setting = scan.axis(swing)?.settings.start(ofFrame: 0) ?? 0
        let limit = verdicts.number("angle")
        // The sense of the swing is not the same everywhere.
        compare(
            "Detector_2theta", header.swing, Sourced(setting, .stated(scan.place)), unit: "deg",
            { abs(abs($0) - abs($1)) > limit })
    }
}
