// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A size of a dimension as a definition writes it: a number, or a number of symbols and a number.
///
/// - Source: nxdl.xsd, dim value; `n`, `2n`, `n+1`, `n - 1`, `a + b`.
enum SizeExpression: Equatable, Sendable {
    case number(Int)
    /// factor times symbol plus constant.
    case linear(factor: Int, symbol: String, constant: Int)
    /// A sum of symbols and a constant.
    case sum([String], constant: Int)
    /// Nothing that can be compared.
    case free

    init(_ text: String) {
        self = Self.parsed(text) ?? .free
    }

    private static func parsed(_ text: String) -> SizeExpression? {
        var symbols: [(factor: Int, name: String)] = []
        var constant = 0
        var sign: Int? = 1
        let bytes = Array(text.utf8)
        var at = 0
        while at < bytes.count {
            let byte = bytes[at]
            switch byte {
            case 0x20:
                at += 1
            case UInt8(ascii: "+"), UInt8(ascii: "-"):
                guard sign == nil else { return nil }
                sign = byte == UInt8(ascii: "+") ? 1 : -1
                at += 1
            default:
                guard let pending = sign else { return nil }
                sign = nil
                let digits = run(bytes, &at) { $0 >= 48 && $0 <= 57 }
                while at < bytes.count, bytes[at] == 0x20, !digits.isEmpty, isLetter(bytes, after: at) { at += 1 }
                let name = run(bytes, &at) { isNameByte($0) }
                guard let number = digits.isEmpty ? 1 : Int(digits), number <= 1_000_000 else { return nil }
                if name.isEmpty {
                    guard !digits.isEmpty else { return nil }
                    constant += pending * number
                } else {
                    symbols.append((pending * number, name))
                }
            }
        }
        guard sign == nil else { return nil }
        switch symbols.count {
        case 0: return .number(constant)
        case 1:
            guard symbols[0].factor > 0 else { return nil }
            return .linear(factor: symbols[0].factor, symbol: symbols[0].name, constant: constant)
        default:
            guard symbols.allSatisfy({ $0.factor == 1 }) else { return nil }
            return .sum(symbols.map(\.name), constant: constant)
        }
    }

    private static func run(_ bytes: [UInt8], _ at: inout Int, _ belongs: (UInt8) -> Bool) -> String {
        let start = at
        while at < bytes.count, belongs(bytes[at]) { at += 1 }
        return String(decoding: bytes[start..<at].prefix(64), as: UTF8.self)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x61 && byte <= 0x7A) || byte == 0x5F
            || (byte >= 48 && byte <= 57)
    }

    private static func isLetter(_ bytes: [UInt8], after at: Int) -> Bool {
        at + 1 < bytes.count && (isNameByte(bytes[at + 1]) || bytes[at + 1] == 0x20)
    }
}
