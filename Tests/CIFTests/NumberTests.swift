// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Foundation
import TestSupport
import Testing

/// Oracle: strtod of the C library, which rounds correctly.
@Suite("Numbers") struct NumberTests {
    /// Unoptimised code is forty times slower.
    #if DEBUG
        static let rounds = 200_000
    #else
        static let rounds = 8_000_000
    #endif

    @Test("agree with strtod on random texts") func random() {
        var random = SeededNumbers(seed: 20_260_514)
        var wrong: [String] = []
        for round in 0..<Self.rounds {
            let text = Self.text(&random, shape: round % 8)
            let expected = strtod(text, nil)
            let found = Number(text)?.value
            let agrees = expected.isFinite ? found?.bitPattern == expected.bitPattern : found == nil
            if !agrees, wrong.count < 10 { wrong.append("\(text): \(String(describing: found)) for \(expected)") }
        }
        #expect(wrong == [])
    }

    static func text(_ random: inout SeededNumbers, shape: Int) -> String {
        func digits(_ count: Int) -> String {
            (0..<count).map { _ in String(random.next(10)) }.joined()
        }
        let sign = ["", "-", "+"][random.next(3)]
        switch shape {
        case 0: return sign + digits(1 + random.next(6)) + "." + digits(random.next(8))
        case 1: return sign + digits(1) + "." + digits(14 + random.next(5))
        case 2: return sign + "0." + digits(1 + random.next(26))
        case 3:
            return sign + digits(1 + random.next(19)) + "e" + ["-", "+", ""][random.next(3)]
                + digits(1 + random.next(2))
        case 4: return sign + digits(1 + random.next(30)) + "." + digits(random.next(30))
        case 5: return sign + digits(1 + random.next(17)) + "E-" + digits(3)
        case 6: return "\(Double(bitPattern: 0x3FF0_0000_0000_0000 | random.next() >> 12))"
        default: return sign + "." + digits(1 + random.next(18))
        }
    }

    @Test(
        "half-way cases round to even",
        arguments: [
            "9007199254740993", "9007199254740995", "9007199254740991.5",
            "0.500000000000000166533453693773481063544750213623046875",
            "1.00000000000000011102230246251565", "1.00000000000000033306690738754696", "4503599627370496.5",
            "4503599627370497.5",
            "2.2250738585072011e-308", "4.9406564584124654e-324", "2.4703282292062327e-324", "1.7976931348623157e308",
        ])
    func halfway(text: String) { #expect(Number(text)?.value.bitPattern == strtod(text, nil).bitPattern) }

    @Test(
        "keep decimals and uncertainty",
        arguments: [
            ("78.1(2)", 78.1, 1, 0.2), ("0.5(1)", 0.5, 1, 0.1), ("1234(12)", 1234, 0, 12), ("1.50", 1.5, 2, nil),
            ("-.5", -0.5, 1, nil), ("5.", 5, 0, nil), ("1.5e3(2)", 1500, -2, 200), ("12.34(123)", 12.34, 2, 1.23),
            ("1.25E-3", 0.00125, 5, nil),
        ] as [(String, Double, Int, Double?)])
    func parts(text: String, value: Double, decimals: Int, uncertainty: Double?) throws {
        let number = try #require(Number(text))
        #expect(number.value == value)
        #expect(number.decimals == decimals)
        #expect(number.uncertainty == uncertainty)
    }

    @Test(
        "texts that are none",
        arguments: [
            "", "+", "-", ".", "1e", "1e+", "1.2.3", "1(2", "1()", "1(2)3", "(2)", "1(a)", "nan", "inf", "0x10", "1,5",
            "1 ",
            "1e400", "--1", "1.5mm",
        ])
    func noNumbers(text: String) { #expect(Number(text) == nil) }

    @Test("integers need digits alone") func integers() throws {
        let column = try #require(
            parsed(
                "data_x loop_ _a 1 -2 +3 4.0 5(1) 9223372036854775807 9223372036854775808 -9223372036854775808 '6' ."
            )
            .blocks.first?.column("_a"))
        #expect((0..<10).map { column.integer($0) } == [1, -2, 3, nil, nil, Int.max, nil, Int.min, nil, nil])
        #expect(column.doubles() == [1, -2, 3, 4, 5, 0x1p63, 0x1p63, -0x1p63, nil, nil])
    }
}

extension SeededNumbers {
    /// A number from 0 to below `bound`.
    mutating func next(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
