// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImageHeaders
import ImgCIF
import TestSupport
import Testing
import Transport

/// Oracle: the header text itself, and the image frame of conversion.md section 5 worked by hand.
@Suite("comment headers of miniCBF")
struct HeaderTests {
    private func reading(_ lines: [String]) throws -> BlockReading {
        try #require(CIF.Document.parse(ByteBuffer(miniCBF(lines))).readBlocks().first)
    }

    private func replaced(_ key: String, _ line: String?) -> [String] {
        usualHeader.compactMap { $0.contains(key) ? line : $0 }
    }

    @Test("a usual header becomes a model in the image frame")
    func usual() throws {
        let reading = try reading(usualHeader)
        #expect(reading.kind == .miniCBF)
        let experiment = try #require(reading.experiments.first)
        #expect(experiment.frame == .image)
        #expect(experiment.beam.wavelengths?.value == [1])
        let panel = try #require(experiment.detectors.first?.panels.first)
        #expect(panel.size == FastSlow(fast: 16, slow: 8))
        guard case .fixed(let plane) = panel.placement else {
            Issue.record("panel is not placed: \(panel.placementFault ?? "")")
            return
        }
        // Origin (-b_x p_x, +b_y p_y, -d) with 172 micrometres and (8, 4).
        #expect((plane.origin - Vector3(-1.376, 0.688, -100)).length < 1e-12)
        #expect((plane.fast - Vector3(0.172, 0, 0)).length < 1e-15)
        #expect((plane.slow - Vector3(0, -0.172, 0)).length < 1e-15)
        let detector = try #require(experiment.detectors.first)
        #expect(detector.sensorMaterial?.value == "Silicon" && detector.sensorThickness?.value == 0.32)
        #expect(detector.saturation?.value == 100000)
        #expect(detector.description?.value == "EXAMPLE 16x8, S/N 00-0000")
        let scan = try #require(experiment.scans.first)
        #expect(scan.exposure?.value == [0.009] && scan.period?.value == [0.01])
        #expect(scan.axes.first?.settings.end(ofFrame: 0) == 10.1)
        #expect(experiment.identity.startTime?.value == "2026-01-01T10:00:00.000")
    }

    @Test("what the header does not give is assumed and says so")
    func assumed() throws {
        let experiment = try #require(try reading(usualHeader).experiments.first)
        for origin in [experiment.gravity.origin, experiment.beam.direction.origin, experiment.axes[0].vector.origin] {
            guard case .assumed(let sentence) = origin else {
                Issue.record("not marked as assumed: \(origin)")
                continue
            }
            #expect(!sentence.isEmpty)
        }
    }

    @Test("nothing is invented for a key that is absent", arguments: ["Wavelength", "Detector_distance", "Beam_xy"])
    func absent(_ key: String) throws {
        let experiment = try #require(try reading(replaced(key, nil)).experiments.first)
        let panel = try #require(experiment.detectors.first?.panels.first)
        #expect((experiment.beam.wavelengths == nil) == (key == "Wavelength"))
        #expect((panel.placement == nil) == (key != "Wavelength"))
        #expect((panel.placementFault != nil) == (key != "Wavelength"))
    }

    @Test("a swing turns the face about the fast direction")
    func swing() throws {
        let experiment = try #require(
            try reading(replaced("Detector_2theta", "# Detector_2theta 90.0 deg.")).experiments.first)
        guard case .fixed(let plane) = experiment.detectors.first?.panels.first?.placement else {
            Issue.record("panel is not placed")
            return
        }
        // (x, y, z) becomes (x, -z, y) under a quarter turn about +X.
        #expect((plane.origin - Vector3(-1.376, 100, 0.688)).length < 1e-12)
    }

    @Test(
        "keys with colon, equals sign or case of their own, and null values",
        arguments: [
            ("# Wavelength = 0.9 A", 0.9 as Double?), ("# wavelength: 0.9 A", 0.9), ("#Wavelength 0.9", 0.9),
            ("# Wavelength None", nil), ("# Wavelength (nil)", nil), ("# Wavelength 0.0 A", nil),
        ])
    func forms(_ line: String, _ value: Double?) throws {
        let header = try #require(try reading(replaced("Wavelength", line)).header)
        #expect(header.wavelength?.value == value)
    }

    @Test("-9999 is no angle")
    func nullAngle() throws {
        let header = try #require(try reading(replaced("Start_angle", "# Start_angle -9999.0 deg.")).header)
        #expect(header.startAngle == nil)
    }

    @Test("a path over several lines is one value, and later keys keep their places")
    func wrapped() throws {
        let lines = ["# Image_path: /a/long/", "path/over/lines/"] + usualHeader
        let bytes = miniCBF(lines)
        let document = CIF.Document.parse(ByteBuffer(bytes))
        let header = try #require(document.readBlocks().first?.header)
        #expect(header.text("Image_path")?.value == "/a/long/path/over/lines/")
        let entry = try #require(header.entries.first { $0.key == "Wavelength" })
        #expect(bytes[entry.offset...].starts(with: Array("# Wavelength 1.00000 A".utf8)))
    }

    @Test("loops outrank the header, which stands beside them")
    func loopsOutrank() throws {
        var file = SmallFile()
        file.head +=
            "\n_array_data.header_contents\n;\n# Wavelength 0.5 A\n# Detector_distance 0.1 m\n# Beam_xy (1, 2)\n;"
        file.data = ""
        let reading = try #require(readBlocks(file.text).first)
        #expect(reading.kind == .imgCIF)
        let experiment = try #require(reading.experiments.first)
        #expect(experiment.beam.wavelengths?.value == [0.9795])
        #expect(reading.header?.wavelength?.value == 0.5)
        #expect(experiment.detectors.first?.statedDistances.map(\.item) == ["Detector_distance"])
        #expect(experiment.detectors.first?.statedBeamCentres.first?.value == FastSlow(fast: 1, slow: 2))
    }

    @Test("every beginning of a file is read without a fault of ours")
    func prefixes() {
        let bytes = miniCBF(usualHeader)
        for length in stride(from: 0, through: bytes.count, by: 7) {
            for reading in CIF.Document.parse(ByteBuffer(Array(bytes.prefix(length)))).readBlocks() {
                #expect(reading.experiments.count == 1)
            }
        }
        let text = Array(SmallFile().text.utf8)
        for length in stride(from: 0, through: text.count, by: 11) {
            for reading in CIF.Document.parse(ByteBuffer(Array(text.prefix(length)))).readBlocks() {
                #expect(reading.experiments.count == 1)
            }
        }
    }
}
