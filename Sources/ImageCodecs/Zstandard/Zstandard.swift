// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CCodecs

/// Frames of Zstandard, as HDF5 filter 32015 stores a chunk.
///
/// - Source: RFC 8878; aparamon/HDF5Plugin-Zstandard:zstd_h5plugin.c (a chunk is what ZSTD_compress gives).
package enum Zstandard {
    static func decode(_ input: Span<UInt8>, into output: inout OutputSpan<UInt8>) throws(CodecFault) {
        // No frame at all would pass for an empty one.
        guard !input.isEmpty else { throw .short(at: 0) }
        let written = input.withUnsafeBufferPointer { bytes in
            output.withUnsafeMutableBufferPointer { room, filled -> Int in
                guard let from = bytes.baseAddress, let to = room.baseAddress else { return -1 }
                let written = imprimatur_zstd_decode(from, bytes.count, to + filled, room.count - filled)
                if written > 0 { filled += written }
                return written
            }
        }
        guard written >= 0 else { throw .damaged(block: 0) }
    }

    /// - Parameter room: The greatest number of bytes that may come out.
    /// - Returns: nil when the frames are damaged or larger.
    static func decoded(_ bytes: Span<UInt8>, room: Int) -> [UInt8]? {
        try? [UInt8](capacity: room) { (output: inout OutputSpan<UInt8>) throws(CodecFault) in
            try decode(bytes, into: &output)
        }
    }

    /// One frame.
    ///
    /// - Parameter level: From 1, quick, to 22.
    package static func encode(_ bytes: [UInt8], level: Int = 3) -> [UInt8] {
        let room = imprimatur_zstd_bound(bytes.count)
        return [UInt8](capacity: room) { output in
            bytes.withUnsafeBufferPointer { input in
                output.withUnsafeMutableBufferPointer { place, filled in
                    guard let to = place.baseAddress else { return }
                    let nothing: [UInt8] = [0]
                    let written = nothing.withUnsafeBufferPointer { none -> Int in
                        guard let from = input.baseAddress ?? none.baseAddress else { return 0 }
                        return imprimatur_zstd_encode(from, input.count, to, place.count, Int32(clamping: level))
                    }
                    filled = max(0, written)
                }
            }
        }
    }
}
