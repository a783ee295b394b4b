// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CArchive
internal import Transport

/// The members of a ZIP, read by their places.
struct ZIPMembers: Sendable {
    let source: Source
    let directory: ZIPDirectory
    let limits: ArchiveLimits

    init(_ source: Source, limits: ArchiveLimits) throws(Failure) {
        self.source = source
        self.limits = limits
        directory = try ZIPDirectory(of: source, limits: limits)
    }

    /// The bytes of a member.
    ///
    /// - Parameter isWhole: All bytes are wanted, and held to their CRC-32; else a stored member is read in place, by ranges.
    /// - Throws: When it is damaged, encrypted, packed in a way that is not read here, or beyond the limits.
    func open(_ entry: ZIPDirectory.Entry, as name: Name, isWhole: Bool) throws(Failure) -> Source {
        if entry.isEncrypted {
            throw failure(name, .form("encrypted"), "is encrypted", "pack the archive again without a password")
        }
        guard entry.method == 0 || entry.method == 8 else {
            throw failure(
                name, .form("method \(entry.method)"),
                "is packed by method \(entry.method)\(Self.words(entry.method)), which is not read here",
                "pack the archive again with deflate, or unpack it and name the folder with --sub")
        }
        guard entry.offset >= 0, entry.stored >= 0, entry.member.size >= 0 else {
            throw failure(name, .damaged, "lies beyond the archive")
        }
        if entry.method == 0, !isWhole {
            guard entry.stored == entry.member.size else {
                throw failure(
                    name, .damaged, "is stored with \(entry.stored) bytes, and \(entry.member.size) are stated")
            }
            let start = try dataStart(of: entry, name, try source.bytes(at: entry.offset, count: 30))
            guard entry.stored <= source.size - min(start, source.size) else { throw cut(entry, name, from: start) }
            return Source(ranges: PartOfSource(source, start: start, size: entry.stored), name: name)
        }
        guard limits.allows(entry.member.size, from: entry.stored), entry.stored <= limits.memberBytes else {
            throw failure(
                name, .limit("size"), "would become \(entry.member.size) bytes from \(entry.stored)",
                "unpack the archive and name the folder with --sub, if it is meant so")
        }
        return Source(memory: try contents(entry, name), name: name)
    }

    private func contents(_ entry: ZIPDirectory.Entry, _ name: Name) throws(Failure) -> ByteBuffer {
        // One read: the local header is mostly as long as the one of the directory.
        let front = 30 + entry.headerRoom + 64
        var bytes = try source.bytes(
            at: entry.offset, count: min(front + entry.stored, max(0, source.size - entry.offset)))
        let start = try dataStart(of: entry, name, bytes)
        var inside = start - entry.offset
        if inside + entry.stored > bytes.count {
            bytes = try source.bytes(at: start, count: entry.stored)
            inside = 0
        }
        guard bytes.count - inside >= entry.stored else { throw cut(entry, name, from: start) }
        let size = entry.member.size
        guard entry.method == 8 || entry.stored == size else {
            throw failure(name, .damaged, "is stored with \(entry.stored) bytes, and \(size) are stated")
        }
        let packed = bytes
        var outcome: Int32 = 0
        let contents = try ByteBuffer(count: size) { (room) throws(Failure) -> Int in
            packed.withUnsafeBytes { all in
                let stored = UnsafeRawBufferPointer(rebasing: all[inside..<(inside + entry.stored)])
                if entry.method == 8 {
                    outcome = carchive_inflate(
                        stored.baseAddress?.assumingMemoryBound(to: UInt8.self), stored.count,
                        room.baseAddress?.assumingMemoryBound(to: UInt8.self), size)
                } else {
                    room.copyBytes(from: stored)
                }
            }
            return outcome == 0 ? size : 0
        }
        guard outcome == 0 else {
            throw failure(
                name, .damaged,
                outcome == 2
                    ? "does not become \(size) bytes, as is stated"
                    : "cannot be unpacked: its deflate stream is damaged")
        }
        let sum = contents.withUnsafeBytes { bytes in
            bytes.baseAddress.map { carchive_crc32(0, $0.assumingMemoryBound(to: UInt8.self), bytes.count) } ?? 0
        }
        guard sum == entry.sum else {
            throw failure(
                name, .damaged,
                "has CRC-32 \(String(sum, radix: 16)), the archive states \(String(entry.sum, radix: 16))")
        }
        return contents
    }

    /// Where the data begin, by the local header.
    private func dataStart(of entry: ZIPDirectory.Entry, _ name: Name, _ bytes: [UInt8]) throws(Failure) -> Int {
        let window = Window(start: entry.offset, bytes: bytes)
        guard window.number(0, 4) == 0x0403_4B50, let nameBytes = window.number(26, 2),
            let extraBytes = window.number(28, 2)
        else {
            throw failure(
                name, .damaged,
                bytes.count < 30 ? "is cut short before its header ends" : "has no header where the directory says")
        }
        let (start, overflow) = entry.offset.addingReportingOverflow(30 + nameBytes + extraBytes)
        guard !overflow else { throw failure(name, .damaged, "lies beyond the archive") }
        return start
    }

    private func cut(_ entry: ZIPDirectory.Entry, _ name: Name, from start: Int) -> Failure {
        failure(
            name, .cut, "is cut short: \(max(0, source.size - min(start, source.size))) of \(entry.stored) stored bytes"
        )
    }

    private func failure(
        _ name: Name, _ code: Failure.Code, _ words: String,
        _ remedy: String = "fetch the archive again, or pack it again"
    ) -> Failure {
        Failure(attempt: "read the member", subject: name.text, code: code, words: words, remedy: remedy)
    }

    private static func words(_ method: UInt16) -> String {
        let names: [UInt16: String] = [
            9: "deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "xz", 98: "PPMd", 99: "AES",
        ]
        return names[method].map { " (\($0))" } ?? ""
    }
}

/// Some bytes of a source, which stay where they are.
struct PartOfSource: RangeReader {
    private let source: Source
    private let start: Int
    let size: Int

    init(_ source: Source, start: Int, size: Int) {
        self.source = source
        self.start = start
        self.size = size
    }

    var isFar: Bool { source.isFar }

    func expect(_ range: Range<Int>) throws(Failure) {
        let range = range.clamped(to: 0..<size)
        try source.expect((start + range.lowerBound)..<(start + range.upperBound))
    }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(Failure) -> Int {
        guard offset >= 0, offset < size else { return 0 }
        let count = min(buffer.count, size - offset)
        return try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]), at: start + offset)
    }
}
