// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Foundation
import RuleEngine
import TestSupport
import Testing

/// Every item of the comment header with each unit, null word, duplicate and form of its key.
///
/// Oracle: the value that was written, in metres, seconds, angstrom, electronvolt, degrees or pixels, by factors that
/// stand here; what readers would take otherwise has a finding.
@Suite struct HeaderRoundTests {
    struct Item: Sendable, CustomTestStringConvertible {
        let name: String
        let key: String
        /// In the unit that readers take.
        let value: Double
        /// Units that may stand on the line, each with what one of it is.
        let units: [(word: String, factor: Double)]
        var isPair = false
        /// The rule that tells the item where it is absent; nil where nothing depends on it.
        var absence: RuleID?
        var testDescription: String { key }
    }

    private static let length: [(word: String, factor: Double)] = [
        ("m", 1), ("mm", 1e-3), ("cm", 1e-2), ("um", 1e-6), ("nm", 1e-9), ("metres", 1), ("micron", 1e-6),
    ]
    private static let time: [(word: String, factor: Double)] = [
        ("s", 1), ("ms", 1e-3), ("us", 1e-6), ("ns", 1e-9), ("sec", 1), ("min", 60),
    ]
    private static let angle: [(word: String, factor: Double)] = [
        ("deg.", 1), ("deg", 1), ("degrees", 1), ("rad", 180 / Double.pi), ("mrad", 0.18 / Double.pi),
    ]
    private static let energy: [(word: String, factor: Double)] = [("eV", 1), ("keV", 1000)]

    static let items: [Item] = [
        Item(
            name: "wavelength", key: "Wavelength", value: 0.9795,
            units: [("A", 1), ("Angstrom", 1), ("nm", 10), ("pm", 0.01), ("m", 1e10)], absence: "BEAM-001"),
        Item(name: "energy", key: "Energy", value: 12398.42, units: energy),
        Item(name: "distance", key: "Detector_distance", value: 0.125, units: length, absence: "IMAGE-014"),
        Item(
            name: "beamCentre", key: "Beam_xy", value: 7.25, units: [("pixels", 1), ("px", 1), ("pixel", 1)],
            isPair: true, absence: "IMAGE-014"),
        Item(name: "pixelSize", key: "Pixel_size", value: 172e-6, units: length, isPair: true, absence: "IMAGE-014"),
        Item(name: "exposure", key: "Exposure_time", value: 0.009, units: time, absence: "SCAN-013"),
        Item(name: "period", key: "Exposure_period", value: 0.0105, units: time),
        Item(name: "deadTime", key: "Tau", value: 0.000125, units: time),
        Item(name: "countCutoff", key: "Count_cutoff", value: 1_048_575, units: [("counts", 1)], absence: "COUNT-001"),
        Item(name: "threshold", key: "Threshold_setting", value: 6329, units: energy),
        Item(name: "startAngle", key: "Start_angle", value: 12.5, units: angle),
        Item(name: "angleIncrement", key: "Angle_increment", value: 0.25, units: angle),
        Item(name: "twoTheta", key: "Detector_2theta", value: 15, units: angle),
        Item(name: "verticalOffset", key: "Detector_Voffset", value: 0.012, units: length),
        Item(name: "horizontalOffset", key: "Detector_Hoffset", value: 0.012, units: length),
        Item(name: "alpha", key: "Alpha", value: 50, units: angle),
        Item(name: "kappa", key: "Kappa", value: -60, units: angle),
        Item(name: "kappaIncrement", key: "Kappa_increment", value: 0.25, units: angle),
        Item(name: "phi", key: "Phi", value: 30, units: angle),
        Item(name: "phiIncrement", key: "Phi_increment", value: 0.25, units: angle),
        Item(name: "chi", key: "Chi", value: 45, units: angle),
        Item(name: "chiIncrement", key: "Chi_increment", value: 0.25, units: angle),
        Item(name: "omega", key: "Omega", value: 10, units: angle),
        Item(name: "omegaIncrement", key: "Omega_increment", value: 0.1, units: angle),
        Item(name: "polarisation", key: "Polarization", value: 0.99, units: []),
        Item(name: "flux", key: "Flux", value: 1.5e12, units: []),
        Item(name: "transmission", key: "Filter_transmission", value: 0.5, units: []),
    ]

    private static let nullWords = [
        "None", "none", "nan", "-9999", "-9999.0", "?", ".", "unknown", "undefined", "null", "(nil)", "n/a", "--", "",
    ]

    /// What is made of a header: the item's values and whether its key is unknown, and the rules that speak.
    private func read(_ lines: [String], _ name: String) throws -> (
        values: [Double]?, unknown: [String], rules: [String]
    ) {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("a_00001.cbf").path
        try Data(miniCBF(lines)).write(to: URL(fileURLWithPath: path))
        let header = try #require(Inspection(path, settings: ReadingSettings()).header)
        let report = FileCheck(FileCheck.Settings(profile: Profile(name: "default"))).check(path)
        return (
            header.items.first { $0.name == name }?.values, header.unknown, report.findings.map(\.rule.description)
        )
    }

