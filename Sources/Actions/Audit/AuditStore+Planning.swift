// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings
import SQLite
import Transport

/// How far the check of a row is.
enum EntryState {
    static let planned: Int64 = 0
    /// A worker had it when this was written.
    static let dispatched: Int64 = 1
    static let settled: Int64 = 2
}

// What is to be done: names that were met, beside what the store knows of them.

extension AuditStore {
    /// The number of a basis.
    func number(of basis: AuditBasis) throws(Failure) -> Int64 {
        let cells: [Cell] = [
            .text(basis.version), .text(basis.profile), .text(basis.profileDigest), .text(basis.failAt),
            .text(basis.definitions), .text(basis.tiers.words),
        ]
        try database.run(
            "INSERT OR IGNORE INTO basis(version, profile, profile_sha256, fail_at, definitions, tiers) VALUES(?,?,?,?,?,?)",
            cells)
        return try database.first(
            "SELECT id FROM basis WHERE version=? AND profile=? AND profile_sha256=? AND fail_at=? AND definitions=? "
                + "AND tiers=?", cells
        ) { $0.integer(0) } ?? 0
    }

    func number(ofRoot root: Name) throws(Failure) -> Int64 {
        try database.run("INSERT OR IGNORE INTO root(path) VALUES(?)", [Cell(root)])
        return try database.first("SELECT id FROM root WHERE path=?", [Cell(root)]) { $0.integer(0) } ?? 0
    }

    /// A run begins; those that did not end were killed.
    func beginRun(_ basis: Int64, at time: String, host: String, process: Int) throws(Failure) -> Int64 {
        try database.run("UPDATE run SET state='killed' WHERE state='running'")
        try database.run(
            "INSERT INTO run(basis, state, began, host, process) VALUES(?,'running',?,?,?)",
            [.integer(basis), .text(time), .text(host), Cell(process)])
        return database.lastRow
    }

    func endRun(_ run: Int64, _ state: String, at time: String) throws(Failure) {
        try database.run("UPDATE run SET state=?, ended=? WHERE id=?", [.text(state), .text(time), .integer(run)])
    }

    /// What of a folder is to be done.
    struct PlanningRun {
        let run: Int64
        let root: Int64
        let basis: Int64
        /// Files that did not change are read again as well.
        let verifies: Bool
        /// What is said of a name that cannot be looked at.
        let report: (Failure, String) -> FileReport
        /// What lies elsewhere: whether it keeps the audit from saying that all is well.
        let missingContent: MissingContent
        let rootName: Name
    }

    private struct KnownEntry {
        let id: Int64
        let state: Int64
        let basis: Int64
        let size, modified, changed, inode: Int64
        let kind: String
        let wasChecked: Bool
    }

    /// Takes down what a folder holds.
    func plan(_ listed: ListedFolder, _ plan: PlanningRun) throws(Failure) {
        let folder = try number(ofFolder: listed, plan)
        let path = plan.rootName.appending(listed.name)
        if let failure = listed.failure {
            try settle(unlisted: folder, path, failure, plan)
            return
        }
        try database.run("UPDATE folder SET failure=NULL WHERE id=?", [.integer(folder)])
        try database.run("DELETE FROM entry WHERE folder=? AND name=''", [.integer(folder)])
        var known = try knownEntries(folder)
        for entry in listed.entries { try take(entry, folder, path, known.removeValue(forKey: entry.name), plan) }
        for (name, entry) in known { try forget(entry.id, folder, name, "gone", plan.run) }
    }

