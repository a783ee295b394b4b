// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Bytes of a file by their address, for our own reader of the format.
///
/// Views stay valid as long as the container. All views together are bounded, so that structures that lie over one
/// another cannot turn a small file into endless work.
///
/// - Source: HDF5 File Format Specification; addresses count from the base address.
final class FormatBytes {
    private let container: Container
    private var budget: Int

    init(_ container: Container) {
        self.container = container
        budget = 64 << 20 &+ min(container.size, 1 << 40) &* 8
    }

    /// Bytes at an address; fails if they do not lie in the file.
    func view(at address: UInt64, count: Int) throws(NotPlain) -> UnsafeRawBufferPointer {
        guard count >= 0, address != noAddress, count <= budget, let view = container.view(at: address, count: count)
        else { throw NotPlain() }
        budget &-= count &+ 16
        return view
    }

    /// Counts bytes that come out of filters among the views: little must not become much again and again.
    func spend(_ count: Int) throws(NotPlain) {
        guard count >= 0, count <= budget else { throw NotPlain() }
        budget &-= count
    }

    /// So many bytes lie in the file from an address on.
    func holds(_ count: UInt64, at address: UInt64) -> Bool {
        container.bytesLeft(from: address).map { count <= UInt64($0) } ?? false
    }

    /// Up to so many bytes at an address, fewer at the end of the file.
    func nearest(at address: UInt64, most: Int) throws(NotPlain) -> UnsafeRawBufferPointer {
        guard let count = container.bytesLeft(from: address) else { throw NotPlain() }
        return try view(at: address, count: min(most, count))
    }

    /// A block that ends with its checksum, without that.
    func checked(at address: UInt64, count: Int) throws(NotPlain) -> UnsafeRawBufferPointer {
        let block = try view(at: address, count: count)
        guard count >= 4 else { throw NotPlain() }
        let body = UnsafeRawBufferPointer(rebasing: block[..<(count &- 4)])
        var sum = FormatCursor(block, at: count &- 4)
        guard try sum.number(4) == UInt64(lookup3(body)) else { throw NotPlain() }
        return body
    }
}
