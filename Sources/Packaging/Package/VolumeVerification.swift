// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Archive
import Digest
import Synchronization
public import Transport

/// The volumes of a package held against its table: each member lies where it is said to, with its digests.
public struct VolumeVerification: Sendable {
    /// What of a member is not as the table states.
    public struct Fault: Sendable, Hashable {
        public let member: Name
        /// "has sha256 …, the manifest states …".
        public let words: String
    }

    public let faults: [Fault]
    /// Members that were looked at.
    public let count: Int

    /// Reads every member of every volume; of virtual volumes, every file of the data.
    ///
    /// - Throws: When a file of the deposit cannot be opened.
    public init(_ package: Package, read: @escaping @Sendable (Int) -> Void = { _ in }) throws(Failure) {
        var sources: [Name: Source] = [:]
        let missing = package.missing
        for file in package.files where !missing.contains(file.name) { sources[file.name] = try file.open() }
        let rows = package.table.rows
        let names = Dictionary(
            package.plan.files.filter { !$0.isVolume }.map { ($0.members[0].path, $0.name) },
            uniquingKeysWith: { first, _ in first })
        let places = sources
        let board = Mutex([Int: [String]]())
        let next = Mutex(0)
        PlainThreads.run(PlainThreads.processors) { _ in
            while true {
                let number = next.withLock { next in
                    defer { next += 1 }
                    return next
                }
                guard number < rows.count else { return }
                let row = rows[number]
                let name = row.place?.volume ?? names[row.path] ?? row.path.last
                let words: [String]
                if missing.contains(name) {
                    // The list of files tells it, once.
                    words = []
                } else if let source = places[name] {
                    words = Self.compare(row, source, read)
                } else {
                    words = ["lies in '\(name.shown)', which the package does not hold"]
                }
                if !words.isEmpty { board.withLock { $0[number] = words } }
            }
        }
        var faults = board.withLock { $0 }.sorted { $0.key < $1.key }.flatMap { number, words in
            words.map { Fault(member: rows[number].path, words: $0) }
        }
        for name in package.volumes {
            guard let source = places[name] else { continue }
            faults += Self.strangers(source, name, rows)
        }
        self.faults = faults
        count = rows.count
    }

    private static func compare(_ row: MemberTable.Row, _ source: Source, _ read: (Int) -> Void) -> [String] {
        let start = row.place?.offset ?? 0
        let stream = DigestStream(row.md5 == nil ? [.sha256] : [.md5, .sha256])
        var sum: UInt32 = 0
        var done = 0
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { room.deallocate() }
        do throws(Failure) {
            while done < row.size {
                let piece = UnsafeMutableRawBufferPointer(rebasing: room[0..<min(room.count, row.size - done)])
                let count = try source.read(into: piece, at: start &+ done)
                guard count > 0 else {
                    return ["ends after \(done) bytes, the manifest states \(row.size)"]
                }
                let bytes = UnsafeRawBufferPointer(rebasing: piece[0..<count])
                stream.update(bytes)
                sum = CRC32.sum(sum, bytes)
                done += count
                read(count)
            }
        } catch {
            return [error.line]
        }
        let digests = stream.finish()
        var words: [String] = []
        if digests[.sha256] != row.sha256 {
            words.append("has sha256 \(digests[.sha256] ?? ""), the manifest states \(row.sha256)")
        }
        if sum != row.crc32 {
            words.append("has crc32 \(CRC32.text(sum)), the manifest states \(CRC32.text(row.crc32))")
        }
        if let md5 = row.md5, digests[.md5] != md5 {
            words.append("has md5 \(digests[.md5] ?? ""), the manifest states \(md5)")
        }
        return words
    }

    /// Members that the directory of a volume has and the table lacks, and the reverse.
    private static func strangers(_ source: Source, _ volume: Name, _ rows: [MemberTable.Row]) -> [Fault] {
        let listed = Set(rows.filter { $0.place?.volume == volume }.map(\.path))
        do throws(Failure) {
            let archive = try MemberArchive(source, .zip, wanted: [])
            let listing = archive.listing()
            let found = Set(listing.members.map { Name($0.name) })
            return found.subtracting(listed).sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }.map {
                Fault(member: $0, words: "is in '\(volume.shown)', and the manifest does not list it")
            }
                + listed.subtracting(found).sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }.map {
                    Fault(member: $0, words: "is not in the directory of '\(volume.shown)'")
                }
        } catch {
            return [Fault(member: volume, words: error.line)]
        }
    }
}
