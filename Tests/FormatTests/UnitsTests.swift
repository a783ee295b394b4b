// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import Units

/// Oracle: the unit categories of nxdlTypes.xsd, the UDUNITS-2 database, and the cases of the reference table.
@Suite struct UnitsTests {
    private func verdict(_ category: String, _ units: String?) -> String {
        switch UnitCategory(category)?.verdict(on: units) {
        case .fits: "fits"
        case .absent: "absent"
        case .notUnderstood: "not understood"
        case .otherDimension: "other dimension"
        case .spelling(let reading): "read as \(reading)"
        case nil: "no category"
        }
    }

    @Test(
        "units of the right dimension fit, however they are written",
        arguments: [
            ("NX_LENGTH", "m"), ("NX_LENGTH", "Millimetres"), ("NX_LENGTH", "\u{3BC}m"), ("NX_LENGTH", "\u{B5}m"),
            ("NX_LENGTH", "\u{212B}"), ("NX_LENGTH", "px"), ("NX_LENGTH", "mm/pixel"), ("NX_LENGTH", "10^-6 m"),
            ("NX_LENGTH", "1e-3*m"), ("NX_LENGTH", "m/s*s"), ("NX_LENGTH", "microns"), ("NX_LENGTH", "fathom"),
            ("NX_ANGLE", "deg"), ("NX_ANGLE", "\u{B0}"), ("NX_TIME", "seconds since 2026-01-01T00:00:00Z"),
            ("NX_TIME", "10*ns"), ("NX_TIME", "10ns"), ("NX_FREQUENCY", "s-1"), ("NX_FREQUENCY", "counts per second"),
            ("NX_FREQUENCY", "rpm"), ("NX_FLUX", "1/(s*mm^2)"), ("NX_FLUX", "m^-2 s^-1"), ("NX_WAVENUMBER", "m**-1"),
            ("NX_WAVENUMBER", "nm\u{207B}\u{B9}"), ("NX_AREA", "mm\u{B2}"), ("NX_VOLUME", "angstrom3"),
            ("NX_TEMPERATURE", "degree C"), ("NX_EMITTANCE", "nm*rad"), ("NX_SOLID_ANGLE", "deg^2"),
            ("NX_MOLECULAR_WEIGHT", "Da"), ("nm/mm", "um/m"), ("V/rad", "mV/deg"), ("db", "dB"), ("NX_UNITLESS", ""),
        ])
    func fits(category: String, units: String) {
        #expect(verdict(category, units) == "fits")
    }

    @Test(
        "what does not fit is named for what it is",
        arguments: [
            ("NX_LENGTH", "deg", "other dimension"), ("NX_LENGTH", "A", "read as angstrom"),
            ("NX_WAVENUMBER", "A-1", "read as angstrom-1"), ("NX_LENGTH", " ", "absent"),
            ("NX_LENGTH", "NX_LENGTH", "not understood"), ("NX_LENGTH", "mm mm", "other dimension"),
            ("NX_ENERGY", "KEV", "read as keV"), ("NX_ANGLE", "RAD", "read as rad"),
            ("NX_FLUX", "photons/s/mm^2", "read as 1/s/mm^2"), ("NX_TEMPERATURE", "C", "read as degC"),
            ("NX_UNITLESS", "m", "other dimension"), ("NX_ANY", "arb. units", "read as 1"),
            ("NX_LENGTH", "(m", "not understood"), ("NX_LENGTH", "m)", "not understood"),
            ("NX_LENGTH", "m^", "not understood"), ("NX_LENGTH", "*", "not understood"),
            ("NX_LENGTH", "m//s", "not understood"), ("NX_LENGTH", "m^1000", "not understood"),
        ])
    func doesNotFit(category: String, units: String, expected: String) {
        #expect(verdict(category, units) == expected)
    }

    @Test("every spelling of the table reads as its row, with every prefix it takes")
    func table() throws {
        for row in UnitRow.table {
            for spelling in row.symbols + row.names + row.names.filter { !$0.contains(".") }.map({ $0.uppercased() }) {
                let unit = try #require(Unit(spelling), "\(spelling)")
                #expect(unit.dimension == row.dimension, "\(spelling)")
            }
            guard row.takesPrefix else { continue }
            for symbol in row.symbols where symbol != "ct" {
                let unit = try #require(Unit("\u{B5}" + symbol), "\(symbol)")
                #expect(unit.dimension == row.dimension, "\(symbol)")
            }
        }
    }

    @Test("values convert by the ratio of the sizes")
    func conversion() throws {
        let keV = try #require(Unit("keV"))
        let joule = try #require(Unit("J"))
        let um = try #require(Unit("microns"))
        #expect(keV.factor(to: joule) == 1e3 * 1.602176634e-19)
        #expect(um.factor(to: joule) == nil)
        let mm = try #require(Unit("mm"))
        #expect(abs(try #require(um.factor(to: mm)) - 1e-3) < 1e-18)
    }

    @Test("no text makes the reader fail other than by not understanding it")
    func totality() {
        var generator = SystemRandomNumberGenerator()
        let alphabet = Array("mskgA%°/*^.()-+ 0129eé²⁻'@_\u{0}\u{3BC}".unicodeScalars)
        for _ in 0..<20_000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...12, using: &generator) {
                text.append(alphabet[Int.random(in: 0..<alphabet.count, using: &generator)])
            }
            let unit = String(text)
            guard unit.contains(where: { !$0.isWhitespace }) else { continue }
            #expect((Unit(unit) == nil) == (verdict("NX_ANY", unit) == "not understood"), "\(unit.debugDescription)")
        }
        #expect(Unit(String(repeating: "(", count: 100_000)) == nil)
        #expect(Unit(String(repeating: "m^99 ", count: 50)) != nil)
    }

    @Test("all cases of the reference table", .enabled(if: Folder.shared != nil))
    func referenceCases() throws {
        let file = try #require(Folder.shared).appendingPathComponent("reference/nexus/unit_cases.tsv")
        let rules = [
            "units-absent": "absent", "units-dimension": "other dimension", "units-unknown": "not understood",
            "-": "fits",
        ]
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst() {
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            let found = verdict(columns[0], columns[1])
            if let expected = rules[columns[3]] {
                #expect(found == expected, "\(line)")
            } else {
                #expect(found.hasPrefix("read as"), "\(line): \(found)")
            }
        }
    }
}
