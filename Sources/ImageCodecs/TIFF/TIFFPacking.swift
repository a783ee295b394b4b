// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// How a strip or tile of TIFF is packed, by the number in the file.
enum TIFFPacking: Int {
    case none = 1
    case lzw = 5
    case deflate = 8
    case packBits = 32773
    /// The same as ``deflate``, by its older number.
    case oldDeflate = 32946

    /// Bytes that one stored byte can become, at most.
    var growth: Int {
        switch self {
        case .none: 1
        case .lzw: 4096
        case .packBits: 128
        case .deflate, .oldDeflate: 1032
        }
    }

    /// The bytes of a strip or tile.
    ///
    /// - Parameters:
    ///   - count: How many are wanted.
    ///   - full: How many may be packed; those behind the wanted ones are dropped.
    ///   - block: Number of the strip or tile.
    /// - Throws: If there are fewer.
    func decode(_ stored: Span<UInt8>, bytes count: Int, full: Int, block: Int) throws(CodecFault) -> [UInt8] {
        switch self {
        case .none:
            guard stored.count >= count else { throw .size(stated: UInt64(stored.count), expected: count) }
            return stored.extracting(0..<count).withUnsafeBytes { Array($0) }
        case .lzw: return try filled(stored, count, block, TIFFLZW.decode)
        case .packBits: return try filled(stored, count, block, PackBits.decode)
        case .deflate, .oldDeflate:
            do throws(CodecFault) {
                return try filled(stored, count, block, Deflate.decode)
            } catch {
                guard full > count, full / growth <= stored.count else { throw error }
                return Array(try filled(stored, full, block, Deflate.decode)[..<count])
            }
        }
    }

    private func filled(
        _ stored: Span<UInt8>, _ count: Int, _ block: Int,
        _ body: (Span<UInt8>, inout OutputSpan<UInt8>) throws(CodecFault) -> Void
    ) throws(CodecFault) -> [UInt8] {
        // A stated size alone takes no memory.
        guard count / growth <= stored.count else { throw .damaged(block: block) }
        do throws(CodecFault) {
            let bytes = try [UInt8](capacity: count) { (output: inout OutputSpan<UInt8>) throws(CodecFault) in
                try body(stored, &output)
            }
            guard bytes.count == count else { throw .damaged(block: block) }
            return bytes
        } catch {
            throw .damaged(block: block)
        }
    }
}
