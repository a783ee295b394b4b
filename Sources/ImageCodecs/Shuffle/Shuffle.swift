// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// First bytes of all elements, then their second bytes, and so on; what is left over stays at the end.
///
/// - Source: HDF5 reference, H5Pset_shuffle.
enum Shuffle {
    static func decode(
        _ input: Span<UInt8>, into output: inout OutputSpan<UInt8>, elementBytes width: Int
    ) throws(CodecFault) {
        guard input.count <= output.freeCapacity else {
            throw .size(stated: UInt64(input.count), expected: output.freeCapacity)
        }
        let count = width > 1 ? input.count / width : 0
        input.withUnsafeBytes { bytes in
            output.withUnsafeMutableBufferPointer { room, filled in
                let target = UnsafeMutableBufferPointer(rebasing: room[filled..<(filled &+ bytes.count)])
                let whole = count > 1 ? count &* width : 0
                for element in 0..<(whole > 0 ? count : 0) {
                    for byte in 0..<width { target[element &* width &+ byte] = bytes[byte &* count &+ element] }
                }
                for index in whole..<bytes.count { target[index] = bytes[index] }
                filled &+= bytes.count
            }
        }
    }
}
