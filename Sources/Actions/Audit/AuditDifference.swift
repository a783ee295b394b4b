// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings
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
        let root: Name
        let folder: Name
        let name: Name
        let size: Int
        let modified: Int64
        let inode: Int64
        let status: String
        let digest: [UInt8]
        let findings: [UInt8]
        let reason: String

        var inner: Name { (folder.bytes.isEmpty ? name : folder.appending(name)) }
        var path: Name { root.appending(inner) }

        func isSameContent(as other: Side) -> Bool {
            if !digest.isEmpty, !other.digest.isEmpty { return digest == other.digest && size == other.size }
            return size == other.size && modified == other.modified
        }
    }

    private static let columns =
        "root.path, folder.path, entry.name, entry.size, entry.modified, entry.inode, entry.status, entry.sha256, "
        + "found.body, reason.body"
    private static let tables =
        "entry JOIN folder ON folder.id=entry.folder JOIN root ON root.id=folder.root LEFT JOIN text AS found ON "
        + "found.id=entry.findings LEFT JOIN text AS reason ON reason.id=entry.reason WHERE entry.kind IN ('file','link') "
        + "AND entry.status IS NOT NULL"

    private static func side(_ row: Row) -> Side {
        Side(
            root: row.name(0), folder: row.name(1), name: row.name(2), size: row.int(3), modified: row.integer(4),
            inode: row.integer(5), status: row.text(6), digest: row.bytes(7), findings: row.bytes(8),
            reason: row.text(9))
    }

    /// Every file of two stores that is not as it was, in the order of the paths.
    ///
    /// Files are the same by their path from the root, so that a copy of an archive can be compared with it.
    public static func between(_ old: AuditStore, _ new: AuditStore) throws(Failure) -> [Line] {
        var gone: [Side] = []
        var added: [Side] = []
        var lines: [Line] = []
        try merge(old, new) { (before, after) in
            switch (before, after) {
            case (let before?, let after?):
                guard let change = change(before, after) else { return }
                lines.append(
                    Line(
                        path: after.path, change: change, before: before.status, after: after.status,
                        reason: after.reason))
            case (let before?, nil): gone.append(before)
            case (nil, let after?): added.append(after)
            case (nil, nil): break
            }
        }
        lines += moves(&gone, &added)
        lines += gone.map { Line(path: $0.path, change: .gone, before: $0.status, after: nil, reason: "") }
        lines += added.map { Line(path: $0.path, change: .added, before: nil, after: $0.status, reason: $0.reason) }
        return lines.sorted { $0.path.bytes.lexicographicallyPrecedes($1.path.bytes) }
    }

    /// Goes through both sides in the order of the paths.
    private static func merge(_ old: AuditStore, _ new: AuditStore, _ take: (Side?, Side?) -> Void) throws(Failure) {
        var sides: [Side] = []
        var place = 0
        let order = " ORDER BY root.id, CAST(folder.path AS BLOB), CAST(entry.name AS BLOB)"
        try old.database.rows("SELECT \(columns) FROM \(tables)\(order)") { (row) throws(Failure) in
            sides.append(side(row))
        }
        func precedes(_ a: Side, _ b: Side) -> Bool {
            a.folder == b.folder
                ? a.name.bytes.lexicographicallyPrecedes(b.name.bytes)
                : a.folder.bytes.lexicographicallyPrecedes(b.folder.bytes)
        }
        sides.sort(by: precedes)
        var others: [Side] = []
        try new.database.rows("SELECT \(columns) FROM \(tables)\(order)") { (row) throws(Failure) in
            others.append(side(row))
        }
        others.sort(by: precedes)
        for after in others {
            while place < sides.count, precedes(sides[place], after) {
                take(sides[place], nil)
                place += 1
            }
            if place < sides.count, sides[place].folder == after.folder, sides[place].name == after.name {
                take(sides[place], after)
                place += 1
            } else {
                take(nil, after)
            }
        }
        while place < sides.count {
            take(sides[place], nil)
            place += 1
        }
    }

    private static func change(_ before: Side, _ after: Side) -> Change? {
        if before.status == after.status, before.findings == after.findings {
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
