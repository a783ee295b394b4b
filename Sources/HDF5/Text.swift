// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A string value, without its padding.
///
/// Null-terminated strings end at the first null; null-padded and blank-padded ones lose their padding; trailing blanks
/// are never part of a value. The declared character set is not believed: valid UTF-8 is UTF-8, all else Latin-1.
public struct Text: Sendable, Hashable {
    /// The characters, without padding.
    public let string: String
    /// False: the bytes are not valid UTF-8 and were read as Latin-1.
    public let isUTF8: Bool
    /// Offset of the first byte that is not UTF-8.
    public let firstBadByte: Int?

    /// Blanks stood behind the text and were taken off.
    public let hadBlanks: Bool

    public init(_ string: String) {
        self.string = string
        hadBlanks = false
        isUTF8 = true
        firstBadByte = nil
    }

    /// - Parameter firstBadByte: Offset of the first byte that is not UTF-8; nil if all are.
    init(_ string: String, firstBadByte: Int?, hadBlanks: Bool) {
        self.string = string
        self.hadBlanks = hadBlanks
        isUTF8 = firstBadByte == nil
        self.firstBadByte = firstBadByte
    }

    /// Cuts and decodes the bytes of one element.
    init(bytes: UnsafeRawBufferPointer, padding: DataType.Padding) {
        var end = bytes.count
        switch padding {
        case .nullTerminated: end = bytes.firstIndex(of: 0) ?? end
        case .nullPadded, .blankPadded: break
        }
        var hadBlanks = false
        while end > 0, bytes[end &- 1] == 0 || bytes[end &- 1] == 0x20 {
            end &-= 1
            if bytes[end] == 0x20 { hadBlanks = true }
        }
        self.hadBlanks = hadBlanks
        let kept = UnsafeRawBufferPointer(rebasing: bytes[..<end])
        if let valid = validText(kept) {
            string = valid
            isUTF8 = true
            firstBadByte = nil
        } else {
            string = String(decoding: kept.map { UInt16($0) }, as: UTF16.self)
            isUTF8 = false
            firstBadByte = Self.firstInvalid(kept)
        }
    }

    private static func firstInvalid(_ bytes: UnsafeRawBufferPointer) -> Int {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): offset &+= UTF8.width(scalar)
            case .emptyInput, .error: return offset
            }
        }
    }
}

/// The text of bytes that are UTF-8; nil for others. Nearly all are ASCII, which needs no decoder.
private func validText(_ bytes: UnsafeRawBufferPointer) -> String? {
    var union: UInt8 = 0
    for byte in bytes { union |= byte }
    return union < 0x80 ? String(decoding: bytes, as: UTF8.self) : String(validating: bytes, as: UTF8.self)
}

/// A name for display: bytes that are not UTF-8 are shown as `\xNN`.
func shownName(_ bytes: UnsafeRawBufferPointer) -> String {
    if let valid = validText(bytes) { return valid }
    var shown = ""
    for byte in bytes {
        if byte < 0x80 {
            shown.unicodeScalars.append(Unicode.Scalar(byte))
        } else {
            let digits = String(byte, radix: 16)
            shown += "\\x" + digits
        }
    }
    return shown
}
