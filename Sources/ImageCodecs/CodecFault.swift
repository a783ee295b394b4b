// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Why an encoded image could not be decoded.
public enum CodecFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The stream ends before what it announces; bytes that are there.
    case short(at: Int)
    /// A size in the stream contradicts what is expected.
    case size(stated: UInt64, expected: Int)
    /// A block of the stream cannot be decoded.
    case damaged(block: Int)
    /// The bytes are not those that their checksum was made of.
    case checksum(stated: UInt64, found: UInt64)
    /// A value does not fit its element.
    case range(element: Int)
    /// More bytes than the elements need.
    case excess(bytes: Int)
    /// The request itself makes no sense: element size, number of elements.
    case request(String)
    /// The form is a known one that is not decoded here; nothing is said about the image.
    case unsupported(String)

    public var description: String {
        switch self {
        case .short(let at): "the stream ends at byte \(at), before the image is complete"
        case .size(let stated, let expected): "the stream states \(stated) bytes where \(expected) are expected"
        case .damaged(let block): "block \(block) of the stream cannot be decoded"
        case .checksum(let stated, let found):
            "the checksum is \(String(stated, radix: 16)), the bytes give \(String(found, radix: 16))"
        case .range(let element): "element \(element) does not fit its type"
        case .excess(let bytes): "\(bytes) bytes are left after the image"
        case .request(let why): why
        case .unsupported(let what): "\(what) is not decoded here"
        }
    }
}
