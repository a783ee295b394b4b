// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Random numbers that a seed fixes.
///
/// - Source: Steele, Lea, Flood 2014, SplitMix64.
public struct SeededNumbers: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// A text with one character deleted, inserted or exchanged with its neighbour.
public struct TextMutation: Sendable, CustomStringConvertible {
    public enum Kind: String, Sendable, CaseIterable {
        case deletion, insertion, swap
    }

    public let kind: Kind
    public let offset: Int
    /// What an insertion puts in.
    public let byte: UInt8

    /// Characters that mean something to CIF come as often as all others together.
    private static let telling = Array("'\";_#$[]{}.?,:()\n\r\t -+e0123456789\\data_loop_save_".utf8)

    /// A random one for a text of `count` bytes, of which the first `reach` are changed.
    public init(count: Int, reach: Int, numbers: inout SeededNumbers) {
        kind = Kind.allCases.randomElement(using: &numbers) ?? .deletion
        offset = Int.random(in: 0..<max(1, min(count, reach)), using: &numbers)
        let isTelling = Bool.random(using: &numbers)
        let byte = UInt8.random(in: 0...255, using: &numbers)
        self.byte = isTelling ? Self.telling.randomElement(using: &numbers) ?? 0x3B : byte
    }

    public func applied(to bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        switch kind {
        case .insertion: bytes.insert(byte, at: min(offset, bytes.count))
        case .deletion where offset < bytes.count: bytes.remove(at: offset)
        case .swap where offset + 1 < bytes.count: bytes.swapAt(offset, offset + 1)
        default: break
        }
        return bytes
    }

    public var description: String { "\(kind.rawValue) at byte \(offset)" + (kind == .insertion ? " of \(byte)" : "") }
}
