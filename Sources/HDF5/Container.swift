// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CHDF5
import Glibc
import Transport

/// An HDF5 file open in libhdf5, with its bytes at hand.
///
/// Small files lie in memory, read once. The flags of a file that was not closed and the end of a file that was cut are
/// mended in a copy of the superblock that is laid over the file, never in the file.
final class Container {
    let path: String
    let size: Int
    let superblock: Superblock
    /// The file in libhdf5, once that was asked for.
    private var file: hid_t = -1
    private let input: Source
    private let pages: Pages
    /// The whole file if it is small.
    private let image: ByteBuffer?
    /// What libhdf5 reads from; stays where it is while the file is open.
    private let source: UnsafeMutablePointer<chdf5_source>

    /// Takes a file, or says why not.
    init(_ input: Source, limits: Limits) throws(Failure) {
        self.input = input
        path = input.name.text
        size = input.size
        pages = input.pages()
        image = try input.whole(most: limits.wholeFileBytes)
        superblock = try Self.superblock(of: input, in: image)
        source = .allocate(capacity: 1)
        source.initialize(to: chdf5_source())
        source.pointee.bytes = image?.lent.assumingMemoryBound(to: UInt8.self).baseAddress
        source.pointee.descriptor = input.descriptor ?? -1
        source.pointee.size = haddr_t(size)
        try mend()
    }

    /// The file for another process; nil if it is none of its own.
    var descriptor: Int32? { input.descriptor }

    /// The same where its bytes come from elsewhere, of the caller's own.
    func lend() -> Descriptor? { input.lend() }

    /// The identifier of the file in libhdf5, which is opened when first asked.
    func library() throws(Failure) -> hid_t {
        if file < 0 { file = try open() }
        return file
    }

    deinit {
        let file = file
        if file >= 0 { _ = Door.ask { H5Fclose(file) } }
        source.deallocate()
    }

    /// Bytes at an address of the file, which stay where they are as long as the container; nil if they do not lie inside.
    func view(at address: UInt64, count: Int) -> UnsafeRawBufferPointer? {
        guard let left = bytesLeft(from: address), count >= 0, count <= left else { return nil }
        let start = size &- left
        if let image { return UnsafeRawBufferPointer(rebasing: image.lent[start..<(start &+ count)]) }
        return pages.view(from: start, count: count)
    }

    /// Bytes from an address to the end of the file; nil for an address outside.
    func bytesLeft(from address: UInt64) -> Int? {
        let (start, overflow) = address.addingReportingOverflow(superblock.base)
        guard !overflow, let start = Int(exactly: start), start <= size else { return nil }
        return size &- start
    }

    /// Bytes behind the end that the superblock states, which are nobody's; none while the file is being written.
    var excess: Int {
        guard !superblock.isOpenForWriting, let stated = superblock.statedEnd else { return 0 }
        return max(0, size &- (Int(exactly: stated) ?? size))
    }

    func checkUnchanged() throws(Failure) {
        if image == nil { try input.checkUnchanged() }
    }

    /// The first piece of the file that the system could not read, if there was one.
    var unread: Failure? { pages.failure }

    private static func superblock(of input: Source, in image: ByteBuffer?) throws(Failure) -> Superblock {
        var found: Superblock?
        if let image {
            guard image.count == input.size else {
                throw Failure(
                    attempt: "read", subject: input.name.text, code: .changed,
                    words: "the file changed while it was read")
            }
            try input.checkUnchanged()
            found = Superblock.locate(image.lent)
        } else {
            found = try Superblock.locate(in: input)
        }
        guard let found else { throw try notHDF5(input) }
        return found
    }

    /// Lays a superblock over the file that is closed and ends where the file does.
    private func mend() throws(Failure) {
        let isOpen = superblock.isOpenForWriting || superblock.isOpenForSWMR
        let isCut = superblock.statedEnd.map { $0 > UInt64(size) } ?? false
        guard isOpen || isCut, superblock.addressBytes <= 8 else { return }
        let count = superblock.byteCount
        var bytes = try input.bytes(at: superblock.offset, count: min(count, size &- superblock.offset))
        guard bytes.count == count else { return }
        if isOpen, superblock.version >= 3 { bytes[11] = 0 }
        if isCut {
            let end = little(UInt64(size) &+ superblock.endShift, superblock.addressBytes)
            bytes.replaceSubrange(superblock.endPlace..<(superblock.endPlace &+ end.count), with: end)
        }
        if superblock.version >= 2 {
            let sum = bytes.withUnsafeBytes { lookup3(UnsafeRawBufferPointer(rebasing: $0.dropLast(4))) }
            bytes.replaceSubrange((count &- 4)..<count, with: little(UInt64(sum), 4))
        }
        withUnsafeMutableBytes(of: &source.pointee.overlay) { $0.copyBytes(from: bytes) }
        source.pointee.overlay_start = haddr_t(superblock.offset)
        source.pointee.overlay_count = count
    }

    private func little(_ number: UInt64, _ count: Int) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0.prefix(count)) }
    }

    private func open() throws(Failure) -> hid_t {
        let access = try Identifier("prepare to open", path) { H5Pcreate(chdf5_file_access()) }
        let source = source
        _ = try Door.call("prepare to open", path) { chdf5_set_source(access.id, Door.driver, source) }
        let path = path
        return try Door.call("open", path) { H5Fopen(path, chdf5_read_only(), access.id) }
    }

    private static func notHDF5(_ input: Source) throws(Failure) -> Failure {
        let head = try input.bytes(at: 0, count: min(input.size, 8))
        let shown = head.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
        return Failure(
            attempt: "open as HDF5", subject: input.name.text,
            innermost: head.isEmpty ? "the file has no bytes" : "no HDF5 signature; the file begins with \(shown)",
            code: head.isEmpty ? .empty : .foreign)
    }
}
