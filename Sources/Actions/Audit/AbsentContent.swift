// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Transport

/// The content of a file that lies elsewhere, told without fetching it.
public struct AbsentContent: Sendable, Hashable {
    /// "tape", "git-annex", "Git LFS".
    public let place: String
    /// Under which it is known there; empty for tape.
    public let key: String
    /// Bytes, where it is told.
    public let size: Int?
    /// "sha256:…" where the key holds one.
    public let digest: String?

    private init(place: String, key: String, size: Int?, digest: String?) {
        self.place = place
        self.key = key
        self.size = size
        self.digest = digest
    }

    /// A file that has bytes and no blocks; or a few words that stand for content.
    init?(_ state: FileState, _ name: Name, in folder: Folder) {
        if state.isStub, Self.isOffline(name, in: folder) {
            self.init(place: "tape", key: "", size: state.size, digest: nil)
            return
        }
        guard state.size > 0, state.size <= Self.longestPointer, Self.mayBePointer(state.size),
            let source = try? folder.source(below: folder.name.appending(name)),
            let bytes = try? source.bytes(at: 0, count: state.size)
        else { return nil }
        self.init(pointer: String(decoding: bytes, as: UTF8.self))
    }

    /// Opened and not read; some file systems count no blocks for what is there.
    private static func isOffline(_ name: Name, in folder: Folder) -> Bool {
        do throws(Failure) {
            _ = try folder.source(below: folder.name.appending(name))
            return false
        } catch {
            return error.code == .offline
        }
    }

    /// A symbolic link to the content of git-annex that is not there.
    init?(link name: Name, in folder: Folder) {
        guard folder.kind(behind: name) == nil, let target = folder.destination(of: name)?.text,
            target.contains(".git/annex/objects/")
        else { return nil }
        self.init(annexKey: Name(target).last.text)
    }

    /// - Source: git-lfs, docs/spec.md; git-annex, pointer file and key format.
    init?(pointer text: String) {
        if text.hasPrefix("/annex/objects/") {
            let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
            self.init(annexKey: Name(line).last.text)
            return
        }
        guard
            text.hasPrefix("version https://git-lfs.github.com/spec/")
                || text.hasPrefix("version https://hawser.github.com/spec/")
        else { return nil }
        var oid = ""
        var bytes: Int?
        for line in text.split(whereSeparator: \.isNewline) {
            if line.hasPrefix("oid ") { oid = String(line.dropFirst(4)) }
            if line.hasPrefix("size ") { bytes = Int(line.dropFirst(5)) }
        }
        self.init(place: "Git LFS", key: oid, size: bytes, digest: oid.isEmpty ? nil : oid)
    }

    /// "SHA256E-s1048576--abc….h5": backend, fields, name.
    private init?(annexKey key: String) {
        guard let gap = key.range(of: "--") else { return nil }
        let fields = key[..<gap.lowerBound].split(separator: "-")
        guard let backend = fields.first else { return nil }
        let name = key[gap.upperBound...]
        let digits = name.prefix { $0.isHexDigit }
        let algorithm = backend.lowercased().trimmingSuffix("e")
        let isDigest = ["sha256", "sha512", "sha1", "md5"].contains(algorithm)
        self.init(
            place: "git-annex", key: key,
            size: fields.dropFirst().first { $0.hasPrefix("s") }.flatMap { Int($0.dropFirst()) },
            digest: isDigest ? "\(algorithm):\(digits)" : nil)
    }

    /// As a report says it.
    public var words: String {
        var words = "its content is not here but in \(place)"
        if place == "tape" { words = "its content is on tape: it has bytes and no blocks on the disk" }
        var facts: [String] = []
        if !key.isEmpty { facts.append("key \(key)") }
        if let size { facts.append("\(size) bytes") }
        return facts.isEmpty ? words : words + " (" + facts.joined(separator: ", ") + ")"
    }

    /// A file of this size may hold a pointer; larger ones are not opened for it.
    private static func mayBePointer(_ size: Int) -> Bool { size >= 40 }

    private static let longestPointer = 512
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }

    fileprivate func range(of text: String) -> (lowerBound: Index, upperBound: Index)? {
        var from = startIndex
        while from < endIndex {
            if self[from...].hasPrefix(text) { return (from, index(from, offsetBy: text.count)) }
            from = index(after: from)
        }
        return nil
    }
}
