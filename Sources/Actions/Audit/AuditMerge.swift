// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import SQLite
public import Transport

/// Joins the stores of shards to one; what they say of one another's files is worked out anew.
public enum AuditMerge {
    /// A shard that is not there, or has not ended.
    public struct Lack: Sendable, Hashable {
        public let shard: Shard
        public let why: String
        /// The store that is not finished; nil where none is there.
        public let store: Name?
    }

    /// What the stores are of.
    public struct Outlook: Sendable {
        public var shards = 0
        public var options = ""
        public var roots: [String] = []
        public var lacks: [Lack] = []
    }

    /// Looks at the stores before anything is written.
    public static func look(_ names: [Name]) throws(Failure) -> Outlook {
        var outlook = Outlook()
        var met: [Int: Name] = [:]
        var basis: (Name, String)?
        for name in names {
            let store = try AuditStore.reading(name)
            guard let shard = try store.setting("shard").flatMap({ Shard($0) }),
                let options = try store.setting("options")
            else { throw store.refusal("it holds no audit", "name the stores of the shards") }
            if outlook.shards == 0 {
                (outlook.shards, outlook.options) = (shard.count, options)
                outlook.roots = try store.roots().map(\.name.text)
            }
            guard shard.count == outlook.shards else {
                throw store.refusal(
                    "it is of \(shard.count) shards, and the first store of \(outlook.shards)", "name stores of one N")
            }
            if let other = met.updateValue(name, forKey: shard.number) {
                throw store.refusal("it is of shard \(shard.words), as '\(other.shown)' is", "name each shard once")
            }
            let own = try store.lastBasis()
            if let basis, basis.1 != own {
                throw store.refusal(
                    "its verdicts have another basis (program, profile or definitions) than those of '\(basis.0.shown)'",
                    "run the shard again with the same program and options")
            }
            basis = basis ?? (name, own)
            let open = try store.database.first("SELECT count(*) FROM entry WHERE state < 2") { $0.int(0) } ?? 0
            let state = try store.database.first("SELECT state FROM run ORDER BY id DESC LIMIT 1") { $0.text(0) } ?? ""
            if open > 0 || state != "done" {
                let why = open > 0 ? "\(open) files are not checked" : "its last run did not end (\(state))"
                outlook.lacks.append(Lack(shard: shard, why: why, store: name))
            }
        }
        for number in 1...max(1, outlook.shards) where met[number] == nil {
            guard let shard = Shard("\(number)/\(outlook.shards)") else { continue }
            outlook.lacks.append(Lack(shard: shard, why: "no store is named", store: nil))
        }
        outlook.lacks.sort { $0.shard.number < $1.shard.number }
        return outlook
    }

    /// Copies all rows of the stores into a new one.
    public static func join(_ names: [Name], into store: AuditStore, _ outlook: Outlook) throws(Failure) {
        try store.set("options", outlook.options)
        try store.set("shard", Shard.whole.words)
        for name in names { try AuditCopy(from: name, to: store).copy() }
    }
}

extension AuditStore {
    /// The basis of the last run, in words.
    func lastBasis() throws(Failure) -> String {
        try database.first(
            "SELECT version || ' ' || profile || ' ' || profile_sha256 || ' ' || fail_at || ' ' || definitions || ' ' || tiers "
                + "FROM run JOIN basis ON basis.id=run.basis ORDER BY run.id DESC LIMIT 1"
        ) { $0.text(0) } ?? ""
    }
}

/// Copies one store into another: numbers are given anew.
private struct AuditCopy {
    private let from: Name
    private let to: AuditStore

    init(from: Name, to: AuditStore) {
        self.from = from
        self.to = to
    }