    /// Folders that were not met are gone, with all that they held; those below a folder that cannot be listed are not.
    func forgetFolders(_ plan: PlanningRun) throws(Failure) {
        var gone: [(Int64, Name)] = []
        try database.rows(
            "SELECT id, path FROM folder WHERE root=? AND seen<>?", [.integer(plan.root), .integer(plan.run)]
        ) { (row) throws(Failure) in gone.append((row.integer(0), row.name(1))) }
        guard !gone.isEmpty else { return }
        var unlisted: [Name] = []
        try database.rows(
            "SELECT path FROM folder WHERE root=? AND failure IS NOT NULL AND seen=?",
            [.integer(plan.root), .integer(plan.run)]
        ) { (row) throws(Failure) in unlisted.append(row.name(0)) }
        for (folder, name) in gone {
            let above = unlisted.first { $0.bytes.isEmpty || name.bytes.starts(with: $0.bytes + [0x2F]) }
            for (entryName, entry) in try knownEntries(folder) {
                if let above {
                    let shown = plan.rootName.appending(above).text
                    try settle(
                        entry.id, plan, plan.rootName.appending(name).appending(entryName),
                        Failure(
                            attempt: "list", subject: shown, code: .permission,
                            words: "what lies below it is not known any more", remedy: "let this user list the folder"))
                } else {
                    try forget(entry.id, folder, entryName, "gone", plan.run)
                }
            }
            if above == nil { try database.run("DELETE FROM folder WHERE id=?", [.integer(folder)]) }
        }
    }

    private func number(ofFolder listed: ListedFolder, _ plan: PlanningRun) throws(Failure) -> Int64 {
        let cells: [Cell] = [.integer(plan.root), Cell(listed.name)]
        let facts: [Cell] = [.integer(plan.run), Cell(listed.permissions)]
        if let number = try database.first("SELECT id FROM folder WHERE root=? AND path=?", cells, { $0.integer(0) }) {
            try database.run("UPDATE folder SET seen=?, permissions=? WHERE id=?", facts + [.integer(number)])
            return number
        }
        try database.run("INSERT INTO folder(root, path, seen, permissions) VALUES(?,?,?,?)", cells + facts)
        return database.lastRow
    }

    private func knownEntries(_ folder: Int64) throws(Failure) -> [Name: KnownEntry] {
        var known: [Name: KnownEntry] = [:]
        try database.rows(
            "SELECT id, name, state, basis, size, modified, changed, inode, kind, front IS NOT NULL FROM entry "
                + "WHERE folder=? AND kind<>'series' AND name<>''", [.integer(folder)]
        ) { (row) throws(Failure) in
            known[row.name(1)] = KnownEntry(
                id: row.integer(0), state: row.integer(2), basis: row.integer(3), size: row.integer(4),
                modified: row.integer(5), changed: row.integer(6), inode: row.integer(7), kind: row.text(8),
                wasChecked: row.int(9) != 0)
        }
        return known
    }

    /// A folder that cannot be listed: itself a row, and nothing below it is known.
    private func settle(unlisted folder: Int64, _ path: Name, _ failure: Failure, _ plan: PlanningRun) throws(Failure) {
        try database.run("UPDATE folder SET failure=? WHERE id=?", [.text(failure.words), .integer(folder)])
        for (name, entry) in try knownEntries(folder) {
            try settle(entry.id, plan, path.appending(name), failure)
        }
        let named = Failure(
            attempt: failure.attempt, subject: path.text, code: failure.code, words: failure.words,
            remedy: "let this user list the folder")
        try database.run(
            "INSERT OR REPLACE INTO entry(folder, name, kind, state, run) VALUES(?,'','folder',2,?)",
            [.integer(folder), .integer(plan.run)])
        try settle(database.lastRow, plan, path, named)
    }

    private func settle(_ entry: Int64, _ plan: PlanningRun, _ path: Name, _ failure: Failure) throws(Failure) {
        let named = Failure(
            attempt: failure.attempt, subject: path.text, code: failure.code, words: failure.words,
            remedy: failure.remedy)
        try record(entry, plan.report(named, path.text), run: plan.run, basis: plan.basis)
    }

