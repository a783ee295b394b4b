// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import ImageCodecs

/// Elements of one type written as another, each value kept or refused.
struct ElementConversion: Sendable {
    let from: ElementType
    let to: ElementType
    /// For unsigned 16-bit integers by choice: what is below becomes a flag. nil: every value is kept.
    let lowest: Double?
    /// Counts are written of stored roots or logarithms; nil: values are as they are.
    let linear: Linearisation?

    /// Flags of 16 bits: 65 535, and 65 534 is left free, as readers take both for none.
    static let flag = UInt16.max
    static let greatest16 = Int64(65_533)

    /// nil where elements stay as they are.
    init?(from: ElementType, to: ElementType, lowest: Double?, linear: Linearisation? = nil) {
        if from == to, lowest == nil, linear == nil { return nil }
        self.linear = linear
        self.from = from
        self.to = to
        self.lowest = lowest
    }

    /// Writes elements in their new type.
    ///
    /// - Parameter room: For as many elements.
    /// - Returns: The index of the first one that does not fit; nil where all fit.
    func write(_ bytes: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer) -> Int? {
        switch from {
        case .int8: write(bytes, room, Int8.self)
        case .uint8: write(bytes, room, UInt8.self)
        case .int16: write(bytes, room, Int16.self)
        case .uint16: write(bytes, room, UInt16.self)
        case .int32: write(bytes, room, Int32.self)
        case .uint32: write(bytes, room, UInt32.self)
        case .int64: write(bytes, room, Int64.self)
        case .uint64: write(bytes, room, UInt64.self)
        case .float32: linearised(bytes, room, Float.self) { Double($0) }
        case .float64: linearised(bytes, room, Double.self) { $0 }
        }
    }

    @inline(__always)
    private func write<From: FixedWidthInteger>(
        _ bytes: UnsafeRawBufferPointer, _ room: UnsafeMutableRawBufferPointer, _: From.Type
    ) -> Int? {
        if linear != nil { return linearised(bytes, room, From.self) { Double($0) } }
        if let lowest { return flagged(bytes, room, From.self, lowest) }
        switch to {
        case .int32: return kept(bytes, room, From.self, Int32.self)
        case .uint32: return kept(bytes, room, From.self, UInt32.self)
        case .uint16: return kept(bytes, room, From.self, UInt16.self)
        default: return 0
        }
    }

    @inline(__always)
    private func linearised<From>(
        _ bytes: UnsafeRawBufferPointer, _ room: UnsafeMutableRawBufferPointer, _: From.Type, _ number: (From) -> Double
    ) -> Int? {
        guard let linear else { return 0 }
        let source = bytes.assumingMemoryBound(to: From.self)
        let target = room.assumingMemoryBound(to: Float.self)
        let least = lowest ?? -.infinity
        for index in 0..<min(source.count, target.count) {
            let stored = number(source[index])
            // What is no number is below nothing.
            guard stored >= least else {
                target[index] = Linearisation.flag
                continue
            }
            let count = Float(linear.count(of: stored))
            guard count.isFinite else { return index }
            target[index] = count
        }
        return nil
    }

    @inline(__always)
    private func kept<From: FixedWidthInteger, To: FixedWidthInteger>(
        _ bytes: UnsafeRawBufferPointer, _ room: UnsafeMutableRawBufferPointer, _: From.Type, _: To.Type
    ) -> Int? {
        let source = bytes.assumingMemoryBound(to: From.self)
        let target = room.assumingMemoryBound(to: To.self)
        var allFit = true
        for index in 0..<min(source.count, target.count) {
            let value = source[index]
            let stored = To(truncatingIfNeeded: value)
            target[index] = stored
            allFit = allFit && stored == value
        }
        return allFit ? nil : source.firstIndex { To(exactly: $0) == nil }
    }

    @inline(__always)
    private func flagged<From: FixedWidthInteger>(
        _ bytes: UnsafeRawBufferPointer, _ room: UnsafeMutableRawBufferPointer, _: From.Type, _ lowest: Double
    ) -> Int? {
        let source = bytes.assumingMemoryBound(to: From.self)
        let target = room.assumingMemoryBound(to: UInt16.self)
        // What is below a number is below the next whole one.
        let whole = lowest.rounded(.up)
        let least = whole <= Double(From.min) ? From.min : whole >= Double(From.max) ? From.max : From(whole)
        let most = From(clamping: Self.greatest16)
        var allFit = true
        for index in 0..<min(source.count, target.count) {
            let value = source[index]
            let isFlag = value < least
            target[index] = isFlag ? Self.flag : UInt16(truncatingIfNeeded: value)
            allFit = allFit && (isFlag || (value <= most && value >= 0))
        }
        return allFit ? nil : source.firstIndex { $0 >= least && ($0 > most || $0 < 0) }
    }
}

extension ElementType {
    /// The bytes of an element that stands for no count: -1, the greatest value of unsigned types, no number.
    var missing: [UInt8] {
        switch self {
        case .float32: withUnsafeBytes(of: Float.nan.bitPattern.littleEndian) { Array($0) }
        case .float64: withUnsafeBytes(of: Double.nan.bitPattern.littleEndian) { Array($0) }
        default: [UInt8](repeating: 0xFF, count: bytes)
        }
    }
}
