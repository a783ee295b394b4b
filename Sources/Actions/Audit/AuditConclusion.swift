// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings
import JSON
import RuleEngine
import SQLite
public import Transport

/// What files are to one another, once all are checked: parts of a master, descriptions of the same frames, series of
/// images. Worked out anew at each end of a run, from what each file alone has said.
///
/// - Source: docs/decisions/0202-the-folder-as-a-unit.md.
struct AuditConclusion {
    private let store: AuditStore
    private let check: FileCheck
    private let settings: FileCheck.Settings
    private let run: Int64

    init(_ store: AuditStore, _ check: FileCheck, run: Int64) {
        self.store = store
        self.check = check
        settings = check.settings
        self.run = run
    }

    private var database: Database { store.database }

    func callAsFunction() throws(Failure) {
        try store.together { () throws(Failure) in
            try restore()
            let parts = try findParts()
            try tellSharedFrames(except: parts)
            try checkSeries()
            try FacilityConclusion(store, check, run: run)?.conclude { (entry, report) throws(Failure) in
                try write(entry, report, partOf: entry.partOf)
            }
        }
    }

    /// Takes back what an earlier end has said.
    private func restore() throws(Failure) {
        try database.run(
            "UPDATE entry SET (status, flags, a, b, c, g, front, findings, unchecked, failures) = (SELECT status, flags, a, "
                + "b, c, g, front, findings, unchecked, failures FROM own WHERE own.entry=entry.id), part_of=NULL "
                + "WHERE id IN (SELECT entry FROM own)")
        try database.run("DELETE FROM own")
        try database.run("UPDATE entry SET part_of=NULL WHERE part_of IS NOT NULL")
        try database.run("DELETE FROM entry WHERE kind='series'")
        // Rows of folders that were listed hold nothing but what such an end has said.
        try database.run(
            "DELETE FROM entry WHERE kind='folder' AND name='' AND folder IN (SELECT id FROM folder WHERE failure IS NULL)"
        )
    }

    /// Writes over what a file alone has said, which is kept beside.
    private func write(_ entry: StoredEntry, _ report: FileReport, partOf master: Int64?) throws(Failure) {
        try database.run(
            "INSERT OR IGNORE INTO own SELECT id, status, flags, a, b, c, g, front, findings, unchecked, failures FROM entry "
                + "WHERE id=?", [.integer(entry.id)])
        var flags = EntryFlags(report)
        // As part of a master it is no stranger.
        if entry.flags.contains(.passedOver), report.kinship.part == nil { flags.insert(.passedOver) }
        try store.write(entry.id, report, flags, reason: AuditStore.reason(report), partOf: master)
    }

    /// Files that another one links to, and that hold no description of their own.
    private func findParts() throws(Failure) -> Set<Int64> {
        let mask = EntryFlags([.undescribed, .dataPart, .metaPart]).rawValue
        var pairs: [(part: Int64, master: Int64, isDecided: Bool)] = []
        try database.rows(
            "SELECT part.id, master.id, master.flags & \(mask) = 0 FROM entry AS part JOIN lead ON lead.device=part.device "
                + "AND lead.inode=part.inode AND lead.kind='link' JOIN entry AS master ON master.id=lead.entry "
                + "WHERE part.flags & \(mask) <> 0 AND master.id<>part.id AND part.kind IN ('file','link') "
                + "ORDER BY part.id, master.id"
        ) { (row) throws(Failure) in pairs.append((row.integer(0), row.integer(1), row.int(2) != 0)) }
        var parts = Set<Int64>()
        var index = 0
        while index < pairs.count {
            let part = pairs[index].part
            var candidates: [(part: Int64, master: Int64, isDecided: Bool)] = []
            while index < pairs.count, pairs[index].part == part {
                if !parts.contains(pairs[index].master) { candidates.append(pairs[index]) }
                index += 1
            }
            guard let master = (candidates.first { $0.isDecided } ?? candidates.first)?.master,
                let entry = try store.entry(part), let above = try store.entry(master)
            else { continue }
            parts.insert(part)
            let told = Set(try store.report(above).findings.map(\.rule)).intersection(FileCheck.rulesOnLinks)
            try write(entry, check.asPart(of: above.path.text, try store.report(entry), told: told), partOf: master)
        }
        return parts
    }

