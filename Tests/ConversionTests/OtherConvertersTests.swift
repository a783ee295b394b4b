// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Diffraction
import Findings
import Foundation
import HDF5
import TestSupport
import Testing

/// Errors that other converters make: ours is to make none of them. Oracle: what was put into the images.
@Suite struct OtherConvertersTests {
    private static let detector = "/entry/instrument/detector/"

    @Test func `cbf2nexus ends at the second file; here every file is a frame`() throws {
        let small = try SmallImages()
        let outcome = try small.convert(
            try (1...15).map { number in
                try small.image(
                    "a_000\(number < 10 ? "0" : "")\(number).cbf",
                    ["Start_angle": "Start_angle \(9.9 + 0.1 * Double(number)) deg."],
                    pixel: UInt8(number))
            })
        #expect(outcome.scans.map(\.frames) == [15] && small.written == ["a.nxs"], "\(outcome.scans)")
        #expect(try small.object("/entry/data/data", in: "a.nxs")?.dataset?.shape == [15, 8, 16])
    }

    @Test(arguments: [(ConversionRequest.Compression.bitshuffleLZ4, [32008]), (.gzip(level: 3), [1]), (.none, [])])
    func `cbf2nexus ignores its option; here the filter that is asked for is applied`(
        _ item: (compression: ConversionRequest.Compression, filters: [Int])
    ) throws {
        let small = try SmallImages()
        _ = try small.convert([try small.image("a_00001.cbf")]) { $0.compression = item.compression }
        let dataset = try #require(try small.object("/entry/data/data", in: "a.nxs")?.dataset)
        #expect(dataset.filters.map(\.id) == item.filters)
    }

