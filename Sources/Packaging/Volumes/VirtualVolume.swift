// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Archive
import Synchronization
public import Transport

/// The bytes of a volume that was not written: headers made as they would be, members read where they lie.
public final class VirtualVolume: RangeReader {
    private let file: PlannedFile
    private let sums: [UInt32]
    private let directory: [UInt8]
    /// The member that was read last, open.
    private let last = Mutex<(index: Int, source: Source)?>(nil)

    /// - Parameter sums: CRC-32 of each member, as a build found them.
    public init(_ file: PlannedFile, sums: [UInt32]) {
        precondition(sums.count == file.members.count, "one sum for each member")
        self.file = file
        self.sums = sums
        directory = file.layout?.directory(sums: sums) ?? []
    }

    /// Bytes.
    public var size: Int { file.size }

    /// Reads bytes from a place on; fewer only at the end.
    ///
    /// - Throws: When a member cannot be read, or is not as it was when the package was built.
    public func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(Failure) -> Int {
        guard offset >= 0 else { return 0 }
        guard let layout = file.layout else { return try readMember(0, into: buffer, at: offset) }
        var filled = 0
        while filled < buffer.count {
            let at = offset + filled
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
            if at >= layout.directoryOffset {
                let piece = directory.dropFirst(at - layout.directoryOffset).prefix(rest.count)
                rest.copyBytes(from: piece)
                return filled + piece.count
            }
            let index = Self.index(of: at, in: layout.offsets)
            let start = layout.dataOffset(of: index)
            if at < start {
                let header = layout.header(of: index, sum: sums[index])
                let piece = header.dropFirst(at - layout.offsets[index]).prefix(rest.count)
                rest.copyBytes(from: piece)
                filled += piece.count
            } else {
                let wanted = min(rest.count, start + file.members[index].size - at)
                let place = UnsafeMutableRawBufferPointer(rebasing: rest[0..<wanted])
                let got = try readMember(index, into: place, at: at - start)
                guard got == wanted else { throw file.members[index].changed("it ends before its size") }
                filled += got
            }
        }
        return filled
    }

    private func readMember(
        _ index: Int, into buffer: UnsafeMutableRawBufferPointer, at offset: Int
    ) throws(Failure) -> Int {
        guard !buffer.isEmpty else { return 0 }
        let source: Source
        if let known = last.withLock({ $0 }), known.index == index {
            source = known.source
        } else {
            source = try file.members[index].open()
            last.withLock { $0 = (index, source) }
        }
        let count = try source.read(into: buffer, at: offset)
        try source.checkUnchanged()
        return count
    }

    /// The last member that begins at or before a place and has bytes there.
    private static func index(of place: Int, in offsets: [Int]) -> Int {
        var (low, high) = (0, offsets.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if offsets[middle] <= place { low = middle } else { high = middle }
        }
        return low
    }
}
