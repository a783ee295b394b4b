// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSON
import TestSupport
import Testing

/// A folder of CBF images of one template. Oracle: what was put into each folder.
@Suite struct SeriesFramesTests {
    let folder: URL

    init() throws { folder = try Folder.temporary() }

    /// One image of the series.
    private struct Image {
        var angle: Double
        var increment = 0.1
        var pixels: [UInt8]
        /// A line in the place of the one with its key.
        var line: String?
    }

    /// Images that turn by 0.1 deg each, with pixels of their own.
    private static func images(_ count: Int) -> [Image] {
        (0..<count).map { number in
            let pixels: [UInt8] = (0..<128).map { place in
                let value = place * 7 + number * 13 + place * number
                return UInt8(value % 40 + 10)
            }
            return Image(angle: 10 + 0.1 * Double(number), pixels: pixels)
        }
    }

    private func write(_ images: [Image]) throws {
        for (index, image) in images.enumerated() {
            let lines = usualHeader.map { line in
                if let own = image.line, own.prefix(10) == line.prefix(10) { return own }
                if line.contains("Start_angle") { return "# Start_angle \(image.angle) deg." }
                if line.contains("Angle_increment") { return "# Angle_increment \(image.increment) deg." }
                return line
            }
            let name = "s_" + String(format: "%05d", index + 1)
            try Data(miniCBF(name: name, lines, pixels: image.pixels))
                .write(to: folder.appendingPathComponent(name + ".cbf"))
        }
    }

    /// What is told of the series, rule by rule.
    private func told(_ options: String...) throws -> [String: String] {
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try BuiltProgram.run(
            ["check", "-f", "json"] + options + ["-r", "."], in: folder, input: "", environment: [:])
        let report = try JSONReader.read(Array(result.output.utf8))
        let series = report["files"]?.elements?.first { $0["path"]?.string?.contains("#") == true }
        var told: [String: String] = [:]
        for finding in series?["findings"]?.elements ?? [] {
            if let rule = finding["rule"]?.string { told[rule] = finding["message"]?.string }
        }
        return told
    }

    @Test func `a sound series is told nothing`() throws {
        try write(Self.images(8))
        #expect(try told() == [:])
    }

