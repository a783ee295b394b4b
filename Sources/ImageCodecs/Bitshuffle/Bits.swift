// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CCodecs

/// The bits of elements transposed: first the least bit of all elements, then the next.
enum Bits {
    /// - Parameter bytes: A multiple of 8 elements.
    static func transposed(_ bytes: ArraySlice<UInt8>, elementBytes: Int, kernel: Kernel) -> [UInt8] {
        let count = bytes.count / elementBytes
        guard kernel == .c else { return transposedInSwift(Array(bytes), count: count, width: elementBytes) }
        return moved(bytes) { imprimatur_bitshuffle($0, $1, count, elementBytes) }
    }

    /// The way back of ``transposed(_:elementBytes:kernel:)``, appended to an output that has room for it.
    static func restore(_ bytes: [UInt8], elementBytes: Int, kernel: Kernel, into output: inout OutputSpan<UInt8>) {
        let count = bytes.count / elementBytes
        guard bytes.count <= output.freeCapacity else { return }
        guard kernel == .c else {
            for byte in restoredInSwift(bytes, count: count, width: elementBytes) { output.append(byte) }
            return
        }
        bytes.withUnsafeBufferPointer { input in
            output.withUnsafeMutableBufferPointer { room, filled in
                guard let from = input.baseAddress, let to = room.baseAddress else { return }
                imprimatur_bitunshuffle(from, to + filled, count, elementBytes)
                filled += input.count
            }
        }
    }

    private static func moved(
        _ bytes: ArraySlice<UInt8>, by kernel: (UnsafePointer<UInt8>, UnsafeMutablePointer<UInt8>) -> Void
    ) -> [UInt8] {
        bytes.withUnsafeBufferPointer { input in
            [UInt8](unsafeUninitializedCapacity: input.count) { output, size in
                guard let from = input.baseAddress, let to = output.baseAddress else { return }
                kernel(from, to)
                size = input.count
            }
        }
    }

    private static func transposedInSwift(_ bytes: [UInt8], count: Int, width: Int) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: bytes.count)
        for element in 0..<count {
            for bit in 0..<(8 * width) where bytes[element * width + bit / 8] & (1 << UInt8(bit % 8)) != 0 {
                result[bit * (count / 8) + element / 8] |= 1 << UInt8(element % 8)
            }
        }
        return result
    }

    private static func restoredInSwift(_ bytes: [UInt8], count: Int, width: Int) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: bytes.count)
        for bit in 0..<(8 * width) {
            for element in 0..<count
            where bytes[bit * (count / 8) + element / 8] & (1 << UInt8(element % 8)) != 0 {
                result[element * width + bit / 8] |= 1 << UInt8(bit % 8)
            }
        }
        return result
    }
}
