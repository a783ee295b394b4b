// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CCodecs

/// Memory of frames in large pages.
package enum LargePages {
    /// Makes room in an array that is to be filled anew; what it held is gone.
    ///
    /// - Parameter count: Bytes that it is going to hold.
    package static func makeRoom(in bytes: inout [UInt8], for count: Int) {
        bytes.removeAll(keepingCapacity: true)
        guard bytes.capacity < count else { return }
        bytes = []
        bytes.reserveCapacity(count)
        let capacity = bytes.capacity
        bytes.withUnsafeMutableBufferPointer { imprimatur_use_large_pages($0.baseAddress, capacity) }
    }
}
