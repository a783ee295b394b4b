// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CCodecs

/// First bytes of all elements, then their second bytes, and so on; what is left over stays at the end.
///
/// - Source: HDF5 reference, H5Pset_shuffle.
package enum Shuffle {
    package static func decode(
        _ input: Span<UInt8>, into output: inout OutputSpan<UInt8>, elementBytes width: Int, kernel: Kernel = .c
    ) throws(CodecFault) {
        guard input.count <= output.freeCapacity else {
            throw .size(stated: UInt64(input.count), expected: output.freeCapacity)
        }
        // One element alone is not turned.
        let elements = width > 1 && input.count / width > 1 ? input.count / width : 0
        if kernel == .c {
            input.withUnsafeBufferPointer { bytes in
                output.withUnsafeMutableBufferPointer { room, filled in
                    guard elements > 0, let from = bytes.baseAddress, let to = room.baseAddress else { return }
                    imprimatur_unshuffle(from, to + filled, elements, width)
                    filled += elements * width
                }
            }
        } else {
            for element in 0..<elements {
                for byte in 0..<width { output.append(input[byte * elements + element]) }
            }
        }
        for index in elements * width..<input.count { output.append(input[index]) }
    }
}