    /// The usual header with one line in the place of those of the item, and more behind it.
    private func header(_ item: Item, _ value: String, key: String? = nil, more: [String] = []) -> [String] {
        let others = usualHeader.filter { !$0.lowercased().contains("# \(item.key.lowercased())") }
        return others + ["# \(key ?? item.key) \(value)"] + more
    }

    private func text(_ value: Double) -> String { "\(value)" }

    private func value(_ item: Item, _ number: Double, _ unit: String) -> String {
        let one = unit.isEmpty ? text(number) : "\(text(number)) \(unit)"
        return !item.isPair
            ? one : item.name == "pixelSize" ? "\(one) x \(one)" : "(\(text(number)), \(text(number))) \(unit)"
    }

    private func expect(_ found: [Double]?, _ item: Item, _ note: Comment) {
        let wanted = [Double](repeating: item.value, count: item.isPair ? 2 : 1)
        let isRight =
            found?.count == wanted.count
            && zip(found ?? [], wanted).allSatisfy { abs($0 - $1) <= 1e-9 * abs($1) }
        #expect(isRight, "\(note): \(found ?? []) for \(wanted)")
    }

    @Test("each unit gives the value, and is told where readers take another", arguments: items)
    func units(_ item: Item) throws {
        for (word, factor) in item.units + [("", 1)] {
            let read = try read(header(item, value(item, item.value / factor, word)), item.name)
            expect(read.values, item, "\(word)")
            #expect(read.rules.contains("IMAGE-017") == (factor != 1), "\(item.key) in \(word): \(read.rules)")
        }
    }

    @Test("a decimal comma gives the value and is told", arguments: items)
    func commas(_ item: Item) throws {
        let number = String(format: "%.6f", item.value).replacingOccurrences(of: ".", with: ",")
        let unit = item.units.first?.word ?? ""
        let text = item.isPair ? "\(number) \(unit) x \(number) \(unit)" : "\(number) \(unit)"
        let read = try read(header(item, text), item.name)
        expect(read.values, item, "\(text)")
        #expect(read.rules.contains("IMAGE-017"))
    }

    @Test("a null word is no value, and what depends on it is told", arguments: items)
    func nullWords(_ item: Item) throws {
        for word in Self.nullWords {
            let read = try read(header(item, word), item.name)
            #expect(read.values == nil, "\(item.key) '\(word)'")
            #expect(read.unknown == [item.key], "\(item.key) '\(word)'")
            if let rule = item.absence { #expect(read.rules.contains(rule.description), "\(item.key) '\(word)'") }
            for false_ in ["IMAGE-017", "GEOM-003", "GEOM-006"] { #expect(!read.rules.contains(false_)) }
        }
    }

    @Test("an item given twice is told where the values differ, and nowhere else", arguments: items)
    func twice(_ item: Item) throws {
        let unit = item.units.first?.word ?? ""
        let same = "# \(item.key) \(value(item, item.value, unit))"
        let other = "# \(item.key) \(value(item, item.value * 1.5, unit))"
        let first = value(item, item.value, unit)
        #expect(try !read(header(item, first, more: [same]), item.name).rules.contains("IMAGE-018"))
        let read = try read(header(item, first, more: [other]), item.name)
        #expect(read.rules.contains("IMAGE-018"))
        expect(read.values, item, "first of two")
    }

    @Test("colon, equals sign, tabs and case of a key change nothing", arguments: items)
    func forms(_ item: Item) throws {
        let unit = item.units.first?.word ?? ""
        for key in ["\(item.key):", "\(item.key) =", "\(item.key)\t", item.key.lowercased(), item.key.uppercased()] {
            let read = try read(header(item, value(item, item.value, unit), key: key), item.name)
            expect(read.values, item, "\(key)")
        }
    }

    @Test("a beam centre in lengths is metres and is told; a key of nobody is listed as not used")
    func lengthsAndOthers() throws {
        let centre = try #require(Self.items.first { $0.name == "beamCentre" })
        for (word, factor) in [("mm", 1e-3), ("cm", 1e-2), ("m", 1), ("um", 1e-6)] {
            let metres = centre.value * 172e-6
            let read = try read(header(centre, value(centre, metres / factor, word)), "beamCentre")
            #expect(read.rules.contains("IMAGE-017"))
            #expect((read.values ?? []).allSatisfy { abs($0 - metres) <= 1e-9 })
        }
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("a.cbf").path
        try Data(miniCBF(usualHeader + ["# My_key 5"])).write(to: URL(fileURLWithPath: path))
        #expect(Inspection(path, settings: ReadingSettings()).header?.unused == ["My_key"])
    }
}
