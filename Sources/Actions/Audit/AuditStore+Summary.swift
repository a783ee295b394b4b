// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings
import RuleCatalog
import RuleEngine
import SQLite
public import Transport

// The collection as a whole; nothing of the data is touched.

extension AuditStore {
    /// What the audit found.
    ///
    /// - Parameter members: So many data sets and files are told on their own, worst first.
    public func collection(members most: Int) throws(Failure) -> AuditSummary {
        guard let head = try head() else {
            throw refusal("no run has begun in it", "begin one: imprimatur audit run DIR --db FILE")
        }
        var collection = AuditSummary(head)
        collection.roots = try roots().map(\.name.text)
        collection.tiers =
            try database.first("SELECT tiers FROM run JOIN basis ON basis.id=run.basis ORDER BY run.id DESC LIMIT 1") {
                $0.text(0)
            } ?? ""
        let passed = EntryFlags.passedOver.rawValue
        try database.rows(
            "SELECT status, flags & \(passed) <> 0, CASE WHEN flags & \(passed) <> 0 THEN reason END, count(*), "
                + "total(CASE WHEN kind='series' THEN 0 ELSE size END), sum(part_of IS NOT NULL), sum(state < 2), "
                + "sum(kind='file'), sum(kind='series') FROM entry GROUP BY 1, 2, 3"
        ) { (row) throws(Failure) in
            collection.files += row.int(7)
            collection.bytes &+= Int(row.real(4))
            collection.open += row.int(6)
            collection.parts += row.int(5)
            guard let status = row.optionalText(0) else { return }
            if row.int(1) != 0 {
                let words = row.isNull(2) ? "" : String(decoding: try body(row.integer(2)), as: UTF8.self)
                collection.statuses.passedOver[
                    words.hasPrefix("its content") ? "with content elsewhere" : words, default: 0] +=
                    row.int(3)
            } else {
                collection.statuses.add(FileStatus(text: status), count: row.int(3))
            }
        }
        let elsewhere = try database.first("SELECT count(*), total(size) FROM elsewhere") { ($0.int(0), $0.real(1)) }
        (collection.elsewhere, collection.elsewhereBytes) = (elsewhere?.0 ?? 0, Int(elsewhere?.1 ?? 0))
        collection.rules = try ruleCounts()
        try takeMembers(most, &collection)
        try database.rows("SELECT id, began, state, checked, bytes FROM run ORDER BY id") { (row) throws(Failure) in
            collection.runs.append(
                AuditSummary.Run(
                    number: row.int(0), began: row.text(1), state: row.text(2), checked: row.int(3), bytes: row.int(4)))
        }
        return collection
    }

    private func ruleCounts() throws(Failure) -> [AuditSummary.RuleCount] {
        var rules: [AuditSummary.RuleCount] = []
        try database.rows(
            "SELECT rule, level, sum(files) AS files FROM (SELECT DISTINCT finding.rule AS rule, finding.level AS level, "
                + "finding.findings AS found FROM finding) JOIN (SELECT findings, count(*) AS files FROM entry WHERE findings "
                + "IS NOT NULL AND flags & \(EntryFlags.passedOver.rawValue) = 0 GROUP BY findings) ON findings=found GROUP BY rule, level ORDER BY level, files DESC, rule"
        ) { (row) throws(Failure) in
            let title = RuleID(row.text(0)).flatMap { RuleText(of: $0) }?.title ?? ""
            rules.append(AuditSummary.RuleCount(rule: row.text(0), level: row.text(1), title: title, files: row.int(2)))
        }
        return rules
    }