    private func take(
        _ listed: ListedEntry, _ folder: Int64, _ path: Name, _ known: KnownEntry?, _ plan: PlanningRun
    ) throws(Failure) {
        let state = listed.state
        let isSame =
            known.map { known in
                known.kind == listed.kind.rawValue && known.size == Int64(state?.size ?? 0)
                    && known.modified == state?.modified ?? 0 && known.changed == state?.changed ?? 0
                    && known.inode == Int64(bitPattern: state?.inode ?? 0)
            } ?? false
        if case .check = listed.fate, let known, isSame, known.state == EntryState.settled, known.basis == plan.basis,
            known.wasChecked, !plan.verifies
        {
            return
        }
        let facts: [Cell] = [
            .text(listed.kind.rawValue), .integer(EntryState.planned), .integer(plan.run), Cell(state?.size),
            state.map { .integer($0.modified) } ?? .null, state.map { .integer($0.changed) } ?? .null,
            state.map { .integer(Int64(bitPattern: $0.device)) } ?? .null,
            state.map { .integer(Int64(bitPattern: $0.inode)) } ?? .null, Cell(state?.permissions), Cell(state?.owner),
        ]
        let entry: Int64
        if let known {
            entry = known.id
            if known.state == EntryState.settled, !isSame || listed.fate.isCheck {
                try keepFormer(entry, isSame ? "checked again" : "changed", plan.run)
            }
            try database.run(
                "UPDATE entry SET kind=?, state=?, run=?, size=?, modified=?, changed=?, device=?, inode=?, permissions=?, "
                    + "owner=?, attempts=0, status=NULL, flags=0 WHERE id=?", facts + [.integer(entry)])
        } else {
            try database.run(
                "INSERT INTO entry(kind, state, run, size, modified, changed, device, inode, permissions, owner, folder, "
                    + "name) VALUES(?,?,?,?,?,?,?,?,?,?,?,?)", facts + [.integer(folder), Cell(listed.name)])
            entry = database.lastRow
        }
        switch listed.fate {
        case .check: break
        case .passedOver(let why): try pass(over: entry, why, run: plan.run)
        case .trouble(let failure): try settle(entry, plan, path.appending(listed.name), failure)
        case .elsewhere(let content): try settle(elsewhere: entry, path.appending(listed.name), content, plan)
        }
    }

    private func settle(
        elsewhere entry: Int64, _ path: Name, _ content: AbsentContent, _ plan: PlanningRun
    ) throws(Failure) {
        if plan.missingContent == .error {
            try settle(
                entry, plan, path,
                Failure(
                    attempt: "open", subject: path.text, code: .offline, words: content.words,
                    remedy: "fetch it, or say with --missing-content skip that it may stay away"))
        } else {
            try pass(over: entry, content.words, run: plan.run)
        }
        guard plan.missingContent != .skip else { return }
        try database.run(
            "INSERT OR REPLACE INTO elsewhere VALUES(?,?,?,?,?)",
            [.integer(entry), .text(content.place), .text(content.key), Cell(content.size), Cell(content.digest)])
    }

    /// What the store says of a row before it is written over.
    private func keepFormer(_ entry: Int64, _ cause: String, _ run: Int64) throws(Failure) {
        try database.run(
            "INSERT INTO former SELECT ?, folder, name, run, size, modified, device, inode, status, sha256, findings, ? "
                + "FROM entry WHERE id=?", [.integer(run), .text(cause), .integer(entry)])
    }

    private func forget(_ entry: Int64, _ folder: Int64, _ name: Name, _ cause: String, _ run: Int64) throws(Failure) {
        try keepFormer(entry, cause, run)
        for table in ["own", "lead", "image", "origin", "elsewhere"] {
            try database.run("DELETE FROM \(table) WHERE entry=?", [.integer(entry)])
        }
        try database.run("DELETE FROM entry WHERE id=?", [.integer(entry)])
    }
}

/// What is made of files whose content lies elsewhere.
public enum MissingContent: String, Sendable, Hashable, CaseIterable {
    /// They are indeterminate.
    case error
    /// They are passed over; place, key, size and digest are taken down.
    case metadata
    /// They are passed over.
    case skip
}
