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

/// What is carried into NXmx, as what, and what is named because it is not. Oracle: what was put into the images.
@Suite struct CarriedTests {
    private static let beam = "/entry/instrument/beam/"

    /// Little endian elements.
    private func bytes<Value: FixedWidthInteger>(_ values: [Value]) -> [UInt8] {
        values.flatMap { withUnsafeBytes(of: $0.littleEndian, Array.init) }
    }

    @Test(arguments: [
        ("sqrt_scaled", 2.0, [-1.0, 0, 0.25, 1, 2.25, 4]), ("logarithmic_scaled", 1.0, [-1, 1, 10, 100, 1000, 10000]),
    ])
    func `roots and logarithms become counts where it is asked for`(
        _ item: (scale: String, scaling: Double, counts: [Double])
    ) throws {
        let small = try SmallImages()
        let changes = [
            (
                "_array_intensities.linearity              linear\n",
                "_array_intensities.linearity              \(item.scale)\n_array_intensities.scaling \(item.scaling)\n"
            ), ("overload               1000001", "overload               5"),
        ]
        let path = try small.loops("a_00001.cbf", changes, pixels: bytes([-1, 0, 1, 2, 3, 4] as [Int32]))
        let refused = try #require(try small.convert([path]).scans[0].refusal)
        #expect(refused.remedy.contains("--linearise"))
        let outcome = try small.convert([path]) {
            $0.linearises = true
            $0.compression = .none
            $0.verification = .pixels
        }
        #expect(outcome.scans[0].defects.isEmpty && outcome.scans[0].refusal == nil, "\(outcome.scans)")
        #expect(outcome.scans[0].findings.contains { $0.rule == "COUNT-006" })
        let file = [UInt8](try Data(contentsOf: URL(fileURLWithPath: small.path("a.nxs"))))
        let wanted = bytes(item.counts.map { Float($0).bitPattern })
        #expect(file.indices.dropLast(wanted.count).contains { file[$0..<($0 + wanted.count)].elementsEqual(wanted) })
        let detector = "/entry/instrument/detector/"
        #expect(try small.numbers(detector + "saturation_value", in: "a.nxs") == [item.counts[5]])
        #expect(try small.numbers(detector + "underload_value", in: "a.nxs") == [item.counts[1]])
        #expect(try small.numbers(detector + "pixel_mask", in: "a.nxs") == [1, 0, 0, 0, 0, 0])
    }

    @Test func `reals are not squeezed into integers`() {
        var request = ConversionRequest()
        (request.linearises, request.element) = (true, .uint16)
        #expect(throws: Failure.self) { try request.check() }
    }

    @Test func `reals stay reals, and what was written is found again`() throws {
        let small = try SmallImages()
        let changes = [("\"signed 32-bit integer\"", "\"signed 32-bit real IEEE\"")]
        let path = try small.loops(
            "a_00001.cbf", changes, pixels: bytes([0, 0.5, 1, 2, 3, 4].map { Float($0).bitPattern }))
        let outcome = try small.convert([path]) { $0.verification = .pixels }
        #expect(outcome.scans[0].defects.isEmpty && small.written == ["a.nxs"], "\(outcome.scans)")
        #expect(outcome.scans[0].findings.contains { $0.rule == "COUNT-010" })
    }

    @Test func `the flux of headers is written, one a frame where it changes`() throws {
        let small = try SmallImages()
        func images(_ stem: String, _ fluxes: [String]) throws -> [String] {
            try fluxes.enumerated().map { index, flux in
                let number = index + 1
                return try small.image(
                    "\(stem)_0000\(number).cbf",
                    [
                        "Start_angle": "Start_angle \(10 + 0.1 * Double(index)) deg.",
                        "Oscillation_axis": "Oscillation_axis omega\n# Flux \(flux)",
                    ])
            }
        }
        _ = try small.convert(try images("a", ["1.5e11", "1.5e11"]))
        #expect(try small.numbers(Self.beam + "total_flux", in: "a.nxs") == [1.5e11])
        let outcome = try small.convert(try images("b", ["1.5e11", "1.25e11"]))
        #expect(try small.numbers(Self.beam + "total_flux", in: "b.nxs") == [1.5e11, 1.25e11])
        #expect(outcome.scans[0].defects.isEmpty && !outcome.scans[0].findings.contains { $0.level == .A })
        _ = try small.convert(try images("c", ["0.000000"]))
        #expect(try small.numbers(Self.beam + "total_flux", in: "c.nxs") == nil)
    }

