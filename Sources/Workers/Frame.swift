// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A message between the program and a worker: 16 bytes of front, then the body.
///
/// Front, little endian: the letters IMW1, kind 2, flags 1, descriptors that come along 1, number of the request 4, bytes
/// of the body 4.
struct Frame: Sendable {
    enum Kind: UInt16, Sendable {
        /// To a worker, first and once: what it will be asked to do.
        case task = 1
        /// From a worker, once: its version and the layers that hold it.
        case greeting
        case request
        /// In pieces, of which all but the last carry the flag `more`.
        case answer
        /// From a worker, while it answers: something that it cannot do itself.
        case question
        /// To a worker, on its question.
        case reply
    }

    let kind: Kind
    let hasMore: Bool
    let number: UInt32
    let body: [UInt8]
    /// Descriptors that came along, in their order; whoever takes the frame closes them.
    var descriptors: [Int32] = []

    static let frontBytes = 16
    /// Longer bodies come from a process that has lost its mind.
    static let mostBody = 1 << 20
    static let mostAnswer = 64 << 20
    private static let magic: [UInt8] = Array("IMW1".utf8)
    private static let moreFlag: UInt8 = 1

    /// What stands in front of a body; nil if it is none of ours.
    struct Front {
        let kind: Kind
        let hasMore: Bool
        let number: UInt32
        let count: Int
        let descriptorCount: Int

        init?(_ bytes: ArraySlice<UInt8>) {
            guard bytes.count == Frame.frontBytes, bytes.starts(with: Frame.magic) else { return nil }
            func number(_ place: Int, _ count: Int) -> UInt32 {
                let start = bytes.startIndex + place
                return bytes[start..<(start + count)].reversed().reduce(0) { $0 << 8 | UInt32($1) }
            }
            let flags = UInt8(truncatingIfNeeded: number(6, 1))
            guard let kind = Kind(rawValue: UInt16(truncatingIfNeeded: number(4, 2))), flags & ~Frame.moreFlag == 0,
                number(12, 4) <= UInt32(Frame.mostBody)
            else { return nil }
            self.kind = kind
            hasMore = flags & Frame.moreFlag != 0
            self.number = number(8, 4)
            count = Int(number(12, 4))
            descriptorCount = Int(number(7, 1))
        }
    }

    /// The bytes of a message; a body above `mostBody` goes in pieces.
    ///
    /// - Parameter descriptors: How many come along; at most 253, with the first piece.
    static func bytes(_ kind: Kind, _ number: UInt32, _ body: [UInt8], descriptors: Int = 0) -> [UInt8] {
        var descriptors = UInt8(clamping: descriptors)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(body.count + frontBytes)
        var rest = body[...]
        repeat {
            let piece = rest.prefix(mostBody)
            rest = rest.dropFirst(mostBody)
            bytes += magic
            append(kind.rawValue, to: &bytes)
            append(rest.isEmpty ? 0 : moreFlag, to: &bytes)
            append(descriptors, to: &bytes)
            descriptors = 0
            append(number, to: &bytes)
            append(UInt32(piece.count), to: &bytes)
            bytes += piece
        } while !rest.isEmpty
        return bytes
    }

    private static func append(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
    }
}