    /// Gives each set of descriptions of the same frames one finding, at the last of them.
    private func tellSharedFrames(except parts: Set<Int64>) throws(Failure) {
        var leads: [(file: Identity.Key, entry: Int64)] = []
        try database.rows(
            "SELECT lead.device, lead.inode, lead.entry FROM lead JOIN entry ON entry.id=lead.entry WHERE lead.kind='frames' "
                + "AND (lead.device, lead.inode) IN (SELECT device, inode FROM lead WHERE kind='frames' GROUP BY device, "
                + "inode HAVING count(DISTINCT entry) > 1) ORDER BY lead.entry, lead.number"
        ) { (row) throws(Failure) in
            let key = Identity.Key(
                device: UInt64(bitPattern: row.integer(0)), inode: UInt64(bitPattern: row.integer(1)))
            leads.append((key, row.integer(2)))
        }
        guard !leads.isEmpty else { return }
        var entries: [Int64: StoredEntry] = [:]
        for lead in leads where entries[lead.entry] == nil { entries[lead.entry] = try store.entry(lead.entry) }
        func path(_ entry: Int64) -> [UInt8] { entries[entry]?.path.bytes ?? [] }
        leads = leads.filter { !parts.contains($0.entry) }
        var descriptions: [Identity.Key: [Int64]] = [:]
        for lead in leads where !(descriptions[lead.file]?.contains(lead.entry) ?? false) {
            descriptions[lead.file, default: []].append(lead.entry)
        }
        var sets: [[Int64]: [Identity.Key]] = [:]
        for lead in leads {
            let list = (descriptions[lead.file] ?? []).sorted { path($0).lexicographicallyPrecedes(path($1)) }
            guard list.count > 1, list.last == lead.entry else { continue }
            if !(sets[list]?.contains(lead.file) ?? false) { sets[list, default: []].append(lead.file) }
        }
        for (list, files) in sets.sorted(by: {
            path($0.key.last ?? 0).lexicographicallyPrecedes(path($1.key.last ?? 0))
        }) {
            guard let last = list.last, let entry = entries[last] else { continue }
            var names: [String] = []
            for file in files { if let path = try store.path(of: file) { names.append(path.text) } }
            let shown = names.isEmpty ? ["a file that is not part of the audit"] : names
            let report = check.sharing(
                shown, list.compactMap { entries[$0]?.path.text }, try store.report(try store.entry(last) ?? entry))
            try write(entry, report, partOf: nil)
        }
    }

    /// Checks the images of each name template together; the series is a row of its own.
    private func checkSeries() throws(Failure) {
        var folder: Int64 = -1
        var members: [StoredImage] = []
        var found: [(folder: Int64, members: [StoredImage])] = []
        try database.rows(
            "SELECT entry.id, entry.folder, image.facts FROM entry LEFT JOIN image ON image.entry=entry.id "
                + "WHERE image.entry IS NOT NULL OR (entry.front IS NOT NULL AND entry.failures IS NOT NULL AND "
                + "(lower(entry.name) GLOB '*.cbf*' OR lower(entry.name) GLOB '*.img*')) ORDER BY entry.folder, entry.id"
        ) { (row) throws(Failure) in
            if row.integer(1) != folder, !members.isEmpty {
                found.append((folder, members))
                members = []
            }
            folder = row.integer(1)
            members.append(StoredImage(entry: row.integer(0), facts: row.optionalText(2)))
        }
        if !members.isEmpty { found.append((folder, members)) }
        for one in found { try checkSeries(of: one.members, in: one.folder) }
    }

    private struct StoredImage {
        let entry: Int64
        let facts: String?
    }

    private func checkSeries(of members: [StoredImage], in folder: Int64) throws(Failure) {
        var series = SeriesCheck(settings)
        var templates: [String: [(entry: Int64, size: Int)]] = [:]
        for member in members {
            guard let entry = try store.entry(member.entry) else { continue }
            var report = FileReport(path: entry.path.text, size: 0, kind: .minicbf, status: .pass)
            if let facts = member.facts {
                report.seriesFacts = try? JSONReader.read(Array(facts.utf8))
            } else {
                report = try store.report(entry)
            }
            series.note(report)
            let template = series.template(of: entry.path.text)
            if let template, member.facts != nil { templates[template, default: []].append((entry.id, entry.size)) }
        }
        let reports = Dictionary(series.reports().map { ($0.path, $0) }) { first, _ in first }
        for (template, images) in templates.sorted(by: { $0.key < $1.key }) where images.count > 1 {
            var report = FileReport(
                path: template, size: images.reduce(0) { $0 &+ $1.size }, kind: .minicbf, status: .pass,
                outline: "\(images.count) images")
            if let told = reports[template] { report = told }
            try database.run(
                "INSERT INTO entry(folder, name, kind, state, run, size) VALUES(?,?,'series',2,?,?)",
                [.integer(folder), Cell(Name(template).last), .integer(run), Cell(report.size)])
            let row = database.lastRow
            try store.write(row, report, EntryFlags(report), reason: AuditStore.reason(report))
            for image in images {
                try database.run("UPDATE entry SET part_of=? WHERE id=?", [.integer(row), .integer(image.entry)])
            }
        }
    }
}

extension AuditRun {
    /// Works out what files are to one another.
    public func conclude(_ run: Int64, in store: AuditStore) throws(Failure) {
        try AuditConclusion(store, fileCheck, run: run)()
    }
}
