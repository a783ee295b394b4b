// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The name of a file: bytes, as the system has them, which are mostly but not always UTF-8.
///
/// Strings carry such names through the program: a byte that is no part of UTF-8 is the scalar U+10FF00 plus the byte,
/// of the last private plane, which nobody uses; where a name does use one of them, its bytes are carried the same way.
/// So no two names become one string, and every name comes back as it was. docs/decisions/0154-names-are-bytes.md.
public struct Name: Sendable, Hashable {
    /// The bytes of the name, as the system has them.
    public let bytes: [UInt8]

    public init(bytes: [UInt8]) { self.bytes = bytes }

    /// The name that a string carries.
    public init(_ text: String) {
        guard text.utf8.contains(0xF4) else {
            bytes = Array(text.utf8)
            return
        }
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            if Self.carriers.contains(scalar.value) {
                bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            } else {
                bytes += Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
        self.bytes = bytes
    }

    /// The string that carries the name.
    public var text: String {
        if let plain = String(validating: bytes, as: UTF8.self), !bytes.contains(0xF4) { return plain }
        var text = ""
        var parser = UTF8.ForwardParser()
        var rest = bytes.makeIterator()
        var place = 0
        while true {
            let isCarried: Bool
            let count: Int
            switch parser.parseScalar(from: &rest) {
            case .emptyInput: return text
            case .error(let length): (isCarried, count) = (true, length)
            case .valid(let encoded):
                let scalar = UTF8.decode(encoded)
                (isCarried, count) = (Self.carriers.contains(scalar.value), encoded.count)
                if !isCarried { text.unicodeScalars.append(scalar) }
            }
            if isCarried {
                for byte in bytes[place..<(place + count)] {
                    text.unicodeScalars.append(Unicode.Scalar(Self.base + UInt32(byte)) ?? "?")
                }
            }
            place += count
        }
    }

    /// The name for people, on one line.
    public var shown: String { Escaping.line(text) }

    /// What stands before the last slash, with it; empty in the working directory.
    public var folder: Name {
        Name(bytes: bytes.lastIndex(of: 0x2F).map { Array(bytes[...$0]) } ?? [])
    }

    /// What stands behind the last slash.
    public var last: Name {
        Name(bytes: bytes.lastIndex(of: 0x2F).map { Array(bytes[($0 + 1)...]) } ?? bytes)
    }

    /// A name inside this folder.
    public func appending(_ inner: Name) -> Name {
        bytes.isEmpty || bytes.last == 0x2F
            ? Name(bytes: bytes + inner.bytes) : Name(bytes: bytes + [0x2F] + inner.bytes)
    }

    /// The name begins at the root.
    public var isAbsolute: Bool { bytes.first == 0x2F }

    /// Lends the name to C; what stands behind a byte of zero is not part of it.
    package func withCString<R>(_ body: (UnsafePointer<CChar>) -> R) -> R {
        (bytes + [0]).withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { $0.baseAddress.map(body) ?? body("") }
        }
    }

    private static let base: UInt32 = 0x10FF00
    private static let carriers: ClosedRange<UInt32> = 0x10FF80...0x10FFFF
}
