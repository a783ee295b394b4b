// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Transport

/// The central directory of a ZIP: what the archive holds, and where.
///
/// One read of the end of the file finds it, and mostly holds it; another one takes what is longer.
/// - Source: PKWARE APPNOTE 6.3.10, sections 4.3 to 4.5.
struct ZIPDirectory {
    struct Entry: Sendable {
        let member: ArchiveMember
        let flags: UInt16
        let method: UInt16
        let sum: UInt32
        /// Bytes as they are stored.
        let stored: Int
        /// Of the local header.
        let offset: Int
        /// Bytes of name and extra field in the directory: those of the local header are mostly as long.
        let headerRoom: Int

        var isEncrypted: Bool { flags & 1 != 0 }
    }

    private(set) var entries: [Entry] = []
    private(set) var listing = ArchiveListing()
    private let limits: ArchiveLimits

    /// The longest end of a ZIP: the end record with its comment, and those of 64 bits before it.
    private static let tail = 22 + 65_535 + 20 + 56

    /// - Throws: When the file cannot be read, or is no ZIP at all.
    init(of source: Source, limits: ArchiveLimits) throws(Failure) {
        self.limits = limits
        let start = max(0, source.size - Self.tail)
        let tail = Window(start: start, bytes: try source.bytes(at: start, count: source.size - start))
        guard let place = Self.end(in: tail) else {
            listing.faults.append(
                ArchiveListing.Fault(.damaged, nil, "has no directory at its end, as if it was cut"))
            try scan(source)
            return
        }
        let end = try EndRecord(tail, at: place, of: source)
        listing.isZIP64 = end.is64
        if end.isSplit { throw Self.failure(source, .form("split"), "it is one part of an archive in several files") }
        guard end.bytes <= limits.directoryBytes else {
            throw Self.failure(source, .limit("directory"), "its directory is announced with \(end.bytes) bytes")
        }
        let directory = try read(end, tail, source)
        take(directory, end)
    }

    // MARK: The end

    /// The place of the last end record whose comment fits.
    private static func end(in tail: Window) -> Int? {
        let bytes = tail.bytes
        guard bytes.count >= 22 else { return nil }
        var at = bytes.count - 22
        while at >= 0 {
            if bytes[at] == 0x50, bytes[at + 1] == 0x4B, bytes[at + 2] == 0x05, bytes[at + 3] == 0x06,
                let comment = tail.number(at + 20, 2), at + 22 + comment <= bytes.count
            {
                return at
            }
            at -= 1
        }
        return nil
    }

    private struct EndRecord {
        var count: Int
        var bytes: Int
        var offset: Int
        var is64 = false
        var isSplit: Bool
        /// Where the directory ends if nothing stands between.
        var limit: Int

        init(_ tail: Window, at place: Int, of source: Source) throws(Failure) {
            guard let disk = tail.number(place + 4, 2),
                let count = tail.number(place + 10, 2), let bytes = tail.number(place + 12, 4),
                let offset = tail.number(place + 16, 4)
            else { throw ZIPDirectory.failure(source, .damaged, "its end record is cut") }
            (self.count, self.bytes, self.offset) = (count, bytes, offset)
            isSplit = disk != 0 && disk != 0xFFFF
            limit = tail.start + place
            guard place >= 20, tail.number(place - 20, 4) == 0x0706_4B50, let at = tail.number(place - 12, 8) else {
                return
            }
            var record = tail
            if at < tail.start {
                record = Window(start: at, bytes: try source.bytes(at: at, count: 56))
            }
            // Bytes before the archive move everything.
            let places = [at - record.start, place - 20 - 56]
            guard let own = places.first(where: { record.number($0, 4) == 0x0606_4B50 }),
                let count64 = record.number(own + 32, 8), let bytes64 = record.number(own + 40, 8),
                let offset64 = record.number(own + 48, 8)
            else {
                throw ZIPDirectory.failure(source, .damaged, "its end record of 64 bits is not where it is said to be")
            }
            (self.count, self.bytes, self.offset) = (count64, bytes64, offset64)
            is64 = true
            isSplit = false
            limit = record.start + own
        }
    }

    /// The bytes of the directory, and how far everything lies behind where it is said to.
    private func read(_ end: EndRecord, _ tail: Window, _ source: Source) throws(Failure) -> (
        bytes: [UInt8], shift: Int
    ) {
        guard end.bytes <= end.limit else {
            throw Self.failure(source, .damaged, "its directory is announced with \(end.bytes) bytes and does not fit")
        }
        // Where it ends is certain; what stands before an archive, such as a program that unpacks it, moves the rest.
        let start = end.limit - end.bytes
        let bytes: [UInt8]
        if start >= tail.start {
            bytes = Array(tail.bytes[(start - tail.start)..<(end.limit - tail.start)])
        } else {
            bytes = try source.bytes(at: start, count: end.bytes)
        }
        let isThere = Window(start: 0, bytes: bytes).number(0, 4) == 0x0201_4B50
        if end.count == 0 || isThere { return (bytes, start - end.offset) }
        let other = try source.bytes(at: end.offset, count: min(end.bytes, max(0, source.size - max(0, end.offset))))
        guard Window(start: 0, bytes: other).number(0, 4) == 0x0201_4B50 else {
            throw Self.failure(source, .damaged, "its directory is not where the end record says")
        }
        return (other, 0)
    }

    // MARK: Entries

