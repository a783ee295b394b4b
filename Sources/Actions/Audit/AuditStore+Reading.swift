// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings
import RuleCatalog
import RuleEngine
import SQLite
public import Transport

/// One row as the store has it.
public struct StoredEntry: Sendable {
    public let id: Int64
    /// From the root, before it the name of the root.
    public let path: Name
    public let kind: EntryKind
    /// Nil while it is not settled.
    public let status: FileStatus?
    public let format: String
    public let size: Int
    public let counts: [Int]
    public let outline: String
    /// Why it did not pass.
    public let reason: String
    public let sha256: String?
    public let partOf: Int64?
    let flags: EntryFlags
    let front, findings, unchecked, failures: Int64

    /// Its name or kind alone says that it is not looked at.
    public var isPassedOver: Bool { flags.contains(.passedOver) }
    public var isFailing: Bool { flags.contains(.failing) }
    /// Checked through another row: a master, a series.
    public var isPart: Bool { partOf != nil }
}

// Rows that were settled, for reports.

extension AuditStore {
    static let columns =
        "entry.id, root.path, folder.path, entry.name, entry.kind, entry.status, entry.format, entry.size, entry.a, "
        + "entry.b, entry.c, entry.g, outline.body, reason.body, entry.sha256, entry.part_of, entry.flags, entry.front, "
        + "entry.findings, entry.unchecked, entry.failures"
    static let tables =
        "entry JOIN folder ON folder.id=entry.folder JOIN root ON root.id=folder.root LEFT JOIN text AS outline ON "
        + "outline.id=entry.outline LEFT JOIN text AS reason ON reason.id=entry.reason"

    static func stored(_ row: Row) -> StoredEntry {
        let digest = row.bytes(14)
        let folder = row.name(1).appending(row.name(2))
        let inner = row.name(2).bytes.isEmpty ? row.name(1) : folder
        let name = row.name(3)
        return StoredEntry(
            id: row.integer(0), path: name.bytes.isEmpty ? inner : inner.appending(name),
            kind: EntryKind(rawValue: row.text(4)) ?? .unknown,
            status: row.optionalText(5).map { FileStatus(text: $0) },
            format: row.text(6), size: row.int(7), counts: [row.int(8), row.int(9), row.int(10), row.int(11)],
            outline: row.text(12), reason: row.text(13),
            sha256: digest.isEmpty
                ? nil : digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(),
            partOf: row.isNull(15) ? nil : row.integer(15), flags: EntryFlags(rawValue: row.integer(16)),
            front: row.integer(17), findings: row.integer(18), unchecked: row.integer(19), failures: row.integer(20))
    }

    func entry(_ id: Int64) throws(Failure) -> StoredEntry? {
        try database.first(
            "SELECT \(Self.columns) FROM \(Self.tables) WHERE entry.id=?", [.integer(id)]
        ) { Self.stored($0) }
    }

    /// The row of a path as reports name it, or of the same place named from the working folder; nil if there is none.
    public func entry(at path: Name) throws(Failure) -> StoredEntry? {
        for place in try places(of: asStored(path)) {
            let inner = place.folder.bytes.isEmpty ? place.name : place.folder.appending(place.name)
            for (folder, name) in [(place.folder, place.name), (inner, Name(bytes: []))] {
                let found = try database.first(
                    "SELECT \(Self.columns) FROM \(Self.tables) WHERE folder.root=? AND folder.path=? AND entry.name=?",
                    [.integer(place.root.id), Cell(folder), Cell(name)]
                ) { Self.stored($0) }
                if let found { return found }
            }
        }
        return nil
    }

    /// A place as rows name it, which somebody may name from the working folder; as it is where it lies below no root.
    private func asStored(_ path: Name) throws(Failure) -> Name {
        guard try places(of: path).isEmpty, let place = try places(of: path, as: Folder.absolute).first else {
            return path
        }
        return place.root.name.appending(place.folder).appending(place.name)
    }

    /// Where a path would have its row: the roots that it lies below, and its folder and name from there.
    ///
    /// - Parameter form: What is made of the names of both before they are compared.
    func places(
        of path: Name, as form: (Name) -> Name = { $0 }
    ) throws(Failure) -> [(root: (id: Int64, name: Name), folder: Name, name: Name)] {
        let path = form(path)
        return try roots().compactMap { root in
            if path == form(root.name) { return (root, Name(bytes: []), Name(bytes: [])) }
            let front = form(root.name).appending(Name(bytes: [])).bytes
            guard path.bytes.starts(with: front) else { return nil }
            let inner = Name(bytes: Array(path.bytes.dropFirst(front.count)))
            let folder = inner.folder.bytes
            return (root, Name(bytes: folder.last == 0x2F ? Array(folder.dropLast()) : folder), inner.last)
        }
    }

