// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CDeflate

/// Undoes the filters of a chunk: deflate, shuffle and Fletcher32, which HDF5 brings and small values have.
///
/// - Source: HDF5 reference, H5Pset_deflate, H5Pset_shuffle, H5Pset_fletcher32; RFC 1950.
struct NativeFilters {
    private enum Number {
        static let deflate = 1
        static let shuffle = 2
        static let fletcher32 = 3
    }

    let filters: [Filter]
    /// Bytes of a chunk without filters, and of an element.
    let chunkBytes: Int
    let elementBytes: Int

    /// The elements of a chunk.
    ///
    /// - Parameters:
    ///   - stored: The chunk as it lies in the file.
    ///   - skipped: A bit for each filter that was not applied, the first one lowest.
    func undone(_ stored: UnsafeRawBufferPointer, skipped: UInt64) throws(NotPlain) -> [UInt8] {
        var bytes = Array(stored)
        for (index, filter) in filters.enumerated().reversed() where index >= 64 || skipped >> UInt64(index) & 1 == 0 {
            switch filter.id {
            case Number.deflate: bytes = try inflated(bytes)
            case Number.shuffle: bytes = unshuffled(bytes)
            case Number.fletcher32: bytes = try checked(bytes)
            default: throw NotPlain()
            }
        }
        guard bytes.count == chunkBytes else { throw NotPlain() }
        return bytes
    }

    /// What lies before deflate is a chunk, with a checksum behind it where that was made first.
    private func inflated(_ bytes: [UInt8]) throws(NotPlain) -> [UInt8] {
        guard let decoder = libdeflate_alloc_decompressor() else { throw NotPlain() }
        defer { libdeflate_free_decompressor(decoder) }
        var isWhole = false
        let result = [UInt8](unsafeUninitializedCapacity: chunkBytes &+ 4) { room, filled in
            var count = 0
            let status = bytes.withUnsafeBytes {
                libdeflate_zlib_decompress(decoder, $0.baseAddress, $0.count, room.baseAddress, room.count, &count)
            }
            isWhole = status == LIBDEFLATE_SUCCESS
            filled = isWhole ? count : 0
        }
        guard isWhole else { throw NotPlain() }
        return result
    }

    /// First bytes of all elements, then their second bytes, and so on; what is left over stays at the end.
    private func unshuffled(_ bytes: [UInt8]) -> [UInt8] {
        let width = elementBytes
        let count = width > 1 ? bytes.count / width : 0
        guard count > 1 else { return bytes }
        var result = bytes
        for element in 0..<count {
            for byte in 0..<width { result[element &* width &+ byte] = bytes[byte &* count &+ element] }
        }
        return result
    }

    /// Bytes without the checksum behind them.
    private func checked(_ bytes: [UInt8]) throws(NotPlain) -> [UInt8] {
        guard bytes.count >= 4 else { throw NotPlain() }
        let body = Array(bytes.dropLast(4))
        let stated = bytes.suffix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard stated == Self.fletcher32(body) else { throw NotPlain() }
        return body
    }

    /// Fletcher's checksum of numbers of two bytes, the larger byte first.
    private static func fletcher32(_ bytes: [UInt8]) -> UInt32 {
        var first: UInt32 = 0
        var second: UInt32 = 0
        var place = 0
        func folded(_ sum: UInt32) -> UInt32 { sum & 0xFFFF &+ sum >> 16 }
        while place < bytes.count {
            // So many sums fit into 32 bits.
            let end = min(bytes.count, place &+ 720)
            while place < end {
                let low = place &+ 1 < bytes.count ? UInt32(bytes[place &+ 1]) : 0
                first = first &+ (UInt32(bytes[place]) << 8 | low)
                second = second &+ first
                place &+= 2
            }
            first = folded(first)
            second = folded(second)
        }
        return folded(second) << 16 | folded(first)
    }
}
