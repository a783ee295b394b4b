// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings
import JSON
import RuleEngine
import SQLite
import Transport

/// What an archive as a whole says against the rules of its facility: told at the row of a folder, of a series or of a file.
///
/// - Source: docs/decisions/0345-rules-of-a-facility.md.
final class FacilityConclusion {
    struct Folder {
        let id: Int64
        let root: Int
        /// From the root.
        let path: Name
        let names: [String]
        let permissions: Int?
    }

    let store: AuditStore
    let check: FileCheck
    let rules: FacilityRules
    private let run: Int64
    private(set) var folders: [Int64: Folder] = [:]
    private var numbers: [String: Int64] = [:]
    private(set) var roots: [(name: Name, names: [String])] = []
    /// By the row at which they are told.
    private var found: [(row: Row, finding: Finding)] = []

    enum Row: Hashable {
        case folder(Int64)
        case entry(Int64)
    }

    var database: Database { store.database }

    /// Nil where the profile names none of the rules.
    init?(_ store: AuditStore, _ check: FileCheck, run: Int64) throws(Failure) {
        guard let rules = try FacilityRules(check.settings.profile) else { return nil }
        (self.store, self.check, self.run, self.rules) = (store, check, run, rules)
    }

    /// - Parameter write: Writes over what a file alone has said.
    func conclude(_ write: (StoredEntry, FileReport) throws(Failure) -> Void) throws(Failure) {
        try readFolders()
        if rules.tellsUndescribed { try tellUndescribed() }
        if !rules.layouts.isEmpty { try tellLayout() }
        if rules.rawFolders != nil { try tellPermissions() }
        if let years = rules.embargoYears, let today = check.settings.today { try tellEmbargo(years, today) }
        var order: [Row] = []
        var findings: [Row: [Finding]] = [:]
        for one in found {
            if findings[one.row] == nil { order.append(one.row) }
            findings[one.row, default: []].append(one.finding)
        }
        for row in order {
            let told = findings[row] ?? []
            switch row {
            case .entry(let id):
                if let entry = try store.entry(id) { try write(entry, check.adding(told, to: try store.report(entry))) }
            case .folder(let id): try tell(told, ofFolder: id, write)
            }
        }
    }

    private func tell(
        _ findings: [Finding], ofFolder id: Int64, _ write: (StoredEntry, FileReport) throws(Failure) -> Void
    ) throws(Failure) {
        let known = try database.first("SELECT id FROM entry WHERE folder=? AND name=''", [.integer(id)]) {
            $0.integer(0)
        }
        if let known, let entry = try store.entry(known) {
            return try write(entry, check.adding(findings, to: try store.report(entry)))
        }
        try database.run(
            "INSERT INTO entry(folder, name, kind, state, run) VALUES(?,'','folder',2,?)",
            [.integer(id), .integer(run)])
        let row = database.lastRow
        guard let entry = try store.entry(row) else { return }
        let plain = FileReport(path: entry.path.text, size: 0, kind: .unknown, status: .pass, outline: "folder")
        let report = check.adding(findings, to: plain)
        try store.write(row, report, EntryFlags(report), reason: AuditStore.reason(report))
    }

    /// Tells something at a row.
    func tell(_ rule: RuleID, _ message: String, _ values: [DatumField], at row: Row, count: Int = 1) {
        guard let one = check.engine.finding(rule, message, values: values) else { return }
        let finding = Finding(
            rule: one.rule, level: one.level, title: one.title, message: one.message, count: count, places: one.places,
            values: one.values, why: one.why, fix: one.fix, references: one.references, isPreview: one.isPreview)
        found.append((row, finding))
    }

    // MARK: Folders

    private func readFolders() throws(Failure) {
        var places: [Int64: Int] = [:]
        for root in try store.roots() {
            places[root.id] = roots.count
            // The true path, where the archive can be seen from here.
            let name = Transport.Folder.trueName(root.name) ?? root.name
            roots.append((root.name, Self.names(name)))
        }
        try database.rows("SELECT id, root, path, permissions FROM folder ORDER BY root, path") {
            (row) throws(Failure) in
            guard let root = places[row.integer(1)] else { return }
            let path = row.name(2)
            let folder = Folder(
                id: row.integer(0), root: root, path: path, names: Self.names(path),
                permissions: row.isNull(3) ? nil : row.int(3))
            folders[folder.id] = folder
            numbers[Self.key(root, folder.names[...])] = folder.id
        }
    }

    private static func names(_ path: Name) -> [String] {
        path.bytes.split(separator: 0x2F).map { Name(bytes: Array($0)).text }
    }

    private static func key(_ root: Int, _ names: ArraySlice<String>) -> String {
        "\(root)/" + names.joined(separator: "/")
    }

    /// The folder so many names below its root, or the next one above that the store has.
    func ancestor(of folder: Folder, depth: Int) -> Int64 {
        for count in stride(from: min(depth, folder.names.count), through: 0, by: -1) {
            if let number = numbers[Self.key(folder.root, folder.names.prefix(count))] { return number }
        }
        return folder.id
    }

    /// As people name it.
    func shown(_ id: Int64) -> String {
        guard let folder = folders[id] else { return "" }
        let root = roots[folder.root].name
        return Wording.excerpt((folder.path.bytes.isEmpty ? root : root.appending(folder.path)).text, limit: 120)
    }

    func shown(_ name: Name, in folder: Int64, from above: Int64) -> String {
        let skipped = folders[above]?.names.count ?? 0
        let names = (folders[folder]?.names.dropFirst(skipped)).map { Array($0) } ?? []
        return Wording.excerpt((names + [name.text]).joined(separator: "/"), limit: 120)
    }
}