    @Test(
        "a fact that stands while the scan goes on and jumps is named",
        arguments: [
            ("# Beam_xy (9.00, 4.00) pixels", "the beam centre goes from (8, 4) px to (9, 4) px"),
            ("# Pixel_size 172e-6 m x 175e-6 m", "the pixel size goes from (0.172, 0.172) mm to (0.172, 0.175) mm"),
            ("# Detector: EXAMPLE 16x8, S/N 00-0001", "the detector goes from "),
            ("# Detector_2theta 5.0000 deg.", "the swing goes from 0 deg to 5 deg"),
            ("# Exposure_time 0.0050000 s", "the exposure goes from 0.009 s to 0.005 s"),
            ("# Exposure_period 0.0200000 s", "the frame period goes from 0.01 s to 0.02 s"),
            ("# Count_cutoff 50000 counts", "the greatest valid count goes from 100000 to 50000"),
            ("# Silicon sensor, thickness 0.000450 m", "the thickness of the sensor goes from 0.32 mm to 0.45 mm"),
        ])
    func jumps(_ line: String, _ words: String) throws {
        var images = Self.images(6)
        for index in 3..<6 { images[index].line = line }
        try write(images)
        let told = try told()
        #expect(Set(told.keys) == ["SCAN-027"])
        #expect(
            told["SCAN-027"]?.hasPrefix("series './s_#####.cbf' changes at image 4: \(words)") == true, "\(told)")
    }

    @Test(
        "what rounding and another scan change is not told",
        arguments: ["# Beam_xy (8.10, 4.00) pixels", "# Exposure_time 0.0091000 s", "# Detector_2theta 0.0010 deg."])
    func drifts(_ line: String) throws {
        var images = Self.images(6)
        for index in [1, 4] { images[index].line = line }
        try write(images)
        #expect(try told() == [:])
    }

    @Test func `the first image of another scan may be exposed longer`() throws {
        var images = Self.images(8)
        for index in 4..<8 {
            images[index].angle += 90
            images[index].line = "# Exposure_time 0.0020000 s"
        }
        try write(images)
        #expect(try told() == [:])
    }

    @Test func `two images whose headers are exchanged are named`() throws {
        var images = Self.images(8)
        (images[3].angle, images[4].angle) = (images[4].angle, images[3].angle)
        try write(images)
        let told = try told()
        #expect(Set(told.keys) == ["IMAGE-016"])
        #expect(told["IMAGE-016"]?.hasPrefix("images 4 and 5 of series './s_#####.cbf' are exchanged") == true)
    }

    @Test func `an image that is not there is named, and one that was not asked for is not`() throws {
        try write(Self.images(8))
        try FileManager.default.removeItem(at: folder.appendingPathComponent("s_00004.cbf"))
        let words = try told()["DATA-014"] ?? ""
        #expect(words.hasPrefix("image 4 of series './s_#####.cbf' is missing"))
    }

    @Test func `images that were chosen leave no gap`() throws {
        try write(Self.images(4))
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try BuiltProgram.run(
            ["check", "-f", "json", "s_00001.cbf", "s_00002.cbf", "s_00004.cbf"], in: folder, input: "",
            environment: [:])
        #expect(!result.output.contains("DATA-014"))
        #expect(result.output.contains("s_00004.cbf"))
    }

    @Test func `numbers that were left out between two wedges are no gap`() throws {
        var images = Self.images(8)
        for index in 4..<8 { images[index].angle += 90 }
        try write(images)
        try FileManager.default.removeItem(at: folder.appendingPathComponent("s_00004.cbf"))
        #expect(try told()["DATA-014"] == nil)
    }

    @Test func `the last image that belongs before the first shifts them all`() throws {
        var images = Self.images(8)
        for index in 0..<7 { images[index].angle = 10.1 + 0.1 * Double(index) }
        images[7].angle = 10
        try write(images)
        let words = try told()["IMAGE-016"] ?? ""
        #expect(words.hasPrefix("images 1-8 (8) of series './s_#####.cbf' are out of order"))
    }

    @Test func `a shifted run is named with the order of its headers`() throws {
        var images = Self.images(10)
        let angles = [4, 5, 6, 3].map { images[$0].angle }
        for (index, angle) in angles.enumerated() { images[3 + index].angle = angle }
        try write(images)
        let words = try told()["IMAGE-016"] ?? ""
        #expect(words.hasSuffix("s_#####.cbf' are out of order: by omega they are images 5, 6, 7, 4"))
    }

    @Test(arguments: ["inverse beam", "falling", "second sweep", "stills", "over 360"])
    func `series that are in order`(_ kind: String) throws {
        var images = Self.images(12)
        for index in images.indices {
            switch kind {
            case "inverse beam":
                images[index].angle = [10, 190, 10.3, 190.3][index / 3] + 0.1 * Double(index % 3)
            case "falling":
                images[index].angle = 10 - 0.1 * Double(index)
                images[index].increment = -0.1
            case "second sweep": images[index].angle = 10 + 0.1 * Double(index % 6)
            case "stills":
                images[index].angle = 10
                images[index].increment = 0
            default: images[index].angle = (359.5 + 0.1 * Double(index)).truncatingRemainder(dividingBy: 360)
            }
        }
        try write(images)
        #expect(try told() == [:])
    }

    @Test func `an image that is there twice under another header is named`() throws {
        var images = Self.images(6)
        images[4].pixels = images[1].pixels
        try write(images)
        #expect(try told() == ["IMAGE-007": "images 2 and 5 of series './s_#####.cbf' hold the same pixels"])
    }

    @Test func `without decoding nothing is said of pixels`() throws {
        var images = Self.images(6)
        images[4].pixels = images[1].pixels
        try write(images)
        #expect(try told("--frames", "none") == [:])
    }

    @Test func `a beam that is lost is named at its image`() throws {
        var images = Self.images(6)
        for index in 3..<6 { images[index].pixels = images[index].pixels.map { $0 / 12 } }
        try write(images)
        let told = try told()
        #expect(Set(told.keys) == ["IMAGE-009"])
        #expect(told["IMAGE-009"]?.hasSuffix("at image 4") == true)
    }
}
