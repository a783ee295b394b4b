// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Diffraction
import Findings
import Foundation
import HDF5
import TestSupport
import Testing
import Transport

/// What `convert` writes. Oracle: what was put into the images.
@Suite struct ConversionTests {
    @Test func `a sweep becomes one file with the angles, times and limits of its headers`() throws {
        let small = try SmallImages()
        let outcome = try small.convert(try small.sweep(numbers: [1, 2, 3]).reversed())
        #expect(outcome.scans.map(\.frames) == [3] && small.written == ["a.nxs"])
        #expect(outcome.scans[0].defects.isEmpty && outcome.scans[0].refusal == nil)
        let detector = "/entry/instrument/detector/"
        let angles = try #require(try small.numbers("/entry/sample/transformations/omega", in: "a.nxs"))
        #expect(zip(angles, [10, 10.1, 10.2]).allSatisfy { abs($0 - $1) < 1e-9 } && angles.count == 3)
        let ends = try #require(try small.numbers("/entry/sample/transformations/omega_end", in: "a.nxs"))
        #expect(zip(ends, [10.1, 10.2, 10.3]).allSatisfy { abs($0 - $1) < 1e-9 })
        // The exposure is no period, and the last valid count no first invalid one.
        #expect(try small.numbers(detector + "count_time", in: "a.nxs") == [0.009])
        #expect(try small.numbers(detector + "frame_time", in: "a.nxs") == [0.01])
        #expect(try small.numbers(detector + "saturation_value", in: "a.nxs") == [100_000])
        #expect(try small.text("/entry/start_time", in: "a.nxs") == "2026-01-01T10:00:00.000")
        #expect(try small.text("/entry/end_time_estimated", in: "a.nxs") == "2026-01-01T10:00:00.030")
        #expect(try small.text(detector + "sensor_material", in: "a.nxs") == "Si")
        #expect(try small.text("/entry/instrument/name", in: "a.nxs") == "?")
    }

    @Test func `every header is kept byte for byte`() throws {
        let small = try SmallImages()
        let paths = try small.sweep(numbers: [1, 2])
        _ = try small.convert(paths)
        for (number, path) in paths.enumerated() {
            let all = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
            let marker = try #require(all.firstIndex(of: 0x0C))
            let expected = Array(all[..<marker]) + Array("--CIF-BINARY-FORMAT-SECTION----\n;\n".utf8)
            #expect(try KeptHeader.bytes(ofFrame: number + 1, in: small.path("a.nxs")) == expected)
        }
        #expect(throws: Failure.self) { try KeptHeader.bytes(ofFrame: 3, in: small.path("a.nxs")) }
    }

    @Test func `a missing number splits, is filled, or refuses`() throws {
        let small = try SmallImages()
        let paths = try small.sweep(numbers: [1, 2, 4])
        let split = try small.convert(paths)
        #expect(split.scans.map(\.frames) == [2, 1] && small.written == ["a.nxs", "a_s2.nxs"])
        #expect(split.gaps.count == 1)
        let filled = try small.convert(paths) {
            $0.gaps = .fill
            $0.output = small.path("filled.nxs")
        }
        #expect(filled.scans.map(\.frames) == [4])
        #expect(filled.scans[0].findings.contains { $0.rule == "DATA-014" })
        #expect(try small.numbers("/entry/conversion/settings/missing_frames", in: "filled.nxs") == [3])
        let angles = try #require(try small.numbers("/entry/sample/transformations/omega", in: "filled.nxs"))
        #expect(angles.count == 4 && abs(angles[2] - 10.2) < 1e-9)
        let refused = try small.convert(paths) {
            $0.gaps = .refuse
            $0.output = small.path("refused.nxs")
        }
        #expect(refused.refusal != nil && refused.scans.isEmpty && !small.written.contains("refused.nxs"))
    }

    @Test func `an angle that goes back, another distance and another template begin scans`() throws {
        let small = try SmallImages()
        var paths = try small.sweep(numbers: [1, 2])
        paths += try small.sweep("b", numbers: [1])
        paths.append(try small.image("a_00003.cbf"))
        paths.append(
            try small.image(
                "a_00004.cbf",
                ["Start_angle": "Start_angle 10.1 deg.", "Detector_distance": "Detector_distance 0.2 m"]))
        let outcome = try small.convert(paths) { $0.isDryRun = true }
        #expect(outcome.scans.map { "\($0.name) \($0.frames)" } == ["a 2", "a_s2 1", "a_s3 1", "b 1"])
        #expect(small.written.isEmpty)
    }

    @Test(arguments: [
        ("Wavelength", "--wavelength"), ("Detector_distance", "--distance"), ("Beam_xy", "--beam-centre"),
    ])
    func `what a header lacks refuses the scan with the option that helps`(_ item: (String, String)) throws {
        let small = try SmallImages()
        let outcome = try small.convert([try small.image("a_00001.cbf", [item.0: nil])])
        let refusal = try #require(outcome.scans.first?.refusal)
        #expect(refusal.remedy.contains(item.1) && small.written.isEmpty)
    }

