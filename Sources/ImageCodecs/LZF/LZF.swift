// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// LZF, as HDF5 filter 32000 stores a chunk.
///
/// A byte below 32 announces so many bytes and one more, as they are. Any other has a length in its upper three bits, 7
/// going on in the next byte, and the upper five bits of a distance whose lower eight follow: length plus 2 bytes are
/// repeated from distance plus 1 bytes before. Nothing marks the end.
/// - Source: LibLZF by M. Lehmann, README and lzf.h; h5py:lzf/lzf_filter.c.
package enum LZF {
    /// - Throws: If the stream ends inside an item, reaches before its start, or the output has no room.
    package static func decode(_ stream: Span<UInt8>, into output: inout OutputSpan<UInt8>) throws(CodecFault) {
        guard !stream.isEmpty else { throw .short(at: 0) }
        let first = output.count
        var next = 0
        var item = 0
        while next < stream.count {
            let control = Int(stream[next])
            next += 1
            if control < 32 {
                let count = control + 1
                guard count <= stream.count - next else { throw .short(at: stream.count) }
                guard count <= output.freeCapacity else { throw .damaged(block: item) }
                for index in next..<next + count { output.append(stream[index]) }
                next += count
            } else {
                var count = control >> 5
                if count == 7 {
                    guard next < stream.count else { throw .short(at: stream.count) }
                    count += Int(stream[next])
                    next += 1
                }
                count += 2
                guard next < stream.count else { throw .short(at: stream.count) }
                let distance = (control & 31) << 8 + Int(stream[next]) + 1
                next += 1
                guard count <= output.freeCapacity, distance <= output.count - first else {
                    throw .damaged(block: item)
                }
                for _ in 0..<count { output.append(output[output.count - distance]) }
            }
            item += 1
        }
    }
}
