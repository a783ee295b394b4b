// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import SQLite
public import Transport

/// What differs between two audits of one archive, or between two runs of one store.
public struct AuditDifference: Sendable {
    /// What became of one file.
    public enum Change: Sendable, Hashable {
        case added
        case gone
        /// It passes, and did not.
        case mended
        /// It does not pass, and did.
        case broken
        /// It neither passes nor passed, and other things are wrong with it.
        case otherwise
        /// The bytes are others, the verdict is the same.
        case altered
        /// From this path.
        case moved(Name)

        public var word: String {
            switch self {
            case .added: "added"
            case .gone: "gone"
            case .mended: "mended"
            case .broken: "broken"
            case .otherwise: "otherwise"
            case .altered: "altered"
            case .moved: "moved"
            }
        }
    }

    public struct Line: Sendable, Hashable {
        public let path: Name
        public let change: Change
        /// "pass", "fail" …; nil where it is not in that audit.
        public let before: String?
        public let after: String?
        /// Why it does not pass now.
        public let reason: String
    }

    /// One file of one side.
    private struct Side {
        let path: Name
        let name: Name
        let size: Int
        let modified: Int64
        let inode: Int64
        let status: String
        let digest: [UInt8]
        let findings: Int64
        let reason: String

        func isSameContent(as other: Side) -> Bool {
            if !digest.isEmpty, !other.digest.isEmpty { return digest == other.digest && size == other.size }
            return size == other.size && modified == other.modified
        }
    }

    /// Columns and tables of one side, for queries.
    private struct Table {
        let base: String
        let letter: String

        var columns: String {
            "\(letter)_root.path, \(letter)_folder.path, \(letter).name, \(letter).size, \(letter).modified, \(letter).inode, "
                + "\(letter).status, \(letter).sha256, \(letter).findings, (SELECT body FROM \(base).text WHERE "
                + "id=\(letter).reason)"
        }
        var entry: String { "\(base).entry AS \(letter)" }
        var names: String {
            "\(base).folder AS \(letter)_folder ON \(letter)_folder.id=\(letter).folder JOIN \(base).root AS \(letter)_root ON "
                + "\(letter)_root.id=\(letter)_folder.root"
        }
        var isTold: String { "\(letter).kind IN ('file','link') AND \(letter).status IS NOT NULL" }

        func side(_ row: Row, from first: Int) -> Side {
            let folder = row.name(first + 1)
            let inner = folder.bytes.isEmpty ? row.name(first) : row.name(first).appending(folder)
            let name = row.name(first + 2)
            return Side(
                path: inner.appending(name), name: name, size: row.int(first + 3), modified: row.integer(first + 4),
                inode: row.integer(first + 5), status: row.text(first + 6), digest: row.bytes(first + 7),
                findings: row.integer(first + 8), reason: row.text(first + 9))
        }
    }

