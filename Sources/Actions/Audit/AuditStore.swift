// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import SQLite
public import Transport

/// The store of an audit: one row for every name that was met, what came of it, and what is still to be done.
///
/// One thread at a time uses it.
public final class AuditStore {
    let database: Database
    /// Bodies that were put in last, so that most are not looked for.
    private var known: [[UInt8]: Int64] = [:]
    public var name: Name { database.name }
    /// Write-ahead logging needs memory that all processes share, which a file system of another machine has not.
    public private(set) var isOnNetwork = false
    private let isWritten: Bool

    /// Opens a store to read from; another process may be writing it.
    public static func reading(_ name: Name) throws(Failure) -> AuditStore {
        let store = try AuditStore(name, .read)
        let version = try store.version()
        guard version == AuditSchema.version else {
            throw store.refusal(
                "its tables are of version \(version), and \(AuditSchema.version) is needed",
                "name its folders once more with 'imprimatur audit run'")
        }
        return store
    }

    /// Opens a store to write to, and makes it where nothing is there.
    public static func writing(_ name: Name, mayCreate: Bool) throws(Failure) -> AuditStore {
        let store = try AuditStore(name, mayCreate ? .create : .write)
        store.isOnNetwork = Folder.isOnNetwork(name.folder)
        let mode = store.isOnNetwork ? "TRUNCATE" : "WAL"
        let version = try store.version()
        // A store of pages that stay small: most rows are short.
        try store.database.execute("PRAGMA journal_mode=\(mode); PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536")
        guard version < AuditSchema.version else { return store }
        try store.database.together { () throws(Failure) in
            for step in AuditSchema.steps[version...] { try store.database.execute(step) }
            try store.database.execute(
                "PRAGMA user_version=\(AuditSchema.version); PRAGMA application_id=\(AuditSchema.application)")
        }
        return store
    }

    private init(_ name: Name, _ mode: Database.Mode) throws(Failure) {
        database = try Database(name, mode)
        if case .read = mode { isWritten = false } else { isWritten = true }
    }

    deinit { if isWritten { settle() } }

    /// Version of the tables; 0 for a new file.
    private func version() throws(Failure) -> Int {
        let application = try database.first("PRAGMA application_id") { $0.integer(0) } ?? 0
        let version = try database.first("PRAGMA user_version") { $0.int(0) } ?? 0
        let tables = try database.first("SELECT count(*) FROM sqlite_master") { $0.int(0) } ?? 0
        if tables == 0, application == 0 { return 0 }
        guard application == AuditSchema.application else {
            throw refusal("it is another database, not a store of audits", "name another file with --db")
        }
        guard version <= AuditSchema.version, version > 0 else {
            throw refusal(
                "its tables are of version \(version), and this program knows \(AuditSchema.version)",
                "use the release of the program that wrote it, or a later one")
        }
        return version
    }

    func refusal(_ words: String, _ remedy: String) -> Failure {
        Failure(attempt: "use the store", subject: name.text, code: .usage, words: words, remedy: remedy)
    }

    /// Makes one file of it that can be copied and read anywhere; another process that reads keeps it as it is.
    public func settle() {
        try? database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        try? database.execute("PRAGMA journal_mode=DELETE")
    }

    /// Does several things as one: all of them, or none.
    func together<Answer>(_ body: () throws(Failure) -> Answer) throws(Failure) -> Answer {
        do throws(Failure) {
            return try database.together(body)
        } catch {
            // What was put in meanwhile is gone.
            known = [:]
            throw error
        }
    }

    // MARK: Settings

    /// What the store was made with: "options", "shard", "shards".
    public func setting(_ key: String) throws(Failure) -> String? {
        try database.first("SELECT value FROM setting WHERE key=?", [.text(key)]) { $0.text(0) }
    }

    public func set(_ key: String, _ value: String) throws(Failure) {
        try database.run("INSERT OR REPLACE INTO setting VALUES(?,?)", [.text(key), .text(value)])
    }

    /// The roots of the archive, by their numbers.
    public func roots() throws(Failure) -> [(id: Int64, name: Name)] {
        var roots: [(id: Int64, name: Name)] = []
        try database.rows("SELECT id, path FROM root ORDER BY id") { (row) throws(Failure) in
            roots.append((row.integer(0), row.name(1)))
        }
        return roots
    }

    // MARK: Texts

    /// The number of a text, which is stored once; nil for an empty one.
    func number(of body: [UInt8], isNew: ((Int64) throws(Failure) -> Void)? = nil) throws(Failure) -> Int64? {
        guard !body.isEmpty else { return nil }
        if let number = known[body] { return number }
        let hash = Self.hash(body)
        let text = String(decoding: body, as: UTF8.self)
        let found = try database.first("SELECT id FROM text WHERE hash=? AND body=?", [.integer(hash), .text(text)]) {
            $0.integer(0)
        }
        let number: Int64
        if let found {
            number = found
        } else {
            try database.run("INSERT INTO text(hash, body) VALUES(?,?)", [.integer(hash), .text(text)])
            number = database.lastRow
            try isNew?(number)
        }
        if known.count > Self.mostKnown { known = [:] }
        known[body] = number
        return number
    }

    func number(of text: String) throws(Failure) -> Int64? { try number(of: Array(text.utf8)) }

    func body(_ number: Int64) throws(Failure) -> [UInt8] {
        try database.first("SELECT body FROM text WHERE id=?", [.integer(number)]) { $0.bytes(0) } ?? []
    }

    private static let mostKnown = 4_096

    /// FNV-1a of eight bytes at a time, folded; equal texts are told apart by their bytes.
    private static func hash(_ bytes: [UInt8]) -> Int64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(bytes.count)
        bytes.withUnsafeBytes { buffer in
            var place = 0
            while place + 8 <= buffer.count {
                hash = (hash ^ buffer.loadUnaligned(fromByteOffset: place, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
                hash ^= hash >> 29
                place += 8
            }
            while place < buffer.count {
                hash = (hash ^ UInt64(buffer[place])) &* 0x0000_0100_0000_01B3
                place += 1
            }
        }
        hash ^= hash >> 32
        return Int64(bitPattern: hash)
    }
}