    @Test func `flux and divergence of the loops are written`() throws {
        let small = try SmallImages()
        let changes = [
            (
                "_diffrn_radiation.probe                   x-ray\n",
                "_diffrn_radiation.probe x-ray\n_diffrn_radiation.beam_flux 2e12\n_diffrn_radiation.div_x_source 0.08\n"
                    + "_diffrn_radiation.div_y_source 0.01\n_diffrn_radiation.div_x_y_source 0.002\n"
            )
        ]
        _ = try small.convert([try small.loops("a_00001.cbf", changes)])
        #expect(try small.numbers(Self.beam + "total_flux", in: "a.nxs") == [2e12])
        // The rotation to McStas keeps the widths and turns the sign of the covariance.
        let divergence = try #require(try small.numbers(Self.beam + "incident_beam_divergence", in: "a.nxs"))
        #expect(zip(divergence, [0.08, 0.01, -0.002]).allSatisfy { abs($0 - $1) < 1e-12 }, "\(divergence)")
    }

    @Test func `what NXmx has no field for is named, with the place that keeps it`() throws {
        let small = try SmallImages()
        let path = try small.loops(
            "a_00001.cbf", [("_diffrn_scan.frames ", "_diffrn_scan.special_details cold\n_diffrn_scan.frames ")])
        let told = try small.convert([path]).scans[0].findings.filter { $0.rule == "META-011" }
        #expect(told.map(\.level) == [.G])
        let message = try #require(told.first?.message)
        for word in ["_diffrn_scan.special_details", "_diffrn_measurement.method", "/entry/imgCIF"] {
            #expect(message.contains(word), "\(message)")
        }
        for word in ["polarizn", "_axis.", "frame_id", "wavelength"] { #expect(!message.contains(word), "\(message)") }
        #expect(try small.text("/entry/imgCIF/diffrn_scan/special_details", in: "a.nxs") == "cold")
    }

    @Test func `settings and lines of a comment header without a field are named`() throws {
        let small = try SmallImages()
        let path = try small.image(
            "a_00001.cbf",
            ["Oscillation_axis": "Oscillation_axis omega\n# Chi -54.7 deg.\n# Kappa 0 deg.\n# Image_path /ramdisk/"])
        let told = try small.convert([path]).scans[0].findings.filter { $0.rule == "META-011" }
        let message = told.map(\.message).joined(separator: "; ")
        #expect(
            message.contains("Chi -54.7 deg") && message.contains("Image_path") && !message.contains("Kappa"),
            "\(message)")
    }

    @Test func `the dead time of a comment header becomes that of the detector`() throws {
        let small = try SmallImages()
        let path = try small.image("a_00001.cbf", ["Oscillation_axis": "Oscillation_axis omega\n# Tau 124e-9 s"])
        let told = try small.convert([path]).scans[0].findings.filter { $0.rule == "META-011" }
        #expect(told.allSatisfy { !$0.message.contains("Tau") })
        let times = try small.numbers("/entry/instrument/detector/dead_time", in: "a.nxs")
        #expect(times?.first.map { abs($0 - 124e-9) < 1e-15 } == true)
    }

    @Test func `a section that does not say its type is told, and refused by strict`() throws {
        let small = try SmallImages()
        let path = try small.loops("a_00001.cbf", [("X-Binary-Element-Type: \"signed 32-bit integer\"\n", "")])
        let told = try small.convert([path]).scans[0].findings.filter { $0.rule == "IMAGE-014" }
        #expect(told.first?.message.contains("unsigned 32-bit") == true)
        let strict = try small.convert([path]) {
            $0.isStrict = true
            $0.output = small.path("strict.nxs")
        }
        #expect(strict.scans[0].refusal != nil && !small.written.contains("strict.nxs"))
    }

    @Test func `folders of the output are made when something is written`() throws {
        let small = try SmallImages()
        let lacking = try small.image("b_00001.cbf", ["Wavelength": nil])
        _ = try small.convert([lacking]) { $0.output = small.path("one/two") + "/" }
        #expect(small.written.isEmpty)
        let outcome = try small.convert([try small.image("a_00001.cbf")]) { $0.output = small.path("one/two") + "/" }
        #expect(outcome.scans[0].refusal == nil && small.written == ["one"])
        #expect(FileManager.default.fileExists(atPath: small.path("one/two/a.nxs")))
    }

    @Test func `loops whose rows are not whole are refused`() throws {
        let small = try SmallImages()
        let path = try small.loops("a_00001.cbf", [("image  1  0.000172\n", "image  1  0.000172 0.1\n")])
        let refusal = try #require(try small.convert([path]).scans[0].refusal)
        #expect(refusal.sentence.contains("CIF-003") && small.written.isEmpty)
    }
}
