// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Digest
import Findings
import Frames
import ImageHeaders
import RuleEngine
import Transport

/// Axes and detector of an imgCIF file for images whose headers have none; settings come from the headers.
///
/// - Source: docs/guide/convert.md.
struct InstrumentGeometry {
    /// SHA-256 of the file.
    let digest: String
    private let instrument: Experiment
    private let path: String

    /// The words name a file, and no beamline of the table.
    static func isFile(_ words: String) -> Bool {
        words.lowercased().hasSuffix(".cif") || Folder.working.kind(behind: Name(words)) == .file
    }

    init(_ path: String, settings: ReadingSettings) throws(Failure) {
        let reading = FileReading([path], settings: settings)
        if let failure = reading.failures.first { throw failure }
        let found = reading.material.experiments.first?.experiment
        guard let found, found.frame == .imgCIF, reading.material.tree == nil,
            found.detectors.first?.panels.contains(where: { $0.placement != nil }) == true
        else {
            throw Failure(
                attempt: "take the axes of", subject: path, code: .foreign,
                words: "no loops of it give the axes of a detector and of its pixels",
                remedy: "name an imgCIF file with AXIS, ARRAY_STRUCTURE_LIST and ARRAY_STRUCTURE_LIST_AXIS")
        }
        let buffer = try Input.open([path], by: settings.opener).mapped()
        (instrument, self.path, digest) = (found, path, FileDigests.of(buffer[0..<buffer.count]).sha256)
    }

    /// Puts the axes of the file into a scan.
    ///
    /// - Parameters:
    ///   - header: Of the first image.
    ///   - distance: Millimetres that the user gives for headers without any.
    func adopt(_ scan: inout ScanToConvert, header: ImageHeader?, distance: Double?) {
        scan.hasGeometryOfItsOwn = true
        scan.geometryDigest = digest
        do throws(ConversionRefusal) {
            var settings = InstrumentSettings(instrument, path: path)
            try settings.take(scan.experiment, header, distance: distance)
            scan.experiment = merged(scan.experiment, try settings.all())
            scan.notes += settings.notes + [centreNote(scan.experiment, swing: settings.swing)]
        } catch {
            scan.refusal = scan.refusal ?? error
        }
    }

    private func merged(_ header: Experiment, _ settings: [ScanAxis]) -> Experiment {
        var merged = header
        merged.frame = instrument.frame
        merged.axes = instrument.axes
        merged.mentions = []
        merged.goniometer = instrument.goniometer
        merged.gravity = instrument.gravity
        merged.beam.direction = instrument.beam.direction
        merged.beam.polarisationNormal = header.beam.polarisationNormal ?? instrument.beam.polarisationNormal
        merged.identity.instrument = header.identity.instrument ?? instrument.identity.instrument
        merged.identity.facility = header.identity.facility ?? instrument.identity.facility
        if let given = instrument.detectors.first {
            var detector = header.detectors.first ?? given
            detector.panels = given.panels
            detector.axes = given.axes
            detector.description = detector.description ?? given.description
            detector.saturation = detector.saturation ?? given.saturation
            detector.underload = detector.underload ?? given.underload
            detector.undefinedValue = detector.undefinedValue ?? given.undefinedValue
            detector.sensorMaterial = detector.sensorMaterial ?? given.sensorMaterial
            detector.sensorThickness = detector.sensorThickness ?? given.sensorThickness
            merged.detectors = [detector]
        }
        for index in merged.scans.indices {
            merged.scans[index].axes = settings
            merged.scans[index].unplaced = []
        }
        return merged
    }

    /// Where the beam meets the detector, by the file and by the headers.
    private func centreNote(_ experiment: Experiment, swing: AxisID?) -> ConversionNote {
        let words = "geometry of '\(path)' is used"
        guard let scan = experiment.scans.first, let detector = experiment.detectors.first,
            let stated = detector.statedBeamCentres.first(where: { $0.unit == "px" })?.value,
            let panel = detector.panels.first, detector.panels.count == 1
        else { return ConversionNote("GEOM-020", words) }
        var settings = scan.settings(frame: 0)
        if let swing { settings = settings.setting(swing, to: 0) }
        guard case .success(let plane) = experiment.axisGraph.plane(of: panel, settings: settings),
            let centre = plane.meeting(beam: experiment.beam.direction.value).centre?.pixels
        else { return ConversionNote("GEOM-020", words) }
        func pair(_ centre: FastSlow<Double>) -> String {
            "(\(Wording.number(centre.fast, digits: 7)), \(Wording.number(centre.slow, digits: 7)))"
        }
        let far = max(abs(centre.fast - stated.fast), abs(centre.slow - stated.slow)) > 1
        return ConversionNote(
            "GEOM-020", words + "; its beam centre is \(pair(centre)) px, that of the headers \(pair(stated)) px",
            isAssumption: far, option: far ? "--instrument with the beam centre of the headers" : nil)
    }
}
