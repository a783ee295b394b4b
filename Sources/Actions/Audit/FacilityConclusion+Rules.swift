// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings
import JSON
import RuleEngine
import SQLite
import Transport

extension FacilityConclusion {
    /// Rows that were checked, and are no folders or series of an audit.
    private static let checked =
        "entry.kind IN ('file','link') AND entry.state=2 AND entry.flags & \(EntryFlags.passedOver.rawValue) = 0"

    /// Files of one finding.
    private struct Group {
        var count = 0
        var folder: Int64 = 0
        var first = Name("")
        var entry: Int64 = 0
        /// Who may change them, when an embargo ended: what is told of them together.
        var words = Set<String>()

        mutating func add(_ row: SQLite.Row, _ more: [String] = []) {
            if count == 0 { (entry, folder, first) = (row.integer(0), row.integer(1), row.name(2)) }
            count += 1
            words.formUnion(more)
        }
    }

    // MARK: DATA-025

    /// Images, and data files of writers, that no other file leads to and no description names.
    func tellUndescribed() throws(Failure) {
        var named = Set<String>()
        var isComplete = true
        try database.rows("SELECT facts FROM origin") { (row) throws(Failure) in
            guard let origin = (try? JSONReader.read(row.bytes(0))).flatMap({ StatedOrigin($0) }) else { return }
            named.formUnion(origin.files)
            if origin.namesMore { isComplete = false }
        }
        // Where not all names are known, any image may be described.
        guard isComplete else { return }
        var groups: [Row: Group] = [:]
        var order: [Row] = []
        try database.rows(
            "SELECT entry.id, entry.folder, entry.name, entry.part_of, series.kind='series' FROM entry LEFT JOIN entry AS "
                + "series ON series.id=entry.part_of WHERE \(Self.checked) AND (entry.format IN ('minicbf','smv','tiff') OR "
                + "entry.flags & \(EntryFlags.dataPart.rawValue) <> 0 AND entry.part_of IS NULL) AND NOT EXISTS (SELECT 1 FROM "
                + "lead WHERE lead.device=entry.device AND lead.inode=entry.inode AND lead.entry<>entry.id) "
                + "ORDER BY entry.folder, entry.name"
        ) { (row) throws(Failure) in
            guard !named.contains(row.name(2).text) else { return }
            let key = row.int(4) != 0 ? Row.entry(row.integer(3)) : .folder(row.integer(1))
            if groups[key] == nil { order.append(key) }
            groups[key, default: Group()].add(row)
        }
        for key in order {
            guard let group = groups[key] else { continue }
            let first = Wording.excerpt(group.first.text, limit: 120)
            let message =
                group.count == 1
                ? "image file '\(first)' is described by nothing"
                : "\(group.count) image files are described by nothing (first '\(first)')"
            let row = if case .entry = key { key } else { Row.entry(group.entry) }
            tell(
                "DATA-025", message, [DatumField("file", .text(first)), DatumField("n", .integer(group.count))],
                at: row,
                count: group.count)
        }
    }

    // MARK: DATA-026

    /// Folders with files that are nowhere in the layout, and places that say other things than the files in them.
    func tellLayout() throws(Failure) {
        var strangers: [Int64] = []
        var fits: [Int64: FolderLayout.Fit] = [:]
        try database.rows(
            "SELECT DISTINCT folder.id FROM folder JOIN entry ON entry.folder=folder.id WHERE \(Self.checked) ORDER BY "
                + "folder.root, folder.path"
        ) { (row) throws(Failure) in
            guard let folder = folders[row.integer(0)] else { return }
            let fit = rules.layouts.lazy.compactMap {
                $0.fit(root: self.roots[folder.root].names, inner: folder.names)
            }.first
            if let fit { fits[folder.id] = fit } else { strangers.append(folder.id) }
        }
        let pattern = rules.layouts.map(\.text).joined(separator: " or ")
        var told: [Folder] = []
        for id in strangers {
            guard let folder = folders[id] else { continue }
            // What lies below a folder that is told follows from it.
            let isBelow = told.contains { $0.root == folder.root && folder.names.starts(with: $0.names) }
            if isBelow { continue }
            told.append(folder)
            tell(
                "DATA-026", "'\(shown(id))' does not fit \(pattern)",
                [DatumField("folder", .text(shown(id))), DatumField("pattern", .text(pattern))], at: .folder(id))
        }
        try tellParts(fits, pattern)
    }

    private func tellParts(_ fits: [Int64: FolderLayout.Fit], _ pattern: String) throws(Failure) {
        struct Key: Hashable {
            let folder: Int64
            let part: String
        }
        var groups: [Key: (group: Group, words: String)] = [:]
        var order: [Key] = []
        try database.rows(
            "SELECT entry.id, entry.folder, entry.name, origin.facts FROM origin JOIN entry ON entry.id=origin.entry WHERE "
                + "\(Self.checked) ORDER BY entry.folder, entry.name"
        ) { (row) throws(Failure) in
            guard let fit = fits[row.integer(1)], let folder = folders[row.integer(1)],
                let origin = (try? JSONReader.read(row.bytes(3))).flatMap({ StatedOrigin($0) })
            else { return }
            for part in fit.values {
                guard let words = Self.contradiction(part, origin) else { continue }
                let key = Key(folder: ancestor(of: folder, depth: fit.depth), part: part.name)
                if groups[key] == nil {
                    order.append(key)
                    let file = shown(row.name(2), in: folder.id, from: key.folder)
                    groups[key] = (Group(), "<\(part.name)> is '\(part.value)' and '\(file)' \(words)")
                }
                groups[key]?.group.add(row)
            }
        }
        for key in order {
            guard let (group, words) = groups[key] else { continue }
            let more = group.count > 1 ? " (\(group.count) files)" : ""
            tell(
                "DATA-026", "'\(shown(key.folder))' does not fit \(pattern): \(words)\(more)",
                [DatumField("folder", .text(shown(key.folder))), DatumField("pattern", .text(pattern))],
                at: .folder(key.folder), count: group.count)
        }
    }