    @Test func `an axis that the table of beamlines contradicts is refused until it is given`() throws {
        let small = try SmallImages()
        let path = try small.image("a_00001.cbf", ["Detector:": "Detector: PILATUS3 6M, S/N 60-0119"])
        let refused = try small.convert([path])
        #expect(refused.scans[0].refusal?.remedy.contains("--gonio-axis 0,1,0") == true && small.written.isEmpty)
        let given = try small.convert([path]) { $0.instrument = "Diamond I24" }
        #expect(given.scans[0].path != nil)
        let axis = try #require(try small.object("/entry/sample/transformations/omega", in: "a.nxs"))
        // Upwards, that is Y of McStas.
        #expect(axis.attribute("vector")?.value.doubles == [0, 1, 0])
        let strict = try small.convert([path]) {
            $0.isStrict = true
            $0.output = small.path("strict.nxs")
        }
        #expect(strict.scans[0].refusal != nil && !small.written.contains("strict.nxs"))
    }

    @Test func `a swing of the header moves the detector and is told`() throws {
        let small = try SmallImages()
        let outcome = try small.convert([
            try small.image("a_00001.cbf", ["Detector_2theta": "Detector_2theta 30.0 deg."])
        ])
        #expect(outcome.scans[0].findings.contains { $0.rule == "AXIS-026" } && outcome.scans[0].defects.isEmpty)
        #expect(try small.numbers("/entry/instrument/detector/transformations/two_theta", in: "a.nxs") == [30])
        let distance = try #require(try small.numbers("/entry/instrument/detector/distance", in: "a.nxs")?.first)
        #expect(abs(distance - 100 / cos(30 * Double.pi / 180)) < 1e-9)
    }

    @Test func `a transmission up to 1 is written when somebody says how it is meant`() throws {
        let small = try SmallImages()
        let path = try small.image("a_00001.cbf", ["Oscillation_axis": "Filter_transmission 0.2547"])
        let silent = try small.convert([path])
        #expect(silent.scans[0].findings.contains { $0.rule == "BEAM-010" })
        #expect(try small.object("/entry/instrument/attenuator", in: "a.nxs") == nil)
        _ = try small.convert([path]) {
            $0.transmission = .percent
            $0.replaces = true
        }
        let written = try small.numbers("/entry/instrument/attenuator/attenuator_transmission", in: "a.nxs")
        #expect(written.map { abs($0[0] - 0.002547) < 1e-12 } == true)
    }

    @Test func `a falling scan keeps its angles, or axis and angles change sign`() throws {
        let small = try SmallImages()
        let paths = try [10.0, 9.9].enumerated().map { index, angle in
            try small.image(
                "a_0000\(index + 1).cbf",
                ["Start_angle": "Start_angle \(angle) deg.", "Angle_increment": "Angle_increment -0.1 deg."])
        }
        let kept = try small.convert(paths)
        #expect(kept.scans[0].findings.contains { $0.rule == "SCAN-021" } && kept.scans[0].defects.isEmpty)
        let turned = try small.convert(paths) {
            $0.sense = .positive
            $0.output = small.path("turned.nxs")
        }
        #expect(!turned.scans[0].findings.contains { $0.rule == "SCAN-021" } && turned.scans[0].defects.isEmpty)
        let angles = try small.numbers("/entry/sample/transformations/omega", in: "turned.nxs")
        #expect(angles == [-10, -9.9])
    }

    @Test func `outputs that are there, inputs and one name for two scans are refused before anything is written`()
        throws
    {
        let small = try SmallImages()
        let paths = try small.sweep(numbers: [1]) + small.sweep("b", numbers: [1])
        #expect(throws: Failure.self) { try small.convert(paths) { $0.output = small.path("one.nxs") } }
        #expect(throws: Failure.self) {
            try small.convert([paths[0]]) {
                $0.output = paths[0]
                $0.replaces = true
            }
        }
        _ = try small.convert([paths[0]])
        #expect(throws: Failure.self) { try small.convert([paths[0]]) }
        #expect(small.written == ["a.nxs"])
    }

    @Test func `a second run passes over what is there of the same inputs`() throws {
        let small = try SmallImages()
        let paths = try small.sweep(numbers: [1, 2])
        _ = try small.convert(paths)
        let again = try small.convert(paths) { $0.resumes = true }
        #expect(again.scans[0].isKept)
        try small.image("a_00002.cbf", ["Start_angle": "Start_angle 10.1001 deg."])
        let changed = try small.convert(paths) { $0.resumes = true }
        #expect(!changed.scans[0].isKept && changed.scans[0].path != nil)
    }

    @Test func `the number of threads changes no byte`() throws {
        let small = try SmallImages()
        let paths = try small.sweep(numbers: [1, 2, 3, 4])
        var files: [Data] = []
        for jobs in [1, 3] {
            _ = try small.convert(paths) {
                $0.jobs = jobs
                $0.replaces = true
            }
            files.append(try Data(contentsOf: URL(fileURLWithPath: small.path("a.nxs"))))
        }
        #expect(files[0] == files[1])
    }

    @Test func `scans together are entries of one file, and the first is the one that readers take`() throws {
        let small = try SmallImages()
        let paths = try small.sweep(numbers: [1, 2]) + small.sweep("b", numbers: [1])
        let outcome = try small.convert(paths) {
            $0.scans = .together
            $0.output = small.path("all.nxs")
        }
        #expect(outcome.scans.allSatisfy { $0.path != nil && $0.defects.isEmpty })
        #expect(outcome.scans.contains { $0.findings.contains { $0.rule == "LINK-012" } })
        #expect(try small.object("/entry_2/data/data", in: "all.nxs")?.dataset?.shape == [1, 8, 16])
    }
}