    private mutating func take(_ directory: (bytes: [UInt8], shift: Int), _ end: EndRecord) {
        let window = Window(start: 0, bytes: directory.bytes)
        var at = 0
        var names: [String] = []
        while entries.count < end.count {
            guard entries.count < limits.members else {
                listing.isCut = true
                return
            }
            guard let (entry, length) = Self.entry(window, at, shift: directory.shift) else { break }
            entries.append(entry)
            names.append(entry.member.name)
            at += length
        }
        listing.members = entries.map(\.member)
        if entries.count < end.count {
            listing.faults.append(
                ArchiveListing.Fault(
                    .damaged, nil, "lists \(entries.count) of the \(end.count) members that its end record announces"))
        }
        let start = end.limit - end.bytes
        for entry in entries where entry.member.kind == .file {
            let (last, overflow) = entry.offset.addingReportingOverflow(entry.stored)
            if overflow || entry.offset < 0 || last > start {
                listing.faults.append(ArchiveListing.Fault(.damaged, entry.member.name, "lies beyond the archive"))
            }
        }
    }

    private static func entry(_ window: Window, _ at: Int, shift: Int) -> (Entry, length: Int)? {
        guard window.number(at, 4) == 0x0201_4B50, let made = window.number(at + 5, 1),
            let flags = window.number(at + 8, 2), let method = window.number(at + 10, 2),
            let sum = window.number(at + 16, 4), var stored = window.number(at + 20, 4),
            var size = window.number(at + 24, 4), let nameBytes = window.number(at + 28, 2),
            let extraBytes = window.number(at + 30, 2), let commentBytes = window.number(at + 32, 2),
            let attributes = window.number(at + 38, 4), var offset = window.number(at + 42, 4),
            let name = window.piece(at + 46, nameBytes)
        else { return nil }
        var extra = at + 46 + nameBytes
        let end = extra + extraBytes
        guard end <= window.bytes.count else { return nil }
        while extra + 4 <= end, let id = window.number(extra, 2), let count = window.number(extra + 2, 2) {
            if id == 1 {
                var field = extra + 4
                func next(_ value: inout Int) {
                    guard value == 0xFFFF_FFFF, field + 8 <= end, let wide = window.number(field, 8) else { return }
                    value = wide
                    field += 8
                }
                next(&size)
                next(&stored)
                next(&offset)
            }
            extra += 4 + count
        }
        let (place, overflow) = offset.addingReportingOverflow(shift)
        let text = Name(bytes: name).text
        let member = ArchiveMember(
            name: text, kind: kind(text, madeBy: made, attributes), size: size)
        return (
            Entry(
                member: member, flags: UInt16(flags), method: UInt16(method), sum: UInt32(sum), stored: stored,
                offset: overflow ? -1 : place, headerRoom: nameBytes + extraBytes),
            46 + nameBytes + extraBytes + commentBytes
        )
    }

    private static func kind(_ name: String, madeBy system: Int, _ attributes: Int) -> ArchiveMember.Kind {
        if system == 3 || system == 19 {
            switch (attributes >> 16) & 0o170000 {
            case 0o120000: return .link
            case 0o040000: return .folder
            case 0o020000, 0o060000, 0o010000, 0o140000: return .device
            default: break
            }
        }
        return name.hasSuffix("/") ? .folder : .file
    }

    // MARK: Without a directory

    /// The members of a ZIP whose end is lost, as far as their own headers tell of them.
    private mutating func scan(_ source: Source) throws(Failure) {
        var at = 0
        var isFirst = true
        while entries.count < limits.members {
            let window = Window(start: at, bytes: try source.bytes(at: at, count: 30))
            guard window.number(0, 4) == 0x0403_4B50, let flags = window.number(6, 2),
                let method = window.number(8, 2), let sum = window.number(14, 4), let stored = window.number(18, 4),
                let size = window.number(22, 4), let nameBytes = window.number(26, 2),
                let extraBytes = window.number(28, 2)
            else {
                if isFirst { throw Self.failure(source, .foreign, "it is no ZIP archive") }
                break
            }
            isFirst = false
            // Sizes behind the data, or of 64 bits, are not known here.
            guard flags & 8 == 0, stored < 0xFFFF_FFFF else { break }
            let name = Name(bytes: try source.bytes(at: at + 30, count: nameBytes)).text
            let member = ArchiveMember(name: name, kind: name.hasSuffix("/") ? .folder : .file, size: size)
            let end = at + 30 + nameBytes + extraBytes + stored
            listing.members.append(member)
            entries.append(
                Entry(
                    member: member, flags: UInt16(flags), method: UInt16(method), sum: UInt32(sum), stored: stored,
                    offset: at, headerRoom: nameBytes + extraBytes))
            if end > source.size {
                listing.faults.append(
                    ArchiveListing.Fault(
                        .damaged, name, "is cut short: \(max(0, source.size - end + stored)) of \(stored) stored bytes")
                )
                break
            }
            at = end
        }
        listing.isCut = true
    }

    static func failure(_ source: Source, _ code: Failure.Code, _ words: String) -> Failure {
        Failure(
            attempt: "read the archive", subject: source.name.text, code: code, words: words,
            remedy: "fetch the archive again, or pack it again")
    }
}

/// Bytes from a place of a file on; numbers are little-endian.
struct Window {
    let start: Int
    let bytes: [UInt8]

    /// A number of so many bytes; nil beyond the bytes, and for one that is too large.
    func number(_ at: Int, _ count: Int) -> Int? {
        guard at >= 0, count >= 0, at <= bytes.count - count else { return nil }
        var value: UInt64 = 0
        for index in (0..<count).reversed() { value = value << 8 | UInt64(bytes[at + index]) }
        return Int(exactly: value)
    }

    func piece(_ at: Int, _ count: Int) -> [UInt8]? {
        guard at >= 0, count >= 0, at <= bytes.count - count else { return nil }
        return Array(bytes[at..<(at + count)])
    }
}
