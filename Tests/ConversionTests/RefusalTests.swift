// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Diffraction
import Findings
import Foundation
import HDF5
import RuleEngine
import TestSupport
import Testing
import Transport

/// What `convert` does not convert: no file, one sentence, and what helps. Oracle: docs/guide/convert.md.
@Suite struct RefusalTests {
    /// A fault that is written into the loops of an image, and a word of the sentence or the remedy.
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let changes: [(String, String)]
        let words: String

        init(_ name: String, _ changes: [(String, String)], _ words: String) {
            (testDescription, self.changes, self.words) = (name, changes, words)
        }
    }

    static let faults = [
        Fault(
            "no wavelength",
            [("wavelength.value        0.97625", "wavelength.value        ?"), ("# Wavelength 0.97625 A\n", "")],
            "--wavelength"),
        Fault("no axis set for an array", [("increasing  fast", "increasing  .")], "loops"),
        Fault("a face of rotations", [("detx       translation", "detx       rotation   ")], "place"),
        Fault(
            "axes in a crystal system",
            [
                ("    _axis.type\n", "    _axis.type\n    _axis.system\n"), (" rotation   ", " rotation direct "),
                (" general   ", " general direct "), (" translation ", " translation direct "),
            ], "direct"),
        Fault("two rotations that move", [("phi        30.0  0.0  0.0", "phi        30.0  0.5  0.5")], "at once"),
        Fault(
            "a beam along gravity",
            [("0.0 -1.0  0.0    0.0    0.0  0.0\n        source", "0.0  0.0 -1.0    0.0    0.0  0.0\n        source")],
            "--up"),
        Fault("square roots", [("linearity              linear", "linearity              sqrt_scaled")], "linear"),
        Fault("logarithms", [("linearity              linear", "linearity              logarithmic_scaled")], "linear"),
        Fault("loops of another size", [("1  1  3  increasing", "1  1  4  increasing")], "IMAGE-002"),
        Fault(
            "axes in a circle",
            [("two_theta  rotation     detector    .", "two_theta  rotation     detector    trans")], "AXIS-002"),
        Fault(
            "an axis without direction",
            [
                (
                    "omega      rotation     goniometer  .           1.0",
                    "omega      rotation     goniometer  .           0.0"
                )
            ], "AXIS-004"),
    ]  // swift-format-ignore

    @Test(arguments: faults)
    func `a fault of the loops`(_ fault: Fault) throws {
        let small = try SmallImages()
        let outcome = try small.convert([try small.loops("a_00001.cbf", fault.changes)])
        let refusal = try #require(outcome.scans.first?.refusal, "\(outcome)")
        #expect((refusal.sentence + refusal.remedy).contains(fault.words) && small.written.isEmpty, "\(refusal)")
        #expect(!refusal.remedy.isEmpty && !refusal.sentence.hasSuffix("."))
    }

    @Test func `the same image without a fault is converted`() throws {
        let small = try SmallImages()
        let outcome = try small.convert([try small.loops("a_00001.cbf")])
        #expect(outcome.scans.first?.defects == [] && small.written == ["a.nxs"], "\(outcome.scans)")
    }

    @Test(arguments: [
        ("WAVELENGTH", "--wavelength"), ("DISTANCE", "--distance"), ("XDS_ORGX", "--beam-centre"),
    ])
    func `what the header of an SMV image lacks`(_ item: (String, String)) throws {
        let small = try SmallImages()
        let outcome = try small.convert([try small.smv("a_001.img", [item.0: nil])])
        let refusal = try #require(outcome.scans.first?.refusal)
        #expect(refusal.remedy.contains(item.1) && small.written.isEmpty, "\(refusal)")
    }

    @Test func `a beam centre of SMV that can be read in several ways is told, and the option decides`() throws {
        let small = try SmallImages()
        let path = try small.smv("a_001.img", ["XDS_ORGX": nil])
        let outcome = try small.convert([path])
        #expect(outcome.scans.first?.refusal?.sentence.hasPrefix("GEOM-022") == true)
        let check = FileCheck(FileCheck.Settings(profile: Profile(name: "default"), reading: ReadingSettings()))
        let finding = try #require(check.check(path).findings.first { $0.rule == "GEOM-022" })
        #expect(finding.level == Level.B)
        #expect(finding.message.contains("(7.5, 3.5)") && finding.message.contains("(3.5, 7.5)"))
        #expect(!check.check(try small.smv("b_001.img")).findings.contains { $0.rule == "GEOM-022" })
    }

    @Test func `images of one scan with other numbers of pixels`() throws {
        let small = try SmallImages()
        let first = try small.image("a_00001.cbf", ["Start_angle": "Start_angle 10.0 deg."])
        let other = try small.image("a_00002.cbf", ["Start_angle": "Start_angle 10.1 deg."])
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: other)), as: Unicode.ASCII.self)
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: other)))
        for (old, new) in [
            ("Fastest-Dimension: 16", "Fastest-Dimension: 32"), ("Second-Dimension: 8", "Second-Dimension: 4"),
        ] {
            let place = try #require(text.range(of: old)).lowerBound
            let at = text.distance(from: text.startIndex, to: place)
            bytes.replaceSubrange(at..<(at + old.utf8.count), with: Array(new.utf8))
        }
        try Data(bytes).write(to: URL(fileURLWithPath: other))
        let outcome = try small.convert([first, other])
        #expect(outcome.scans.allSatisfy { $0.refusal?.remedy == "convert images of each size apart" })
        #expect(small.written.isEmpty)
        // Each alone is a scan.
        _ = try small.convert([first])
        _ = try small.convert([other]) { $0.output = small.path("other.nxs") }
        #expect(small.written == ["a.nxs", "other.nxs"])
    }

    @Test func `arrays of two shapes in one frame`() throws {
        let small = try SmallImages()
        for (height, isRefused) in [(2, false), (1, true)] {
            let outcome = try small.convert([try small.twoArrays("a\(height)_00001.cbf", height: height)])
            let refusal = outcome.scans.first?.refusal
            #expect((refusal != nil) == isRefused, "\(outcome.scans)")
            #expect(!isRefused || refusal?.sentence.contains("siz") == true && refusal?.remedy.isEmpty == false)
        }
        #expect(small.written == ["a2.nxs"])
        #expect(try small.object("/entry/data/data", in: "a2.nxs")?.dataset?.shape == [1, 2, 2, 3])
    }

    @Test func `counts of 64 bits are narrowed where they fit, and refused where they do not`() throws {
        let small = try SmallImages()
        let wide = [
            ("\"signed 32-bit integer\"", "\"signed 64-bit integer\""), ("X-Binary-Size: 24", "X-Binary-Size: 48"),
        ]
        func pixels(_ values: [Int64]) -> [UInt8] {
            values.flatMap { withUnsafeBytes(of: $0.littleEndian, Array.init) }
        }
        let fitting = try small.loops("a_00001.cbf", wide, pixels: pixels([-1, 0, 1, 2, 3, 1_000_000]))
        let outcome = try small.convert([fitting])
        #expect(outcome.scans[0].defects.isEmpty && outcome.scans[0].element == "signed 32-bit integer")
        for value in [Int64(1) << 40, -(Int64(1) << 40)] {
            let path = try small.loops("b_00001.cbf", wide, pixels: pixels([0, value, 0, 0, 0, 0]))
            let refused = try small.convert([path])
            #expect(refused.scans[0].refusal?.sentence.contains("does not fit") == true)
        }
        #expect(small.written == ["a.nxs"])
    }

    @Test func `counts become 16 bits where it is asked for and all fit`() throws {
        let small = try SmallImages()
        let path = try small.loops(
            "a_00001.cbf", pixels: [1, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF] + [UInt8](repeating: 0, count: 16))
        let outcome = try small.convert([path]) { $0.element = .uint16 }
        #expect(
            outcome.scans[0].defects.isEmpty && outcome.scans[0].element == "unsigned 16-bit integer",
            "\(outcome.scans)")
    }

    @Test func `a scan of which no frame can be decoded makes no file, whatever is to be filled`() throws {
        let small = try SmallImages()
        let path = try small.image("a_00001.cbf")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        try bytes.dropLast(120).write(to: URL(fileURLWithPath: path))
        let outcome = try small.convert([path]) { $0.gaps = .fill }
        #expect(outcome.scans[0].refusal != nil && small.written.isEmpty)
    }

    @Test func `a barrel detector needs a geometry`() throws {
        let small = try SmallImages()
        let path = try small.image("a_00001.cbf", ["Detector:": "Detector: PILATUS 12M, S/N 120-0100"])
        let refusal = try #require(try small.convert([path]).scans[0].refusal)
        #expect(
            refusal.sentence.hasPrefix("GEOM-021") && refusal.remedy.contains("--geometry") && small.written.isEmpty)
    }

    @Test func `strict names all that is assumed, and the options for it`() throws {
        let small = try SmallImages()
        let refusal = try #require(
            try small.convert([try small.image("a_00001.cbf")]) { $0.isStrict = true }.scans[0].refusal)
        for option in ["--gonio-axis", "--up", "--sample-name"] { #expect(refusal.remedy.contains(option)) }
        #expect(small.written.isEmpty)
    }

    @Test(arguments: [
        "", "Filter_transmission 0.2547", "Chi -54.7 deg.", "Polarization 0.99", "Detector_2theta 30 deg.",
    ])
    func `strict refuses each fault by itself, when all else is given`(_ line: String) throws {
        let small = try SmallImages()
        let path = try small.image("a_00001.cbf", ["Detector_2theta": line.isEmpty ? "Tau = 0 s" : line])
        #expect(try small.strictly([path]).scans.allSatisfy { ($0.refusal != nil) == !line.isEmpty })
        #expect(small.written == (line.isEmpty ? ["a.nxs"] : []))
    }

    @Test func `strict refuses a gap until it is said what becomes of it`() throws {
        let small = try SmallImages()
        let images = try small.sweep(numbers: [1, 2, 4, 5])
        #expect(try small.strictly(images).scans.allSatisfy { $0.refusal?.remedy.contains("--missing split") == true })
        #expect(small.written.isEmpty)
        let split = try small.strictly(images) { $0.gapsAreChosen = true }
        #expect(split.scans.map(\.frames) == [2, 2] && split.scans.allSatisfy { $0.refusal == nil }, "\(split.scans)")
        // Images at 0, 45 and 90 degrees are scans of their own, and nothing is assumed of them.
        let screening = try [0, 45, 90].enumerated().map { index, angle in
            try small.image("s_0000\(index + 1).cbf", ["Start_angle": "Start_angle \(angle) deg."])
        }
        #expect(try small.strictly(screening).scans.map(\.frames) == [1, 1, 1])
    }

    @Test func `comments that contradict the loops are told, and refused by strict`() throws {
        let small = try SmallImages()
        let path = try small.loops("a_00001.cbf", [("# Wavelength 0.97625 A", "# Wavelength 1.1 A")])
        let told = try small.convert([path])
        #expect(told.scans[0].findings.contains { $0.rule == "IMAGE-010" && $0.message.contains("1.1") })
        #expect(try small.numbers("/entry/instrument/beam/incident_wavelength", in: "a.nxs") == [0.97625])
        let strict = try small.convert([path]) {
            $0.isStrict = true
            $0.output = small.path("strict.nxs")
        }
        #expect(strict.scans[0].refusal?.sentence.contains("IMAGE-010") == true && small.written == ["a.nxs"])
    }

    @Test func `another polarisation in the comments is told once, as mildly as a check does`() throws {
        let small = try SmallImages()
        let path = try small.loops(
            "a_00001.cbf", [("# Wavelength 0.97625 A", "# Wavelength 0.97625 A\n# Polarization 0.5")])
        let told = try small.convert([path]).scans[0].findings.filter { $0.rule == "IMAGE-010" }
        #expect(told.map(\.level) == [.C])
    }

    @Test(arguments: [
        ("2026-01-01T10:00:00.000", "2026-01-01T10:00:00.000"), ("2010-Dec-14T21:43:23.655", "2010-12-14T21:43:23.655"),
        ("2019/Nov/29 13:14:55", "2019-11-29T13:14:55"), ("2018-12-13T15:51Z34.902", "2018-12-13T15:51:34.902Z"),
        ("Sat Dec 14 10:17:53 2002", "2002-12-14T10:17:53"),
    ])
    func `dates in five dialects`(_ date: (written: String, read: String)) throws {
        let small = try SmallImages()
        let changes = [
            (
                "scan.date_start                   2026-01-10T10:00:00+00:00",
                "scan.date_start                   '\(date.written)'"
            )
        ]
        _ = try small.convert([try small.loops("a_00001.cbf", changes)])
        #expect(try small.text("/entry/start_time", in: "a.nxs") == date.read)
    }

    @Test(arguments: ["yesterday", "2026-13-45T99:99:99", "2026-02-30T10:00:00"])
    func `a date that is none is left out and told`(_ words: String) throws {
        let small = try SmallImages()
        let changes = [
            (
                "scan.date_start                   2026-01-10T10:00:00+00:00",
                "scan.date_start                   '\(words)'"
            )
        ]
        let outcome = try small.convert([try small.loops("a_00001.cbf", changes)])
        #expect(outcome.scans[0].findings.contains { $0.rule == "SCAN-016" && $0.message.contains(words) })
        #expect(try small.text("/entry/start_time", in: "a.nxs") == nil)
    }

    @Test(arguments: ["instrument", "experiment"])
    func `options that name nothing are wrong usage`(_ option: String) throws {
        let small = try SmallImages()
        let path = try small.image("a_00001.cbf")
        #expect(throws: Failure.self) {
            try small.convert([path]) {
                if option == "instrument" { $0.instrument = "Nowhere X99" } else { $0.experiment = 1 }
            }
        }
        #expect(small.written.isEmpty)
    }

    @Test func `options that say nothing are refused before anything is read`() {
        var request = ConversionRequest()
        request.sensorMaterial = " "
        #expect(throws: Failure.self) { try request.check() }
        request.sensorMaterial = nil
        request.sampleName = "?"
        #expect(throws: Failure.self) { try request.check() }
    }
}
