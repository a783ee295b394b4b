// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CCodecs

/// A byte_offset stream that is decoded piece by piece, so that the pixels of a piece stay in the first cache.
package struct ByteOffsetStream {
    private var rest: UnsafeRawBufferPointer
    private let element: ElementType
    private var before: Int64 = 0
    private var done = 0
    private let size: Int

    /// - Parameters:
    ///   - stream: The bytes of one image; they stay where they are as long as this value is used.
    ///   - element: An integer type.
    /// - Throws: When the stream is too short for so many elements.
    package init(
        _ stream: UnsafeRawBufferPointer, as element: ElementType, elements: Int
    ) throws(CodecFault) {
        guard ByteOffset.elements.contains(element) else {
            throw .request("byte_offset of elements that are no integers")
        }
        guard elements >= 0, elements <= stream.count else { throw .short(at: stream.count) }
        rest = stream
        size = stream.count
        self.element = element
    }

    /// Decodes the next elements in the byte order of this machine.
    ///
    /// - Parameter room: For these elements and nothing else.
    package mutating func next(_ room: UnsafeMutableRawBufferPointer) throws(CodecFault) {
        let count = room.count / element.bytes
        guard let from = rest.baseAddress, let to = room.baseAddress else { throw .short(at: size) }
        let result = imprimatur_byte_offset_resume(
            from.assumingMemoryBound(to: UInt8.self), rest.count, &before, to.assumingMemoryBound(to: UInt8.self),
            count,
            Int32(element.bytes), element.isSigned ? 1 : 0)
        switch result.state {
        case imprimatur_byte_offset_short: throw .short(at: size)
        case imprimatur_byte_offset_range: throw .range(element: done &+ result.done)
        default: break
        }
        done &+= count
        rest = UnsafeRawBufferPointer(rebasing: rest[min(result.used, rest.count)...])
    }
}
