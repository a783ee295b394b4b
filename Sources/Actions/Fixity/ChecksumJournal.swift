// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Digest
import JSON
import Synchronization
public import Transport

/// What an interrupted `checksum` has found, kept beside its output: a file is not read again while it is the same file
/// of the same size, last changed at the same time.
///
/// The first line names the form. Each other line holds the CRC-32C of the rest of it, device, number, size, and time of
/// change of the file, and the entry of the manifest; a line that does not hold its sum is not believed.
public final class ChecksumJournal: Sendable {
    private static let head = Array("imprimatur-checksum-journal 1\n".utf8)
    /// Behind the name of the output.
    public static let ending = ".part"

    private let file: JournalFile
    private let known: [Identity.Same: Manifest.Entry]
    /// The first error of writing; the manifest does not depend on it.
    private let fault = Mutex<Failure?>(nil)

    /// Opens the journal of an output.
    ///
    /// - Throws: When there is a file of that name that is no journal, or another run holds it.
    public init(beside output: String, inputs: Set<Identity.Key>) throws(Failure) {
        file = try JournalFile(Name(output + Self.ending), inputs: inputs)
        let bytes = file.found
        guard bytes.isEmpty || bytes.starts(with: Self.head) || Self.head.starts(with: bytes) else {
            throw Failure(
                attempt: "write", subject: file.name.text, code: .usage,
                words: "there is such a file, and it is no journal of 'imprimatur checksum'",
                remedy: "move it away, or name another output")
        }
        var known: [Identity.Same: Manifest.Entry] = [:]
        guard bytes.starts(with: Self.head) else {
            self.known = known
            try file.cut(to: 0)
            try file.add(Self.head)
            return
        }
        var end = Self.head.count
        while let feed = bytes[end...].firstIndex(of: 0x0A) {
            if let (same, entry) = Self.entry(bytes[end..<feed]) { known[same] = entry }
            end = feed + 1
        }
        // The end of a line that was cut would spoil the next one.
        if end < bytes.count { try file.cut(to: end) }
        self.known = known
    }

    /// What tells the journal from the files that are listed.
    public var key: Identity.Key { file.key }

    /// The entry of a file that was read before, when it holds all of these digests; by another name if need be.
    func entry(_ identity: Identity, _ algorithms: Set<DigestAlgorithm>, listsPieces: Bool) -> Manifest.Entry? {
        guard let entry = known[Identity.Same(identity)] else { return nil }
        let digests = entry.digests.filter { algorithms.contains($0.algorithm) }
        guard digests.count == algorithms.count, !listsPieces || entry.pieces != nil else { return nil }
        return Manifest.Entry(
            entry.name, size: entry.size, digests: digests, pieces: listsPieces ? entry.pieces : nil)
    }

    /// Keeps what was found of a file.
    func add(_ entry: Manifest.Entry, _ identity: Identity) {
        let rest =
            "\(identity.device) \(identity.inode) \(identity.size) \(identity.modified.seconds) "
            + "\(identity.modified.nanoseconds) "
        let line = Array(rest.utf8) + ManifestJSON.line { ManifestJSON.write(entry, &$0) }
        let sum = Digests.of(line, [.crc32c])[.crc32c] ?? ""
        fault.withLock { fault in
            guard fault == nil else { return }
            do throws(Failure) {
                try file.add(Array("\(sum) ".utf8) + line + [0x0A])
            } catch {
                fault = error
            }
        }
    }

    /// Takes the journal away: the manifest is written.
    public func remove() { file.remove() }

    /// Why it could not be written on; nil when it could.
    public var failure: Failure? { fault.withLock { $0 } }

    private static func entry(_ line: ArraySlice<UInt8>) -> (Identity.Same, Manifest.Entry)? {
        let words = line.split(separator: 0x20, maxSplits: 6)
        guard words.count == 7, line.count > 9 else { return nil }
        let rest = Array(line.dropFirst(9))
        guard Digests.of(rest, [.crc32c])[.crc32c].map({ Array($0.utf8) == Array(words[0]) }) == true else {
            return nil
        }
        let numbers = words[1...5].map { String(decoding: $0, as: UTF8.self) }
        guard let device = UInt64(numbers[0]), let inode = UInt64(numbers[1]), let size = UInt64(numbers[2]),
            let seconds = Int64(numbers[3]), let nanoseconds = Int64(numbers[4]),
            let value = try? JSONReader.read(Array(words[6])), let entry = ManifestJSON.entry(value)
        else { return nil }
        return (
            Identity.Same(device: device, inode: inode, size: size, seconds: seconds, nanoseconds: nanoseconds), entry
        )
    }
}

extension Identity {
    /// A file in one state, as a journal tells it.
    fileprivate struct Same: Hashable, Sendable {
        let device: UInt64
        let inode: UInt64
        let size: UInt64
        let seconds: Int64
        let nanoseconds: Int64
    }
}

extension Identity.Same {
    fileprivate init(_ identity: Identity) {
        self.init(
            device: identity.device, inode: identity.inode, size: identity.size, seconds: identity.modified.seconds,
            nanoseconds: identity.modified.nanoseconds)
    }
}
