// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import HDF5

/// A type as a recipe writes it: "int32", "float64>", "string", "string[20] blanks", "boolean".
struct TypeWord: Sendable {
    enum Kind: Sendable {
        case number(DataType)
        /// `room` is nil for strings of variable length.
        case text(room: Int?, padding: DataType.Padding, isUTF8: Bool)
        case boolean
    }

    let kind: Kind

    /// nil when the word is not understood.
    init?(_ word: String) {
        let parts = word.split(separator: " ")
        guard let first = parts.first else { return nil }
        if first == "boolean" {
            kind = .boolean
        } else if first.hasPrefix("string") {
            let room = first.dropFirst(6)
            var bytes: Int?
            if !room.isEmpty {
                guard room.hasPrefix("["), room.hasSuffix("]"), let number = Int(room.dropFirst().dropLast())
                else { return nil }
                bytes = number
            }
            let padding: DataType.Padding =
                parts.contains("blanks") ? .blankPadded : parts.contains("nulls") ? .nullPadded : .nullTerminated
            kind = .text(room: bytes, padding: padding, isUTF8: !parts.contains("ascii"))
        } else {
            guard let type = Self.number(first) else { return nil }
            kind = .number(type)
        }
    }

    private static func number(_ word: Substring) -> DataType? {
        let isBig = word.hasSuffix(">")
        let word = isBig ? word.dropLast() : word
        for (name, isSigned) in [("int", true), ("uint", false)] where word.hasPrefix(name) {
            guard let bits = Int(word.dropFirst(name.count)), [8, 16, 32, 64].contains(bits) else { continue }
            return .integer(bytes: bits / 8, isSigned: isSigned, bigEndian: isBig)
        }
        guard word.hasPrefix("float"), let bits = Int(word.dropFirst(5)), [16, 32, 64].contains(bits) else {
            return nil
        }
        return .float(bytes: bits / 8, bigEndian: isBig)
    }
}

extension DataType {
    /// Bytes of one number; 0 for what is none.
    var numberBytes: Int {
        switch self {
        case .integer(let bytes, _, _), .float(let bytes, _): bytes
        default: 0
        }
    }

    /// Appends one number in the bytes of the file; values beyond the type keep their low bits.
    func append(_ value: Double, whole: Int?, to bytes: inout [UInt8]) {
        let bits: UInt64
        let count: Int
        let isBig: Bool
        switch self {
        case .integer(let size, _, let bigEndian):
            bits = UInt64(bitPattern: Int64(whole ?? Int(exactly: value.rounded()) ?? 0))
            (count, isBig) = (size, bigEndian)
        case .float(let size, let bigEndian):
            switch size {
            case 2: bits = UInt64(Float16(value).bitPattern)
            case 4: bits = UInt64(Float(value).bitPattern)
            default: bits = value.bitPattern
            }
            (count, isBig) = (size, bigEndian)
        default: return
        }
        for byte in 0..<count {
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(8 * (isBig ? count - 1 - byte : byte))))
        }
    }
}
