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

/// `--instrument FILE`: axes of an imgCIF file for images without axes. Oracle: what was put into both.
@Suite struct InstrumentFileTests {
    private static let sizes = [
        ("1  1  3  increasing", "1  1  16  increasing"), ("2  2  2  increasing", "2  2  8  increasing"),
    ]
    private static let detector = "/entry/instrument/detector/"

    /// The instrument has omega, phi, two_theta and trans, with settings 10, 30, 0 and 120.
    private func instrument(_ small: SmallImages, _ changes: [(String, String)] = []) throws -> String {
        try small.loops("instrument.cbf", Self.sizes + changes)
    }

    @Test func `settings come from the headers, and from the file where no key means the axis`() throws {
        let small = try SmallImages()
        let file = try instrument(small)
        let images = try small.sweep(numbers: [1, 2, 3])
        let outcome = try small.convert(images) { $0.instrument = file }
        let scan = try #require(outcome.scans.first)
        #expect(scan.refusal == nil && scan.defects.isEmpty && scan.frames == 3, "\(scan)")
        let omega = try #require(try small.numbers("/entry/sample/transformations/omega", in: "a.nxs"))
        #expect(zip(omega, [10, 10.1, 10.2]).allSatisfy { abs($0 - $1) < 1e-9 } && omega.count == 3)
        #expect(try small.numbers("/entry/sample/transformations/phi", in: "a.nxs") == [30, 30, 30])
        // 0.1 m in the header, 120 mm in the file.
        #expect(try small.numbers(Self.detector + "transformations/trans", in: "a.nxs") == [100])
        let slow = try small.object(Self.detector + "module/slow_pixel_direction", in: "a.nxs")
        #expect(slow?.attribute("vector")?.value.doubles == [0, -1, 0])
        #expect(!scan.findings.contains { ["AXIS-025", "AXIS-016"].contains($0.rule) })
        #expect(scan.findings.contains { $0.rule == "META-026" && $0.message.contains("'phi' 30") })
    }

    @Test func `another swing and another phi of the header are those that are written`() throws {
        let small = try SmallImages()
        let file = try instrument(small)
        let path = try small.image(
            "a_00001.cbf", ["Detector_2theta": "Detector_2theta 12.5 deg.", "Oscillation_axis": "Oscillation_axis PHI"])
        let outcome = try small.convert([path]) { $0.instrument = file }
        #expect(outcome.scans.first?.defects == [], "\(outcome.scans)")
        #expect(try small.numbers(Self.detector + "transformations/two_theta", in: "a.nxs") == [12.5])
        #expect(try small.numbers("/entry/sample/transformations/phi", in: "a.nxs") == [10])
        #expect(try small.numbers("/entry/sample/transformations/omega", in: "a.nxs") == [10])
        // The face stands 100 mm away at zero swing: its normal is turned with it.
        let distance = try #require(try small.numbers(Self.detector + "distance", in: "a.nxs")?.first)
        #expect(abs(distance - 100 / cos(12.5 * .pi / 180)) < 0.1, "\(distance)")
    }

    @Test func `a beam centre of the headers that is another is told, and refused by strict`() throws {
        let small = try SmallImages()
        let file = try instrument(small)
        let path = try small.image("a_00001.cbf")
        let told = try small.convert([path]) { $0.instrument = file }
        let finding = try #require(told.scans[0].findings.first { $0.rule == "GEOM-020" })
        #expect(finding.message.contains("(8, 4) px") && finding.message.contains("0.66"), "\(finding.message)")
        let strict = try small.convert([path]) {
            $0.instrument = file
            $0.isStrict = true
            $0.output = small.path("strict.nxs")
        }
        #expect(strict.scans[0].refusal != nil)
    }

    @Test func `an axis without any setting refuses, and names it`() throws {
        let small = try SmallImages()
        let file = try instrument(small, [("        s1  phi        30.0  0.0  0.0     0.0  0.0  0.0\n", "")])
        let outcome = try small.convert([try small.image("a_00001.cbf")]) { $0.instrument = file }
        let refusal = try #require(outcome.scans.first?.refusal)
        #expect(refusal.sentence.contains("'phi'") && !refusal.remedy.isEmpty, "\(refusal)")
        #expect(!small.written.contains("a.nxs"))
    }

    @Test func `images with axes of their own, and files without axes, are wrong input`() throws {
        let small = try SmallImages()
        let file = try instrument(small)
        let own = try small.loops("own_00001.cbf")
        let plain = try small.image("a_00001.cbf")
        #expect(throws: Failure.self) { try small.convert([own]) { $0.instrument = file } }
        #expect(throws: Failure.self) { try small.convert([plain]) { $0.instrument = plain } }
        #expect(throws: Failure.self) { try small.convert([plain]) { $0.instrument = small.path("none.cif") } }
        #expect(!small.written.contains { $0.hasSuffix(".nxs") })
    }

    @Test func `a file that gives the geometry is one of the inputs by which a run is resumed`() throws {
        let small = try SmallImages()
        let file = try instrument(small)
        let path = try small.image("a_00001.cbf")
        func again() throws -> Bool? {
            try small.convert([path]) {
                $0.instrument = file
                $0.resumes = true
            }.scans.first?.isKept
        }
        #expect(try again() == false)
        #expect(try again() == true)
        _ = try instrument(small, [("s1  phi        30.0", "s1  phi        31.0")])
        #expect(try again() == false)
        #expect(try small.numbers("/entry/sample/transformations/phi", in: "a.nxs") == [31])
    }
}