    /// The path of a file, by any of the names it has in the audit.
    func path(of file: Identity.Key) throws(Failure) -> Name? {
        try database.first(
            "SELECT \(Self.columns) FROM \(Self.tables) WHERE entry.device=? AND entry.inode=? ORDER BY folder.path, "
                + "entry.name LIMIT 1",
            [.integer(Int64(bitPattern: file.device)), .integer(Int64(bitPattern: file.inode))]
        ) { Self.stored($0).path }
    }

    /// The report on a row, as the check gave it.
    public func report(_ entry: StoredEntry) throws(Failure) -> FileReport {
        guard entry.front != 0 else {
            var report = FileReport(
                path: entry.path.text, size: entry.size, kind: .unknown, status: entry.status ?? .indeterminate)
            report.outline = entry.reason
            return report
        }
        func piece(_ number: Int64) throws(Failure) -> [UInt8] {
            number == 0 ? Array("[]".utf8) : try body(number)
        }
        let pieces = ReportPieces(
            front: try body(entry.front), findings: try piece(entry.findings), notChecked: try piece(entry.unchecked),
            failures: try piece(entry.failures))
        do {
            var report = try pieces.report(
                path: entry.path.text, size: entry.size, sha256: entry.sha256
            ) { RuleText(of: $0) ?? RuleText(title: "a rule of another release", why: "", fix: "", references: []) }
            report.kinship.isUndescribed = entry.flags.contains(.undescribed)
            if entry.flags.contains(.dataPart) || entry.flags.contains(.metaPart) {
                report.kinship.part = WriterPart(entry.flags.contains(.dataPart) ? .data : .meta)
            }
            if entry.isPassedOver { report.kinship.foreignWords = entry.reason }
            return report
        } catch {
            throw Failure(
                attempt: "read the row of", subject: entry.path.text, code: .damaged,
                words: "'\(error.member)' makes no sense", remedy: "check the file again")
        }
    }

    /// What rows are wanted.
    public struct Choice: Sendable {
        public var rule: String?
        public var level: Level?
        public var status: String?
        /// Below this folder.
        public var below: Name?
        /// Also what is passed over, and parts of others.
        public var isComplete = false

        public init() {}
    }

    /// Hands over rows in the order of their paths.
    public func rows(_ choice: Choice = Choice(), _ take: (StoredEntry) throws(Failure) -> Void) throws(Failure) {
        var sql = "SELECT \(Self.columns) FROM \(Self.tables) WHERE 1"
        var cells: [Cell] = []
        if let rule = choice.rule {
            sql += " AND entry.findings IN (SELECT findings FROM finding WHERE rule=?)"
            cells.append(.text(rule))
        }
        if let level = choice.level {
            let columns = Level.allCases.filter { $0.isAtLeast(level) }.map { "entry." + $0.rawValue.lowercased() }
            sql += " AND (" + columns.map { "\($0) > 0" }.joined(separator: " OR ") + ")"
        }
        if let status = choice.status {
            sql += " AND entry.status=?"
            cells.append(.text(status))
        }
        if !choice.isComplete { sql += " AND entry.flags & \(EntryFlags.passedOver.rawValue) = 0" }
        let below = try choice.below.map { name throws(Failure) in try asStored(name).bytes }
        let prefix = below.map { $0.last == 0x2F ? Array($0.dropLast()) : $0 }
        sql += " ORDER BY root.path, folder.path, entry.name"
        try database.rows(sql, cells) { (row) throws(Failure) in
            let entry = Self.stored(row)
            if let prefix, entry.path.bytes != prefix, !entry.path.bytes.starts(with: prefix + [0x2F]) { return }
            try take(entry)
        }
    }

    /// Version, profile and fail level of the run that was last.
    public func head() throws(Failure) -> RunHead? {
        try database.first(
            "SELECT version, profile, profile_sha256, fail_at FROM run JOIN basis ON basis.id=run.basis ORDER BY run.id DESC "
                + "LIMIT 1"
        ) { row in
            RunHead(
                version: row.text(0), profileName: row.text(1), profileDigest: row.text(2),
                failAt: Level(rawValue: row.text(3)) ?? .A)
        }
    }
}