    private func takeMembers(_ most: Int, _ collection: inout AuditSummary) throws(Failure) {
        let which =
            "entry.flags & \(EntryFlags.passedOver.rawValue) = 0 AND entry.part_of IS NULL AND entry.status IS NOT NULL"
        collection.memberCount = try database.first("SELECT count(*) FROM entry WHERE \(which)") { $0.int(0) } ?? 0
        var entries: [StoredEntry] = []
        // One state after the other, and numbers before rows: a million passes are not sorted for the twenty worst.
        for status in [FileStatus.fail, .indeterminate, .incomplete, .pass, .skipped] where entries.count < most {
            try database.rows(
                "SELECT \(Self.columns) FROM (SELECT entry.id AS chosen FROM entry JOIN folder ON folder.id=entry.folder JOIN "
                    + "root ON root.id=folder.root WHERE \(which) AND entry.status=? ORDER BY root.path, folder.path, "
                    + "entry.name LIMIT \(most - entries.count)) JOIN \(Self.tables) WHERE entry.id=chosen ORDER BY root.path, "
                    + "folder.path, entry.name", [.text(status.text)]
            ) { (row) throws(Failure) in entries.append(Self.stored(row)) }
        }
        for entry in entries {
            var rules: [String] = []
            try database.rows(
                "SELECT DISTINCT rule FROM finding WHERE findings=?", [.integer(entry.findings)]
            ) { (row) throws(Failure) in rules.append(row.text(0)) }
            let parts =
                entry.kind == .series || entry.flags.isDisjoint(with: [.dataPart, .metaPart])
                ? try database.first("SELECT count(*) FROM entry WHERE part_of=?", [.integer(entry.id)]) { $0.int(0) }
                    ?? 0
                : 0
            collection.members.append(
                AuditSummary.Member(
                    path: entry.path.text, kind: entry.kind == .series ? "series" : entry.format,
                    status: entry.status ?? .indeterminate, counts: entry.counts, outline: entry.outline,
                    reason: entry.reason, parts: parts, rules: rules))
        }
    }

    /// What the rows mean for the code of a run.
    public struct Verdict: Sendable, Hashable {
        public let hasFindings: Bool
        public let isIncomplete: Bool
        /// Something was not read, or nothing was checked.
        public let isUnread: Bool
    }

    public func verdict() throws(Failure) -> Verdict {
        let (failing, incomplete, unread) = (
            EntryFlags.failing.rawValue, EntryFlags.incomplete.rawValue, EntryFlags.unread.rawValue
        )
        let (passed, master) = (EntryFlags.passedOver.rawValue, EntryFlags.hasMaster.rawValue)
        return try database.first(
            "SELECT total(flags & \(failing) <> 0), total(flags & \(incomplete) <> 0), total(status='indeterminate' OR "
                + "flags & \(unread) <> 0 OR status='skipped' AND flags & \(master) = 0 OR state < 2 OR status IS NULL), "
                + "count(*) FROM entry WHERE flags & \(passed) = 0"
        ) { row in
            Verdict(
                hasFindings: row.real(0) > 0, isIncomplete: row.real(1) > 0,
                isUnread: row.real(2) > 0 || row.int(3) == 0)
        } ?? Verdict(hasFindings: false, isIncomplete: false, isUnread: true)
    }
}

extension AuditStore {
    /// How much is to be done.
    public struct Planned: Sendable {
        public var files = 0
        public var bytes = 0
        /// That did not change since they were checked.
        public var known = 0
        public var passedOver = 0
        public var troubles = 0
        /// Files whose content lies elsewhere, by place.
        public var elsewhere: [(name: String, files: Int, bytes: Int)] = []
    }

    public func planned() throws(Failure) -> Planned {
        let passed = EntryFlags.passedOver.rawValue
        var planned =
            try database.first(
                "SELECT sum(state < 2), total(CASE WHEN state < 2 THEN size END), sum(state = 2 AND flags & \(passed) = 0 AND "
                    + "kind <> 'series'), sum(flags & \(passed) <> 0), sum(state = 2 AND flags & \(passed) = 0 AND run = (SELECT "
                    + "max(id) FROM run) AND kind <> 'series') FROM entry"
            ) { row in
                Planned(
                    files: row.int(0), bytes: Int(row.real(1)), known: row.int(2) - row.int(4), passedOver: row.int(3),
                    troubles: row.int(4))
            } ?? Planned()
        try database.rows("SELECT place, count(*), total(size) FROM elsewhere GROUP BY place ORDER BY place") {
            (row) throws(Failure) in planned.elsewhere.append((row.text(0), row.int(1), Int(row.real(2))))
        }
        return planned
    }

    /// Files whose content lies elsewhere, in the order of their paths.
    public func namesElsewhere() throws(Failure) -> [Name] {
        var names: [Name] = []
        try database.rows(
            "SELECT \(Self.columns) FROM \(Self.tables) WHERE entry.id IN (SELECT entry FROM elsewhere) ORDER BY root.path, "
                + "folder.path, entry.name"
        ) { (row) throws(Failure) in names.append(Self.stored(row).path) }
        return names
    }
}
