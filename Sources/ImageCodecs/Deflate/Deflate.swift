// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CDeflate

/// A zlib stream, as HDF5 filter 1 stores a chunk.
///
/// - Source: HDF5 reference, H5Pset_deflate; RFC 1950 and 1951.
enum Deflate {
    static func decode(_ input: Span<UInt8>, into output: inout OutputSpan<UInt8>) throws(CodecFault) {
        guard let decoder = libdeflate_alloc_decompressor() else { throw .request("no memory for deflate") }
        defer { libdeflate_free_decompressor(decoder) }
        let status = input.withUnsafeBytes { bytes in
            output.withUnsafeMutableBufferPointer { room, filled in
                var count = 0
                let status = libdeflate_zlib_decompress(
                    decoder, bytes.baseAddress, bytes.count, room.baseAddress.map { $0 + filled },
                    room.count &- filled, &count)
                if status == LIBDEFLATE_SUCCESS { filled &+= count }
                return status
            }
        }
        guard status == LIBDEFLATE_SUCCESS else { throw .damaged(block: 0) }
    }
}

/// Makes zlib streams, as HDF5 filter 1 stores a chunk; each thread has its own.
///
/// - Source: RFC 1950 and 1951; libdeflate.
package final class DeflatePacker {
    private let compressor: OpaquePointer

    /// - Parameter level: From 1 to 9.
    /// - Throws: When there is no memory.
    package init(level: Int) throws(CodecFault) {
        guard let made = libdeflate_alloc_compressor(Int32(clamping: level)) else {
            throw .request("no memory for deflate")
        }
        compressor = made
    }

    deinit { libdeflate_free_compressor(compressor) }

    /// The greatest size of a stream of so many bytes.
    package func most(bytes: Int) -> Int { libdeflate_zlib_compress_bound(compressor, bytes) }

    /// Packs bytes; nil where the room does not hold them.
    package func pack(_ bytes: UnsafeRawBufferPointer, into out: UnsafeMutableRawBufferPointer) -> Int? {
        let count = libdeflate_zlib_compress(compressor, bytes.baseAddress, bytes.count, out.baseAddress, out.count)
        return count > 0 ? count : nil
    }
}