    /// What a file says against a part of the path; nil where it agrees or does not say.
    private static func contradiction(_ part: (name: String, value: String), _ origin: StatedOrigin) -> String? {
        switch part.name {
        case "year":
            guard let date = origin.date, date.prefix(4) != part.value else { return nil }
            return "was collected on \(date)"
        case "instrument", "beamline":
            let place = plain(part.value)
            guard !origin.instruments.isEmpty, !place.isEmpty else { return nil }
            let agrees = origin.instruments.contains { name in
                let name = plain(name)
                return name.isEmpty || holds(name, place) || holds(place, name)
            }
            if agrees { return nil }
            let names = origin.instruments.map { "'\(Wording.excerpt($0, limit: 60))'" }.joined(separator: ", ")
            return "names \(names)"
        default: return nil
        }
    }

    /// Letters and digits, in small letters.
    private static func plain(_ text: String) -> [UInt8] {
        text.lowercased().utf8.filter { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 >= 0x80 }
    }

    private static func holds(_ text: [UInt8], _ part: [UInt8]) -> Bool {
        guard part.count <= text.count else { return false }
        return (0...(text.count - part.count)).contains { text[$0...].starts(with: part) }
    }

    // MARK: DATA-027

    /// Files below a raw folder that others than its owner can write to, or that somebody else owns.
    func tellPermissions() throws(Failure) {
        let raw = rules.rawFolders ?? []
        var groups: [Int64: Group] = [:]
        var order: [Int64] = []
        try database.rows(
            "SELECT entry.id, entry.folder, entry.name, entry.permissions, entry.owner FROM entry JOIN folder ON "
                + "folder.id=entry.folder WHERE \(Self.checked) AND entry.permissions IS NOT NULL "
                + "ORDER BY folder.root, folder.path, entry.name"
        ) { (row) throws(Failure) in
            guard let folder = folders[row.integer(1)] else { return }
            let above: Int
            if let place = folder.names.firstIndex(where: { raw.contains($0) }) {
                above = place + 1
            } else if roots[folder.root].names.contains(where: { raw.contains($0) }) {
                above = 0
            } else {
                return
            }
            var who: [String] = []
            if row.int(3) & 0o020 != 0 { who.append("their group") }
            if row.int(3) & 0o002 != 0 { who.append("others") }
            if !rules.owners.isEmpty, !rules.owners.contains(row.int(4)) { who.append("owner \(row.int(4))") }
            guard !who.isEmpty else { return }
            let key = ancestor(of: folder, depth: above)
            if groups[key] == nil { order.append(key) }
            groups[key, default: Group()].add(row, who)
        }
        for key in order {
            guard let group = groups[key] else { continue }
            let first = shown(group.first, in: group.folder, from: key)
            let who = group.words.sorted().joined(separator: ", ")
            let files = group.count == 1 ? "1 raw file" : "\(group.count) raw files"
            tell(
                "DATA-027", "\(files) can be changed by \(who) (first '\(first)')",
                [
                    DatumField("n", .integer(group.count)), DatumField("who", .text(who)),
                    DatumField("file", .text(first)),
                ], at: .folder(key), count: group.count)
        }
    }

    // MARK: META-027

    /// Files that are still closed when the years after their collection have passed.
    func tellEmbargo(_ years: Int, _ today: String) throws(Failure) {
        var closed: [Int64: Bool] = [:]
        for folder in folders.values {
            closed[folder.id] = (0...folder.names.count).contains { depth in
                folders[ancestor(of: folder, depth: depth)]?.permissions.map { $0 & 0o001 == 0 } ?? false
            }
        }
        var groups: [Int64: Group] = [:]
        var order: [Int64] = []
        try database.rows(
            "SELECT entry.id, entry.folder, entry.name, entry.permissions, coalesce(own.date, above.date) FROM entry JOIN "
                + "folder ON folder.id=entry.folder LEFT JOIN origin AS own ON own.entry=entry.id LEFT JOIN origin AS above ON "
                + "above.entry=entry.part_of WHERE \(Self.checked) AND entry.permissions IS NOT NULL AND "
                + "coalesce(own.date, above.date) IS NOT NULL ORDER BY folder.root, folder.path, entry.name"
        ) { (row) throws(Failure) in
            let date = row.text(4)
            guard let year = Int(date.prefix(4)) else { return }
            let end = "\(String(year + years).leftPadded(4))\(date.dropFirst(4))"
            guard end < today, row.int(3) & 0o004 == 0 || closed[row.integer(1)] == true else { return }
            if groups[row.integer(1)] == nil { order.append(row.integer(1)) }
            groups[row.integer(1), default: Group()].add(row, [end])
        }
        for key in order {
            guard let group = groups[key], let last = group.words.max() else { continue }
            let first = Wording.excerpt(group.first.text, limit: 120)
            tell(
                "META-027",
                group.count == 1
                    ? "embargo ended on \(last); '\(first)' is still closed"
                    : "embargo ended on \(last); \(group.count) files are still closed (first '\(first)')",
                [
                    DatumField("date", .text(last)), DatumField("n", .integer(group.count)),
                    DatumField("file", .text(first)),
                ], at: .folder(key), count: group.count)
        }
    }
}

extension String {
    fileprivate func leftPadded(_ width: Int) -> String {
        String(repeating: "0", count: max(0, width - utf8.count)) + self
    }
}
