// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Findings
import Foundation
import TestSupport
import Testing
import Transport

/// Headers of a series, of which most are not read word by word. Oracle: what was put into the files.
@Suite struct HeaderPassTests {
    /// A sweep from 0 on, so that the angle of the first image is a number that stands for other things too.
    private static func changes(_ number: Int) -> [String: String?] {
        [
            "Start_angle": "Start_angle \(fixed(Double(number - 1) * 0.1, 4)) deg.",
            "2026-01-01": "2026-01-01T10:00:00.\(number < 10 ? "0" : "")\(number)0",
        ]
    }

    private static func fixed(_ number: Double, _ decimals: Int) -> String {
        let whole = String(Int((number * 10_000).rounded()))
        let padded = String(repeating: "0", count: max(0, 5 - whole.count)) + whole
        return String(padded.dropLast(4)) + "." + String(padded.suffix(4).prefix(decimals))
    }

    /// What a dry run tells of twelve images, some of them changed.
    private func told(
        _ small: SmallImages, _ more: [Int: [String: String?]] = [:]
    ) throws -> [String] {
        let paths = try (1...12).map { number in
            let name = "s_" + String(repeating: "0", count: number < 10 ? 4 : 3) + "\(number).cbf"
            return try small.image(name, Self.changes(number).merging(more[number] ?? [:]) { $1 })
        }
        let outcome = try small.convert(paths) { $0.isDryRun = true }
        return outcome.scans.map { "\($0.name) \($0.frames)" }
            + outcome.scans.flatMap { $0.findings.map { "\($0.rule)" } }.sorted()
    }

    @Test func `angles, dates and headers of a series are those of its files`() throws {
        let small = try SmallImages()
        let paths = try (1...12).map { number in
            let name = "s_" + String(repeating: "0", count: number < 10 ? 4 : 3) + "\(number).cbf"
            return try small.image(name, Self.changes(number), pixel: UInt8(number))
        }
        let outcome = try small.convert(paths)
        #expect(outcome.scans.map(\.frames) == [12] && outcome.scans[0].defects.isEmpty)
        let angles = try #require(try small.numbers("/entry/sample/transformations/omega", in: "s.nxs"))
        #expect(angles == (0..<12).map { Double($0) / 10 })
        let ends = try #require(try small.numbers("/entry/sample/transformations/omega_end", in: "s.nxs"))
        #expect(zip(ends, 1...12).allSatisfy { abs($0 - Double($1) / 10) < 1e-9 })
        for (number, path) in paths.enumerated() {
            let all = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
            let marker = try #require(all.firstIndex(of: 0x0C))
            let expected = Array(all[..<marker]) + Array("--CIF-BINARY-FORMAT-SECTION----\n;\n".utf8)
            #expect(try KeptHeader.bytes(ofFrame: number + 1, in: small.path("s.nxs")) == expected)
        }
    }

    @Test func `what changes beside angle and date is seen in any image of a series`() throws {
        #expect(try told(SmallImages()).first == "s 12")
        for place in [1, 2, 5, 7, 11, 12] {
            // Another wavelength and another distance begin a scan.
            for change in ["Wavelength 1.2 A", "Detector_distance 0.4 m"] {
                let key = String(change.prefix { $0 != " " })
                let scans = try told(SmallImages(), [place: [key: change]]).filter { $0.hasPrefix("s") }
                let expected = place == 1 ? 2 : place == 12 ? 2 : 3
                #expect(scans.count == expected, "\(change) in image \(place): \(scans)")
            }
        }
    }

    @Test func `an angle that is no number, or jumps, is seen in any image of a series`() throws {
        for place in [3, 6, 10] {
            for angle in ["-9999.0000", "(nil)", "1e3", "77.0000"] {
                let scans = try told(SmallImages(), [place: ["Start_angle": "Start_angle \(angle) deg."]])
                    .filter { $0.hasPrefix("s") }
                #expect(scans.count == 3, "\(angle) in image \(place): \(scans)")
            }
        }
    }

    @Test func `a second scan in a series has the header of its own first image`() throws {
        let small = try SmallImages()
        let paths = try (1...24).map { number in
            let name = "s_" + String(repeating: "0", count: number < 10 ? 4 : 3) + "\(number).cbf"
            var changes = Self.changes(number)
            if number > 12 { changes["Start_angle"] = "Start_angle \(Self.fixed(Double(number) * 0.1 + 50, 4)) deg." }
            return try small.image(name, changes)
        }
        let outcome = try small.convert(paths)
        #expect(outcome.scans.map(\.frames) == [12, 12])
        let angles = try #require(try small.numbers("/entry/sample/transformations/omega", in: "s_s2.nxs"))
        #expect(abs(angles[0] - 51.3) < 1e-9)
        let kept = String(decoding: try KeptHeader.bytes(ofFrame: 1, in: small.path("s_s2.nxs")), as: UTF8.self)
        #expect(kept.contains("Start_angle 51.3000 deg."))
        #expect(try small.text("/entry/start_time", in: "s_s2.nxs") == "2026-01-01T10:00:00.130")
    }

    @Test func `a file of a series that is cut short is told`() throws {
        let small = try SmallImages()
        let paths = try (1...12).map { number in
            let name = "s_" + String(repeating: "0", count: number < 10 ? 4 : 3) + "\(number).cbf"
            return try small.image(name, Self.changes(number))
        }
        let whole = try Data(contentsOf: URL(fileURLWithPath: paths[4]))
        try whole.dropLast(60).write(to: URL(fileURLWithPath: paths[4]))
        let outcome = try small.convert(paths)
        #expect(!outcome.failures.isEmpty || outcome.scans.contains { $0.refusal != nil || $0.failure != nil })
    }
}
