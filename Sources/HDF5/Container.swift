// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CHDF5
import Glibc

/// An HDF5 file open in libhdf5, with its bytes at hand.
///
/// Small files lie in memory as an image, into which the library reads without a copy; the flags of a file that was not
/// closed and the end of a file that was cut are mended there, never in the file.
final class Container {
    let path: String
    let size: Int
    let superblock: Superblock
    let isImage: Bool
    private(set) var file: hid_t = -1
    private let input: InputFile
    private let image: UnsafeMutableRawBufferPointer

    /// Opens a file, or says why not.
    init(_ path: String, limits: Limits) throws(Failure) {
        self.path = path
        input = try InputFile(path)
        size = input.size
        isImage = size <= limits.wholeFileBytes
        image = isImage ? .allocate(byteCount: max(size, 1), alignment: 16) : .init(start: nil, count: 0)
        var found: Superblock?
        if isImage {
            guard try input.read(into: .init(rebasing: image[..<size]), from: 0) == size else {
                throw Self.changed(path)
            }
            try input.checkUnchanged()
            found = Superblock.locate(UnsafeRawBufferPointer(rebasing: image[..<size]))
        } else {
            found = try Superblock.locate(in: input)
        }
        guard let found else { throw try Self.notHDF5(input) }
        superblock = found
        if isImage { mend() }
        file = try isImage ? openImage() : openOnDisk()
    }

    deinit {
        let file = file
        if file >= 0 { _ = Door.ask { H5Fclose(file) } }
        if isImage { image.deallocate() }
    }

    /// Bytes at an address of the file; nil if they do not lie inside.
    func bytes(at address: UInt64, count: Int) -> [UInt8]? {
        let (start, overflow) = address.addingReportingOverflow(superblock.base)
        guard !overflow, let start = Int(exactly: start), count >= 0, start <= size, count <= size &- start else {
            return nil
        }
        if isImage { return [UInt8](image[start..<(start &+ count)]) }
        guard let bytes = try? input.read(at: start, count: count), bytes.count == count else { return nil }
        return bytes
    }

    func checkUnchanged() throws(Failure) {
        if !isImage { try input.checkUnchanged() }
    }

    /// Clears the consistency flags and moves the stated end to the true one, in memory.
    private func mend() {
        let isOpen = superblock.isOpenForWriting || superblock.isOpenForSWMR
        let isCut = superblock.statedEnd.map { $0 > UInt64(size) } ?? false
        guard isOpen || isCut else { return }
        let end = superblock.endOffset &+ superblock.addressBytes
        guard superblock.addressBytes <= 8, end <= size else { return }
        if isOpen, let flags = superblock.flagsOffset { image[flags] = 0 }
        if isCut {
            var value = UInt64(size) &+ superblock.endShift
            for index in superblock.endOffset..<end {
                image[index] = UInt8(truncatingIfNeeded: value)
                value >>= 8
            }
        }
        if let place = superblock.checksumOffset, place &+ 4 <= size {
            var sum = lookup3(UnsafeRawBufferPointer(rebasing: image[superblock.offset..<place]))
            for index in place..<(place &+ 4) {
                image[index] = UInt8(truncatingIfNeeded: sum)
                sum >>= 8
            }
        }
    }

    private func openImage() throws(Failure) -> hid_t {
        let access = try Identifier("prepare to open", path) { H5Pcreate(chdf5_file_access()) }
        let start = image.baseAddress
        let size = size
        _ = try Door.call("prepare to open", path) { chdf5_set_image(access.id, start, size) }
        // The library takes equal names for one file.
        let name = "\(UInt(bitPattern: start))"
        return try Door.call("open", path) { H5Fopen(name, chdf5_read_only(), access.id) }
    }

    private func openOnDisk() throws(Failure) -> hid_t {
        let access = try Identifier("prepare to open", path) { H5Pcreate(chdf5_file_access()) }
        _ = try Door.call("prepare to open", path) { H5Pset_file_locking(access.id, false, true) }
        if superblock.isOpenForWriting, !superblock.isOpenForSWMR {
            throw Failure(
                attempt: "open", subject: path, innermost: "the file is marked as open for writing",
                remedy: "run 'h5clear -s' on a copy of the file")
        }
        let isSWMR = superblock.isOpenForSWMR
        let path = path
        return try Door.call("open", path) {
            H5Fopen(path, isSWMR ? chdf5_read_swmr() : chdf5_read_only(), access.id)
        }
    }

    private static func changed(_ path: String) -> Failure {
        Failure(attempt: "read", subject: path, innermost: "the file changed while it was read")
    }

    private static func notHDF5(_ input: borrowing InputFile) throws(Failure) -> Failure {
        let head = try input.read(at: 0, count: min(input.size, 8))
        let shown = head.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
        return Failure(
            attempt: "open as HDF5", subject: input.path,
            innermost: head.isEmpty ? "the file has no bytes" : "no HDF5 signature; the file begins with \(shown)")
    }
}
