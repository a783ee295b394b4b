// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// How a number of up to 8 bytes lies in its bits, where it does not fill them in the usual way.
///
/// - Source: HDF5 File Format Specification, datatype message, fixed-point and floating-point numbers.
struct NumberBits: Hashable {
    /// Neighbouring bits, the lowest one first.
    struct Field: Hashable {
        let place: Int
        let size: Int

        var end: Int { place &+ size }

        func holds(_ bit: Int) -> Bool { bit >= place && bit < end }

        func bits(of number: UInt64) -> UInt64 {
            guard size > 0, place < 64 else { return 0 }
            return number >> UInt64(place) & (size >= 64 ? .max : 1 << UInt64(size) &- 1)
        }
    }

    let number: Field
    var sign = 0
    var exponent = Field(place: 0, size: 0)
    var mantissa = Field(place: 0, size: 0)
    var bias = 0
    /// The mantissa has a one before its first bit that is not stored.
    var hasLeadingOne = false

    static let single = NumberBits(
        offset: 0, precision: 32, sign: 31, exponent: Field(place: 23, size: 8), mantissa: Field(place: 0, size: 23),
        bias: 127, hasLeadingOne: true)
    static let double = NumberBits(
        offset: 0, precision: 64, sign: 63, exponent: Field(place: 52, size: 11), mantissa: Field(place: 0, size: 52),
        bias: 1023, hasLeadingOne: true)

    /// An integer.
    init(offset: Int, precision: Int) { number = Field(place: offset, size: precision) }

    init(
        offset: Int, precision: Int, sign: Int, exponent: Field, mantissa: Field, bias: Int, hasLeadingOne: Bool
    ) {
        number = Field(place: offset, size: precision)
        self.sign = sign
        self.exponent = exponent
        self.mantissa = mantissa
        self.bias = bias
        self.hasLeadingOne = hasLeadingOne
    }

    /// Elements of such a type as a value; nil if it is no number of up to 8 bytes.
    func value(_ raw: UnsafeRawBufferPointer, count: Int, type: DataType) -> Value? {
        switch type {
        case .integer(let bytes, let isSigned, let bigEndian) where (1...8).contains(bytes):
            let words = Self.words(raw, count: count, bytes: bytes, bigEndian: bigEndian)
            if isSigned { return .integers(words.map(signed)) }
            let numbers = words.map { number.bits(of: $0) }
            return numbers.allSatisfy { $0 <= UInt64(Int64.max) }
                ? .integers(numbers.map { Int64(truncatingIfNeeded: $0) }) : .unsigned(numbers)
        case .float(let bytes, let bigEndian) where (1...8).contains(bytes):
            return .reals(Self.words(raw, count: count, bytes: bytes, bigEndian: bigEndian).map(real))
        default: return nil
        }
    }

    private static func words(
        _ raw: UnsafeRawBufferPointer, count: Int, bytes: Int, bigEndian: Bool
    ) -> [UInt64] {
        (0..<max(0, min(count, raw.count / bytes))).map { index in
            var word: UInt64 = 0
            for step in 0..<bytes {
                let byte = raw[index &* bytes &+ (bigEndian ? step : bytes &- 1 &- step)]
                word = word << 8 | UInt64(byte)
            }
            return word
        }
    }

    private func signed(_ word: UInt64) -> Int64 {
        let unused = UInt64(64 &- max(1, min(64, number.size)))
        return Int64(bitPattern: number.bits(of: word) << unused) >> Int64(unused)
    }

    private func real(_ word: UInt64) -> Double {
        let isNegative = word >> UInt64(sign) & 1 != 0
        let stored = exponent.bits(of: word)
        let fraction = mantissa.bits(of: word)
        let top: UInt64 = 1 << UInt64(exponent.size) &- 1
        let magnitude: Double
        if stored == top, hasLeadingOne {
            magnitude = fraction == 0 ? .infinity : .nan
        } else {
            // Without an exponent the number is subnormal: no leading one, and the exponent of the smallest others.
            let isNormal = stored > 0 && hasLeadingOne
            let scale = Int(stored) &- bias &+ (stored == 0 && hasLeadingOne ? 1 : 0) &- mantissa.size
            let digits = isNormal ? fraction | 1 << UInt64(mantissa.size) : fraction
            magnitude = Double(sign: .plus, exponent: scale, significand: Double(digits))
        }
        return isNegative ? -magnitude : magnitude
    }
}
