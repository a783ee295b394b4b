// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// A number as CIF writes it.
///
/// - Source: `[+-]? (d+ [.d*] | .d+) [e[+-]d+] [(d+)]`, CIF 1.1 syntax, Numeric.
public struct Number: Sendable, Hashable {
    /// The nearest double to the decimal text.
    public let value: Double
    /// Digits after the decimal point, less the exponent: one unit of the last digit is 10^-decimals.
    public let decimals: Int
    /// Standard uncertainty, in the unit of the value.
    public let uncertainty: Double?

    public init(value: Double, decimals: Int, uncertainty: Double? = nil) {
        self.value = value
        self.decimals = decimals
        self.uncertainty = uncertainty
    }

    /// The number in a bare value; nil when the text is none or too large for a double.
    public init?(_ text: UnsafeBufferPointer<UInt8>) {
        guard let parts = NumberText(text), let value = parts.value(text) else { return nil }
        self.value = value
        decimals = -parts.unit
        guard let digits = parts.uncertainty else {
            uncertainty = nil
            return
        }
        let slice = UnsafeBufferPointer(rebasing: text[digits])
        guard let plain = NumberText(slice) else { return nil }
        let scaled = NumberText(
            isNegative: false, mantissa: plain.mantissa, exponent: plain.exponent &+ parts.unit,
            isExact: plain.isExact, unit: parts.unit, uncertainty: nil, length: slice.count)
        guard let size = scaled.isExact ? scaled.value(slice) : nil else { return nil }
        uncertainty = size
    }

    /// The number in a text.
    public init?(_ text: String) {
        var text = text
        guard let number = text.withUTF8({ Number($0) }) else { return nil }
        self = number
    }
}

/// The parts of a number: digits as an integer and a power of ten.
struct NumberText {
    var isNegative: Bool
    /// The first 19 significant digits.
    var mantissa: UInt64
    /// The value is mantissa x 10^exponent.
    var exponent: Int
    /// False when digits beyond the nineteenth were left out.
    var isExact: Bool
    /// Power of ten of the last digit written.
    var unit: Int
    /// The digits in the parentheses.
    var uncertainty: Range<Int>?
    /// Bytes before the parentheses.
    var length: Int

    init(
        isNegative: Bool, mantissa: UInt64, exponent: Int, isExact: Bool, unit: Int, uncertainty: Range<Int>?,
        length: Int
    ) {
        self.isNegative = isNegative
        self.mantissa = mantissa
        self.exponent = exponent
        self.isExact = isExact
        self.unit = unit
        self.uncertainty = uncertainty
        self.length = length
    }

