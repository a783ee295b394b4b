// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CCodecs

/// One block of LZ4.
///
/// - Source: lz4/lz4:doc/lz4_Block_format.md, end of block conditions among it.
enum LZ4Block {
    /// Encodes up to 2 GiB by liblz4.
    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        let room = Int(imprimatur_lz4_bound(Int32(clamping: bytes.count)))
        return bytes.withUnsafeBufferPointer { input in
            [UInt8](unsafeUninitializedCapacity: room) { output, size in
                guard let from = input.baseAddress, let to = output.baseAddress else { return }
                size = Int(imprimatur_lz4_encode(from, Int32(clamping: input.count), to, Int32(clamping: room)))
            }
        }
    }

    /// - Parameter room: The greatest number of bytes that the block may have.
    /// - Returns: nil when the block is damaged or larger.
    static func decode(_ bytes: Span<UInt8>, room: Int, kernel: Kernel) -> [UInt8]? {
        guard kernel == .c else { return decodedInSwift(bytes.withUnsafeBytes { Array($0) }, room: room) }
        var isWhole = false
        let decoded = [UInt8](capacity: room) { output in
            isWhole = (filled(&output, room: room, from: bytes) ?? -1) >= 0
        }
        return isWhole ? decoded : nil
    }

    /// Appends a block of exactly so many bytes; false when the block is damaged or has others.
    static func decode(
        _ bytes: Span<UInt8>, room: Int, into output: inout OutputSpan<UInt8>, kernel: Kernel
    ) -> Bool {
        guard room <= output.freeCapacity else { return false }
        guard kernel == .c else {
            guard let decoded = decode(bytes, room: room, kernel: .swift), decoded.count == room else { return false }
            for byte in decoded { output.append(byte) }
            return true
        }
        return filled(&output, room: room, from: bytes) == room
    }

    /// Bytes written behind those that are there, negative for a damaged block.
    private static func filled(_ output: inout OutputSpan<UInt8>, room: Int, from bytes: Span<UInt8>) -> Int? {
        bytes.withUnsafeBufferPointer { input in
            output.withUnsafeMutableBufferPointer { place, filled -> Int? in
                guard let from = input.baseAddress, let to = place.baseAddress, room <= place.count - filled else {
                    return nil
                }
                let written = imprimatur_lz4_decode(
                    from, Int32(clamping: input.count), to + filled, Int32(clamping: room))
                if written > 0 { filled += Int(written) }
                return Int(written)
            }
        }
    }

    private static func decodedInSwift(_ bytes: [UInt8], room: Int) -> [UInt8]? {
        var output: [UInt8] = []
        var next = 0
        /// A length of 15 goes on in bytes as long as they are 255.
        func length(_ nibble: UInt8) -> Int? {
            var length = Int(nibble)
            guard nibble == 15 else { return length }
            while next < bytes.count {
                let byte = bytes[next]
                next += 1
                length += Int(byte)
                if byte != 255 { return length }
                if length > room { return nil }
            }
            return nil
        }
        while next < bytes.count {
            let token = bytes[next]
            next += 1
            guard let literals = length(token >> 4), literals <= bytes.count - next, literals <= room - output.count
            else { return nil }
            output += bytes[next..<next + literals]
            next += literals
            if next == bytes.count { return output }
            // Behind a match lie five literals at least, and a match begins twelve bytes before the end at least.
            guard bytes.count - next >= 8, room - output.count >= 12 else { return nil }
            let distance = Int(bytes[next]) | Int(bytes[next + 1]) << 8
            next += 2
            guard distance > 0, distance <= output.count, let more = length(token & 15),
                more + 4 <= room - output.count - 5
            else { return nil }
            for _ in 0..<(more + 4) { output.append(output[output.count - distance]) }
        }
        return nil
    }
}
