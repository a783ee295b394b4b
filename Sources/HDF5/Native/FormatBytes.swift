// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Bytes of a file by their address, for our own reader of the format, and what is noted while they are read.
///
/// Views stay valid as long as the container. All views together are bounded, so that structures that lie over one
/// another cannot turn a small file into endless work.
///
/// - Source: HDF5 File Format Specification; addresses count from the base address.
final class FormatBytes {
    private let container: Container
    private var budget: Int
    /// Bytes behind the end that the superblock states, which are nobody's.
    private let excess: Int
    /// Children that nodes of version 1 B-trees have, at most.
    var treeSizes: Superblock.TreeSizes
    /// Where messages lie that objects share.
    var sharedTable: SharedTable?
    /// What is noted of the object that is read.
    var notes = Notes()
    /// `Limits.rows`.
    var rows: Range<Int>?

    /// What reading an object brings beside its content.
    struct Notes {
        /// The form that asks for the newest release.
        private(set) var form: Form?
        /// Indices that are out of order, each with a name that is not found.
        var disorders: [(index: Disorder.Index, name: String)] = []

        mutating func met(_ form: Form?) {
            guard let form else { return }
            guard let known = self.form else {
                self.form = form
                return
            }
            let newest = Form.Release(.max, 0)
            if form.release ?? newest > known.release ?? newest { self.form = form }
        }
    }

    init(_ container: Container) {
        self.container = container
        budget = 64 << 20 &+ min(container.size, 1 << 40) &* 8
        treeSizes = container.superblock.treeSizes
        let stated = container.superblock.statedEnd.flatMap { Int(exactly: $0) } ?? container.size
        isGrowing =
            container.superblock.isOpenForWriting || container.superblock.isOpenForSWMR || stated > container.size
        excess = container.excess
    }

    /// The file ends before the end that it states, or is being written: bytes may yet come.
    let isGrowing: Bool

    /// Bytes at an address; fails if they do not lie in the file.
    func view(at address: UInt64, count: Int) throws(Stop) -> UnsafeRawBufferPointer {
        guard address != noAddress, let left = container.bytesLeft(from: address), count >= 0, count <= left &- excess
        else { throw .damaged(.outside) }
        guard count <= budget, let view = container.view(at: address, count: count) else { throw .unread(.limit) }
        budget &-= count &+ 16
        return view
    }

    func cursor(at address: UInt64, count: Int, of clause: Clause) throws(Stop) -> FormatCursor {
        FormatCursor(try view(at: address, count: count), of: clause)
    }

    /// Counts bytes that come out of filters among the views: little must not become much again and again.
    func spend(_ count: Int) throws(Stop) {
        guard count >= 0, count <= budget else { throw .unread(.limit) }
        budget &-= count
    }

    /// So many bytes lie in the file from an address on.
    func holds(_ count: UInt64, at address: UInt64) -> Bool {
        container.bytesLeft(from: address).map { count <= UInt64(max(0, $0 &- excess)) } ?? false
    }

    /// Up to so many bytes at an address, fewer at the end of the file.
    func nearest(at address: UInt64, most: Int) throws(Stop) -> UnsafeRawBufferPointer {
        guard address != noAddress, let count = container.bytesLeft(from: address) else { throw .damaged(.outside) }
        return try view(at: address, count: min(most, max(0, count &- excess)))
    }

    /// A block that ends with its checksum, without that.
    func checked(at address: UInt64, count: Int, of clause: Clause) throws(Stop) -> FormatCursor {
        let block = try view(at: address, count: count)
        guard count >= 4 else { throw .damaged(clause) }
        let body = UnsafeRawBufferPointer(rebasing: block[..<(count &- 4)])
        var sum = FormatCursor(block, at: count &- 4, of: clause)
        guard try sum.number(4) == UInt64(lookup3(body)) else { throw .damaged(.checksum) }
        return FormatCursor(body, of: clause, isChecked: true)
    }
}
