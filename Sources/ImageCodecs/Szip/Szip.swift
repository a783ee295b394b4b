// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CCodecs

/// Extended Golomb-Rice coding, as HDF5 filter 4 stores a chunk: the number of bytes, then one stream.
///
/// - Source: HDF5 reference, H5Pset_szip; CCSDS 121.0-B-3.
enum Szip {
    /// Options mask, pixels per block, bits per pixel, pixels per scanline, within the limits of the library.
    static func accepts(_ parameters: Codec.Parameters) -> Bool {
        guard parameters.values.count >= 4 else { return false }
        let (block, bits, line) = (parameters.values[1], parameters.values[2], parameters.values[3])
        return parameters.values[0] < 256 && (2...32).contains(block) && block % 2 == 0
            && ((1...32).contains(bits) || bits == 64) && line > 0 && line <= 128 * block
    }

    static func decode(
        _ input: Span<UInt8>, into output: inout OutputSpan<UInt8>, _ parameters: Codec.Parameters
    ) throws(CodecFault) {
        guard accepts(parameters) else { throw .request("szip with parameters \(parameters.values)") }
        guard input.count > 4 else { throw .short(at: input.count) }
        let stated = (0..<4).reduce(0) { $0 | Int(input[$1]) << (8 * $1) }
        guard stated <= output.freeCapacity else {
            throw .size(stated: UInt64(stated), expected: output.freeCapacity)
        }
        let values = parameters.values
        let written = input.withUnsafeBufferPointer { bytes in
            output.withUnsafeMutableBufferPointer { room, filled -> Int? in
                guard let from = bytes.baseAddress, let to = room.baseAddress else { return nil }
                let written = imprimatur_szip_decode(
                    from + 4, bytes.count - 4, to + filled, stated, values[0], values[1], values[2], values[3])
                // All ones, a fault, come as -1.
                guard (0...stated).contains(written) else { return nil }
                filled += written
                return written
            }
        }
        guard let written else { throw .damaged(block: 0) }
        guard written == stated else { throw .short(at: input.count) }
    }
}