    /// Reads the grammar of CIF numbers; nil when the text does not follow it to its end.
    @inline(__always)
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        let count = text.count
        var index = 0
        guard count > 0 else { return nil }
        isNegative = false
        if text[0] == 45 || text[0] == 43 {
            isNegative = text[0] == 45
            index = 1
        }
        mantissa = 0
        var significant = 0
        var dropped = 0
        var digits = 0
        var fraction = 0
        var hasLost = false
        var seenPoint = false
        while index < count {
            let digit = text[index] &- 48
            if digit > 9 {
                guard text[index] == Byte.dot, !seenPoint else { break }
                seenPoint = true
                index &+= 1
                continue
            }
            digits &+= 1
            if seenPoint { fraction &+= 1 }
            if significant < 19 {
                mantissa = mantissa &* 10 &+ UInt64(digit)
                if mantissa != 0 { significant &+= 1 }
            } else {
                dropped &+= 1
                if digit != 0 { hasLost = true }
            }
            index &+= 1
        }
        guard digits > 0 else { return nil }
        var power = 0
        if index < count, text[index] | 0x20 == 0x65 {
            index &+= 1
            var isBelow = false
            if index < count, text[index] == 45 || text[index] == 43 {
                isBelow = text[index] == 45
                index &+= 1
            }
            let first = index
            while index < count, text[index] &- 48 < 10 {
                if power < 1_000_000 { power = power &* 10 &+ Int(text[index] &- 48) }
                index &+= 1
            }
            guard index > first else { return nil }
            if isBelow { power = -power }
        }
        length = index
        unit = power &- fraction
        exponent = unit &+ dropped
        isExact = !hasLost
        uncertainty = nil
        guard index < count else { return }
        guard text[index] == 40, text[count &- 1] == 41, count &- index > 2 else { return nil }
        for inner in index &+ 1..<count &- 1 where text[inner] &- 48 > 9 { return nil }
        uncertainty = index &+ 1..<count &- 1
    }

    /// The nearest double; nil beyond the largest one.
    @inline(__always)
    func value(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        guard let size = magnitude(text) else { return nil }
        return isNegative ? -size : size
    }

    @inline(__always)
    private func magnitude(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        if mantissa == 0 { return 0 }
        if isExact {
            if mantissa <= 1 << 53 {
                // Both operands are exact, so the one operation rounds correctly.
                if exponent <= 0, exponent >= -22 { return Double(mantissa) / Self.powers[-exponent] }
                if exponent > 0, exponent <= 22 { return Double(mantissa) * Self.powers[exponent] }
            }
            if exponent <= 0, exponent >= -27 { return Self.quotient(mantissa, Self.fives[-exponent], exponent) }
        }
        return system(text)
    }

    /// mantissa / (5^k 2^k), correctly rounded: 62 bits or more of quotient, the remainder as a sticky bit.
    @inline(__always)
    private static func quotient(_ mantissa: UInt64, _ five: UInt64, _ exponent: Int) -> Double {
        let shift = mantissa.leadingZeroBitCount
        let fiveShift = five.leadingZeroBitCount
        let dividend = mantissa << UInt64(shift)
        let divisor = five << UInt64(fiveShift)
        // dividend >> 1 < 2^63 <= divisor, so the quotient fits 64 bits.
        let (quotient, remainder) = divisor.dividingFullWidth((dividend >> 1, dividend << 63))
        // The value is quotient x 2^(fiveShift - shift - 63 + exponent). Converting with the last bit sticky rounds
        // once, half to even, since the quotient has at least 62 bits and a double keeps 53.
        let sticky = quotient | (remainder == 0 ? 0 : 1)
        let power = fiveShift &- shift &- 63 &+ exponent
        return Double(sticky) * Double(bitPattern: UInt64(1023 &+ power) << 52)
    }

    /// The rare rest: more than 19 digits that matter, or large exponents.
    @inline(never)
    private func system(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        var copy = [CChar]()
        if isExact {
            copy = Array("\(mantissa)e\(exponent)".utf8CString)
        } else {
            copy.reserveCapacity(length + 1)
            for index in 0..<length where index > 0 || (text[0] != 45 && text[0] != 43) {
                copy.append(CChar(truncatingIfNeeded: text[index]))
            }
            copy.append(0)
        }
        let value = strtod(copy, nil)
        return value.isFinite ? value : nil
    }

    private static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// 5^0 to 5^27, the largest power below 2^64.
    private static let fives: [UInt64] = (0...27).map { (0..<$0).reduce(UInt64(1)) { power, _ in power * 5 } }

    /// The double alone, for whole columns.
    @inline(__always)
    static func double(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        guard let parts = NumberText(text) else { return nil }
        return parts.value(text)
    }

    /// A sign and digits within 64 bits.
    static func integer(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        var index = 0
        var value = 0
        guard let first = text.first else { return nil }
        let isNegative = first == 45
        if isNegative || first == 43 { index = 1 }
        guard index < text.count else { return nil }
        while index < text.count {
            let digit = text[index] &- 48
            guard digit < 10 else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflow2) = product.subtractingReportingOverflow(Int(digit))
            guard !overflow, !overflow2 else { return nil }
            value = sum
            index += 1
        }
        if isNegative { return value }
        return value == Int.min ? nil : -value
    }
}