    func copy() throws(Failure) {
        let database = to.database
        try database.run("ATTACH DATABASE ? AS other", [Cell(from)])
        defer { try? database.execute("DETACH DATABASE other") }
        try to.together { () throws(Failure) in
            try database.execute(
                """
                INSERT OR IGNORE INTO main.root(path) SELECT path FROM other.root ORDER BY id;
                INSERT OR IGNORE INTO main.basis(version, profile, profile_sha256, fail_at, definitions, tiers)
                    SELECT version, profile, profile_sha256, fail_at, definitions, tiers FROM other.basis;
                """)
            let run = try database.first("SELECT ifnull(max(id), 0) FROM main.run") { $0.integer(0) } ?? 0
            let row = try database.first("SELECT ifnull(max(id), 0) FROM main.entry") { $0.integer(0) } ?? 0
            let basis =
                "(SELECT mine.id FROM main.basis AS mine JOIN other.basis AS theirs ON theirs.id=%.basis WHERE "
                + "mine.version=theirs.version AND mine.profile=theirs.profile AND mine.profile_sha256=theirs.profile_sha256 "
                + "AND mine.fail_at=theirs.fail_at AND mine.definitions=theirs.definitions AND mine.tiers=theirs.tiers)"
            func ofTable(_ table: String) -> String { basis.split(separator: "%").joined(separator: table) }
            try database.execute(
                """
                CREATE TEMP TABLE text_of AS SELECT id, NULL AS mine FROM other.text WHERE 0;
                INSERT INTO main.text(hash, body) SELECT hash, body FROM other.text AS theirs WHERE NOT EXISTS
                    (SELECT 1 FROM main.text AS mine WHERE mine.hash=theirs.hash AND mine.body=theirs.body);
                INSERT INTO text_of SELECT theirs.id, mine.id FROM other.text AS theirs JOIN main.text AS mine ON
                    mine.hash=theirs.hash AND mine.body=theirs.body;
                CREATE UNIQUE INDEX temp.text_of_id ON text_of(id);
                CREATE TEMP TABLE folder_of AS SELECT theirs.id AS id, mine.id AS root, theirs.path AS path,
                    theirs.failure AS failure, theirs.permissions AS permissions FROM other.folder AS theirs JOIN other.root AS root ON root.id=theirs.root
                    JOIN main.root AS mine ON mine.path=root.path;
                INSERT OR IGNORE INTO main.folder(root, path, seen, failure, permissions)
                    SELECT root, path, 0, failure, permissions FROM folder_of;
                CREATE UNIQUE INDEX temp.folder_of_id ON folder_of(id);
                INSERT INTO main.run SELECT id + \(run), \(ofTable("run")), state, began, ended, host, process, heartbeat,
                    checked, bytes, note FROM other.run AS run;
                INSERT INTO main.entry SELECT theirs.id + \(row),
                    (SELECT mine.id FROM folder_of JOIN main.folder AS mine ON mine.root=folder_of.root AND
                        mine.path=folder_of.path WHERE folder_of.id=theirs.folder),
                    name, kind, state, run + \(run), \(ofTable("theirs")), attempts, size, modified, changed, device, inode,
                    permissions, owner, status, flags, format, \(Self.mapped("outline")), \(Self.mapped("reason")), a, b, c,
                    g, sha256, \(Self.mapped("front")), \(Self.mapped("findings")), \(Self.mapped("unchecked")),
                    \(Self.mapped("failures")), part_of + \(row) FROM other.entry AS theirs ORDER BY theirs.id;
                INSERT OR IGNORE INTO main.finding SELECT (SELECT mine FROM text_of WHERE text_of.id=theirs.findings), number,
                    rule, level, count FROM other.finding AS theirs;
                INSERT INTO main.own SELECT entry + \(row), status, flags, a, b, c, g, \(Self.mapped("front")),
                    \(Self.mapped("findings")), \(Self.mapped("unchecked")), \(Self.mapped("failures")) FROM other.own AS theirs;
                INSERT INTO main.lead SELECT entry + \(row), kind, number, device, inode FROM other.lead;
                INSERT INTO main.image SELECT entry + \(row), facts FROM other.image;
                INSERT INTO main.origin SELECT entry + \(row), date, facts FROM other.origin;
                INSERT INTO main.elsewhere SELECT entry + \(row), place, key, size, digest FROM other.elsewhere;
                DROP TABLE temp.text_of; DROP TABLE temp.folder_of;
                """)
        }
    }

    /// The number of a text here.
    private static func mapped(_ column: String) -> String {
        "(SELECT mine FROM text_of WHERE text_of.id=theirs.\(column))"
    }
}
