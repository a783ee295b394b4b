// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Findings
import ImageHeaders
import RuleEngine

/// One header against the description.
struct HeaderBesideLoops {
    let header: ImageHeader
    let view: ExperimentView
    let scan: Scan?
    /// From 0, of an image in a file of its own; nil for the header of the file itself.
    let frame: Int?

    private var words: String { frame.map { "header of frame \($0 + 1)" } ?? "header" }

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
            let (name, blank) = (scan?.id ?? "", unit.isEmpty ? "" : " ")
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
        if let dates = header.dateBeside(view, scan, frame: frame) {
            found = true
            verdicts.report(
                "\(words) has the date '\(Wording.excerpt(dates.header.value))', "
                    + "the description has '\(Wording.excerpt(dates.description.value))'",
                at: dates.header.places + dates.description.places,
                values: [("item", .text("date")), ("header", .text(dates.header.value))],
                subjects: [Subject(.category, "header date", in: view.scope)], level: .C)
        }
        if let stated = header.detector, let detector = experiment.detectors.first, experiment.detectors.count == 1,
            let described = detector.description, described.origin.place != stated.origin.place,
            Self.areUnlike(stated.value, described.value)
        {
            found = true
            verdicts.report(
                "\(words) has the detector "
                    + "'\(Wording.excerpt(stated.value, limit: 60))', the description has "
                    + "'\(Wording.excerpt(described.value, limit: 60))'",
                at: stated.places + described.places,
                values: [("item", .text("Detector")), ("header", .text(stated.value))],
                subjects: [Subject(.category, "header detector", in: view.scope)], level: .C)
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

    /// Two serial numbers, or two families of detectors.
    private static func areUnlike(_ one: String, _ other: String) -> Bool {
        let serials = [one, other].map(ImageHeader.serialNumber(in:))
        if let a = serials[0], let b = serials[1] { return a.lowercased() != b.lowercased() }
        guard let a = DetectorFamilies.family(inName: one), let b = DetectorFamilies.family(inName: other) else {
            return false
        }
        if let x = a.pixel, let y = b.pixel, x != y { return true }
        guard let x = a.size, let y = b.size else { return false }
        return x != y
    }
}