    @Test func `cbf2nexus writes classes, types and times that nobody reads`() throws {
        let small = try SmallImages()
        _ = try small.convert(try small.sweep(numbers: [1, 2]))
        let snapshot = try Snapshot.read(small.path("a.nxs"))
        for object in snapshot.objects {
            let path = snapshot.path(of: object.id)
            #expect(object.attribute("NXclass") == nil, "\(path)")
            if object.kind == .group { #expect(object.attribute("NX_class") != nil, "\(path)") }
            if let type = object.attribute("transformation_type")?.value.firstString {
                #expect(["rotation", "translation"].contains(type), "\(path)")
            }
        }
        #expect(try small.object("/entry/instrument/beam", in: "a.nxs") != nil)
        #expect(try small.object("/entry/sample/beam", in: "a.nxs") == nil)
        #expect(try small.object(Self.detector + "module/fast_pixel_direction", in: "a.nxs") != nil)
        #expect(try small.numbers(Self.detector + "count_time", in: "a.nxs") == [0.009])
    }

    @Test func `cbf2nexus looks for source and gravity by their ids; here they are known by what they are`() throws {
        let small = try SmallImages()
        let outcome = try small.convert([
            try small.loops(
                "a_00001.cbf",
                [("gravity    general", "down       general"), ("source     general", "ray        general")])
        ])
        #expect(outcome.scans[0].defects.isEmpty && !outcome.scans[0].findings.contains { $0.rule == "AXIS-016" })
        #expect(try small.object("/entry/instrument/transformations/down", in: "a.nxs") != nil)
    }

    @Test func `cbf2nexus copies the overload, takes the period for the exposure and measures at right angles`() throws
    {
        let small = try SmallImages()
        _ = try small.convert([try small.loops("a_00001.cbf", [("s1  two_theta   0.0", "s1  two_theta  30.0")])])
        #expect(try small.numbers(Self.detector + "saturation_value", in: "a.nxs") == [1_000_000])
        #expect(try small.numbers(Self.detector + "count_time", in: "a.nxs") == [0.2])
        #expect(try small.numbers(Self.detector + "frame_time", in: "a.nxs") == [0.25])
        let distance = try #require(try small.numbers(Self.detector + "distance", in: "a.nxs")?.first)
        #expect(abs(distance - 120 / cos(Double.pi / 6)) < 1e-9)
    }

    @Test func `minicbf2nexus forgets the swing, repeats numbers and takes per cent for a fraction`() throws {
        let small = try SmallImages()
        let change = [
            "Detector_2theta": "Detector_2theta 20.0 deg.", "Oscillation_axis": "Filter_transmission 100.0000",
        ]
        _ = try small.convert([try small.image("a_00001.cbf", change)])
        #expect(try small.numbers(Self.detector + "transformations/two_theta", in: "a.nxs") == [20])
        #expect(try small.numbers("/entry/instrument/attenuator/attenuator_transmission", in: "a.nxs") == [1])
        for name in ["saturation_value", "underload_value", "frame_time", "sensor_thickness", "distance"] {
            #expect(try small.object(Self.detector + name, in: "a.nxs")?.dataset?.shape == [], "\(name)")
        }
    }

    @Test func `any2nexus sets fixed angles to zero; here they stay, and so do axes with a zero in them`() throws {
        let small = try SmallImages()
        let skew = [("goniometer  omega       1.0  0.0  0.0", "goniometer  omega       0.6  -0.8  0.0")]
        _ = try small.convert([try small.loops("a_00001.cbf", skew)])
        #expect(try small.numbers("/entry/sample/transformations/phi", in: "a.nxs") == [30])
        #expect(try small.text("/entry/sample/depends_on", in: "a.nxs") == "/entry/sample/transformations/phi")
        let axis = try #require(try small.object("/entry/sample/transformations/phi", in: "a.nxs"))
        // The frame of McStas is turned half about Y against that of the source.
        #expect((axis.attribute("vector")?.value.doubles ?? []).map { abs($0) } == [0.6, 0.8, 0])
        let outer = axis.attribute("depends_on")?.value.firstString
        #expect(outer == "/entry/sample/transformations/omega")
    }

    @Test func `any2nexus stops at stills and loses the width of single images`() throws {
        let small = try SmallImages()
        let stills = try (1...3).map { number in
            try small.image(
                "s_0000\(number).cbf",
                ["Start_angle": "Start_angle 90.0 deg.", "Angle_increment": "Angle_increment 0.0 deg."],
                pixel: UInt8(number))
        }
        let outcome = try small.convert(stills)
        #expect(outcome.scans.map(\.frames) == [3] && outcome.scans[0].defects.isEmpty)
        #expect(try small.numbers("/entry/sample/transformations/omega", in: "s.nxs") == [90, 90, 90])
        _ = try small.convert([try small.image("a_00001.cbf")])
        let end = try #require(try small.numbers("/entry/sample/transformations/omega_end", in: "a.nxs")?.first)
        #expect(abs(end - 10.1) < 1e-9)
    }

    @Test func `any2nexus makes reals of counts in small chunks; here a frame is a chunk of its own type`() throws {
        let small = try SmallImages()
        _ = try small.convert([try small.loops("a_00001.cbf")])
        let dataset = try #require(try small.object("/entry/data/data", in: "a.nxs")?.dataset)
        #expect(dataset.type == .integer(bytes: 4, isSigned: true, bigEndian: false))
    }

    @Test func `any2nexus tiles modules anew; here each array is the module that it was`() throws {
        let small = try SmallImages()
        let outcome = try small.convert([try small.twoArrays("a_00001.cbf", height: 2)])
        #expect(outcome.scans.first?.defects == [], "\(outcome.scans)")
        let instrument = try #require(try small.object("/entry/instrument/detector", in: "a.nxs"))
        let snapshot = try Snapshot.read(small.path("a.nxs"))
        let modules = instrument.links.compactMap { link -> String? in
            guard case .hard(let id) = link.target,
                snapshot[id].attribute("NX_class")?.value.firstString == "NXdetector_module"
            else { return nil }
            return link.name
        }
        #expect(modules.count == 2)
        var origins: [[Double]] = []
        for module in modules {
            let path = Self.detector + module
            origins.append(try #require(try small.numbers(path + "/data_origin", in: "a.nxs")))
            #expect(try small.numbers(path + "/data_size", in: "a.nxs")?.suffix(2) == [2, 3])
        }
        #expect(origins.sorted { $0[0] < $1[0] } == [[0, 0, 0], [1, 0, 0]])
    }

    @Test func `imgCIF_Creator turns the swing round, rounds, and leaves out what NXmx says`() throws {
        let small = try SmallImages()
        let changes = [
            ("s1  two_theta   0.0", "s1  two_theta  12.34567"), ("0.0   120.0  0.0", "0.0   120.123456  0.0"),
            (" 1  0.2  0.25", " 1  0.2  0.25"),
        ]
        _ = try small.convert([try small.loops("a_00001.cbf", changes)])
        var request = DescriptionRun.Request()
        request.url = "./a.nxs"
        let master = small.path("a.nxs")
        let text = try DescriptionRun([master], request: request, settings: ReadingSettings(), rules: small.rules).text
        try Data(text.utf8).write(to: URL(fileURLWithPath: small.path("a.cif")))
        // The sense of the swing, and where every corner lies, by both.
        let comparison = FileComparison(master, small.path("a.cif"), settings: ReadingSettings())
        let apart = comparison.pairs.flatMap(\.comparison.differences)
        #expect(comparison.pairs.count == 1 && apart.isEmpty, "\(apart.map(\.sentence))")
        for number in ["12.34567", "120.123456", "0.97625", "0.98"] { #expect(text.contains(number), "\(number)") }
        for item in ["gravity", "polarizn_Stokes_Q", "date_start", "integration_time", "time_period"] {
            #expect(text.contains(item), "\(item)")
        }
        // Identifiers agree across the categories.
        func words(_ item: String) -> Set<Substring> {
            Set(
                text.split(separator: "\n").filter { $0.hasPrefix(item + " ") }.compactMap {
                    $0.split(separator: " ").last
                })
        }
        #expect(words("_diffrn.id") == words("_diffrn_source.diffrn_id") && words("_diffrn.id").count == 1)
    }

    @Test func `masked and saturated pixels are told apart`() throws {
        let small = try SmallImages()
        let values: [Int32] = [-1, -2, 0, 1_000_000, 1_000_001, 7]
        let pixels = values.flatMap { withUnsafeBytes(of: $0.littleEndian, Array.init) }
        _ = try small.convert([try small.loops("a_00001.cbf", pixels: pixels)])
        let mask = try #require(try small.object(Self.detector + "pixel_mask", in: "a.nxs")?.dataset)
        #expect(mask.shape == [2, 3])
        #expect(try small.numbers(Self.detector + "detectorSpecific/pixel_mask", in: "a.nxs") == [1, 2, 0, 0, 0, 0])
    }

    @Test func `an unknown sensor is told and is not empty`() throws {
        let small = try SmallImages()
        let outcome = try small.convert([try small.image("a_00001.cbf", ["Silicon sensor": nil])])
        #expect(try small.text(Self.detector + "sensor_material", in: "a.nxs") == "?")
        #expect(try small.object(Self.detector + "sensor_thickness", in: "a.nxs") == nil)
        let rules = Set(outcome.scans[0].findings.map(\.rule))
        #expect(rules.isSuperset(of: ["PIXEL-018", "NX-006"]))
    }
}