    /// Every file of two stores that is not as it was, in the order of the paths.
    ///
    /// Files are the same by their path from the root, so that a copy of an archive can be compared with it.
    public static func between(_ old: Name, _ store: AuditStore) throws(Failure) -> [Line] {
        // One that is no store of audits is refused here.
        _ = try AuditStore.reading(old)
        let database = store.database
        try database.run("ATTACH DATABASE ? AS old", [Cell(old)])
        defer { try? database.execute("DETACH DATABASE old") }
        try database.execute(
            """
            PRAGMA temp_store=MEMORY;
            CREATE TEMP TABLE pair AS SELECT n.id AS mine, o.id AS theirs FROM main.folder AS n JOIN old.folder AS o
                ON o.root=n.root AND o.path=n.path;
            CREATE UNIQUE INDEX temp.pair_mine ON pair(mine);
            CREATE UNIQUE INDEX temp.pair_theirs ON pair(theirs);
            CREATE TEMP TABLE same AS SELECT o.id AS theirs, n.id AS mine FROM (SELECT DISTINCT findings FROM old.finding) AS f
                JOIN old.text AS o ON o.id=f.findings JOIN main.text AS n ON n.hash=o.hash AND n.body=o.body;
            CREATE UNIQUE INDEX temp.same_theirs ON same(theirs);
            """)
        let (before, after) = (Table(base: "old", letter: "o"), Table(base: "main", letter: "n"))
        var lines: [Line] = []
        try database.rows(
            "SELECT \(before.columns), \(after.columns), n.findings IS (SELECT mine FROM same WHERE theirs=o.findings) FROM "
                + "\(after.entry) JOIN pair ON pair.mine=n.folder JOIN \(before.entry) ON o.folder=pair.theirs AND "
                + "o.name=n.name JOIN \(before.names) JOIN \(after.names) WHERE \(before.isTold) AND \(after.isTold) AND "
                + "(o.status<>n.status OR o.size IS NOT n.size OR o.modified IS NOT n.modified OR o.sha256 IS NOT n.sha256 OR "
                + "n.findings IS NOT (SELECT mine FROM same WHERE theirs=o.findings))"
        ) { (row) throws(Failure) in
            let (was, now) = (before.side(row, from: 0), after.side(row, from: 10))
            guard let change = change(was, now, sameFindings: row.int(20) != 0) else { return }
            lines.append(
                Line(path: now.path, change: change, before: was.status, after: now.status, reason: now.reason))
        }
        var gone: [Side] = []
        try database.rows(
            "SELECT \(before.columns) FROM \(before.entry) JOIN \(before.names) LEFT JOIN pair ON pair.theirs=o.folder WHERE "
                + "\(before.isTold) AND NOT EXISTS (SELECT 1 FROM main.entry AS n WHERE n.folder=pair.mine AND n.name=o.name "
                + "AND \(after.isTold))"
        ) { (row) throws(Failure) in gone.append(before.side(row, from: 0)) }
        var added: [Side] = []
        try database.rows(
            "SELECT \(after.columns) FROM \(after.entry) JOIN \(after.names) LEFT JOIN pair ON pair.mine=n.folder WHERE "
                + "\(after.isTold) AND NOT EXISTS (SELECT 1 FROM old.entry AS o WHERE o.folder=pair.theirs AND o.name=n.name "
                + "AND \(before.isTold))"
        ) { (row) throws(Failure) in added.append(after.side(row, from: 0)) }
        lines += moves(&gone, &added)
        lines += gone.map { Line(path: $0.path, change: .gone, before: $0.status, after: nil, reason: "") }
        lines += added.map { Line(path: $0.path, change: .added, before: nil, after: $0.status, reason: $0.reason) }
        return lines.sorted { $0.path.bytes.lexicographicallyPrecedes($1.path.bytes) }
    }

    private static func change(_ before: Side, _ after: Side, sameFindings: Bool) -> Change? {
        if before.status == after.status, sameFindings {
            return before.isSameContent(as: after) ? nil : .altered
        }
        switch (before.status == "pass", after.status == "pass") {
        case (false, true): return .mended
        case (true, false): return .broken
        default: return .otherwise
        }
    }

    /// Files that are gone here and were added there, with the same content.
    private static func moves(_ gone: inout [Side], _ added: inout [Side]) -> [Line] {
        var lines: [Line] = []
        var places: [String: [Int]] = [:]
        func key(_ side: Side) -> String { "\(side.size) \(side.modified)" }
        for (index, side) in gone.enumerated() { places[key(side), default: []].append(index) }
        var found = Set<Int>()
        var rest: [Side] = []
        for after in added {
            let candidates = (places[key(after)] ?? []).filter {
                !found.contains($0) && gone[$0].isSameContent(as: after)
            }
            let best =
                candidates.first { gone[$0].inode == after.inode } ?? candidates.first { gone[$0].name == after.name }
            guard let best else {
                rest.append(after)
                continue
            }
            found.insert(best)
            lines.append(
                Line(
                    path: after.path, change: .moved(gone[best].path), before: gone[best].status, after: after.status,
                    reason: after.reason))
        }
        gone = gone.indices.filter { !found.contains($0) }.map { gone[$0] }
        added = rest
        return lines
    }
}
