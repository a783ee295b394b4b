// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CIF
internal import Diffraction

extension DictionaryCheck {
    // MARK: Defaults

    /// Items whose default enters geometry or the way to the pixels.
    private static let followed = [
        "_axis.vector[1]", "_axis.vector[2]", "_axis.vector[3]", "_axis.offset[1]", "_axis.offset[2]",
        "_axis.offset[3]", "_array_structure_list_axis.displacement",
        "_array_structure_list_axis.displacement_increment", "_array_structure_list_axis.angle",
        "_array_structure_list_axis.angle_increment", "_array_data.external_data_id",
        "_array_data_external_data.frame",
    ]

    /// Defaults that entered keys, links or geometry; components of one vector together.
    func defaults(_ names: KnownColumns) -> [DictionaryFinding] {
        var uses: [DefaultUse] = []
        for name in Self.followed {
            guard let item = facts.item(name), let value = item.defaultValue else { continue }
            note(item, value, names, &uses)
        }
        for category in names.block.categories {
            guard let known = facts.category(category.name), known.kind == .loop else { continue }
            for key in known.keys {
                guard let item = facts.item(key), let value = standIn(for: key, names) else { continue }
                note(item, value, names, &uses)
            }
        }
        return DefaultUse.grouped(uses).map { use in
            DictionaryFinding(
                .defaultValue(.init(name: use.name, value: use.value, rows: use.count, first: use.row)),
                places: use.places, count: use.count, block: names.block.name)
        }
    }

    private func note(
        _ item: DictionaryFacts.Item, _ value: String, _ names: KnownColumns, _ uses: inout [DefaultUse]
    ) {
        guard let category = names.block.category(item.category), category.rowCount > 0 else { return }
        if let column = names.column(item.name) {
            var cases = Cases()
            // '?' is not left out: no default holds for it.
            for row in 0..<column.count where column.kind(row) == .inapplicable { cases.add(row) }
            guard let row = cases.rows.first else { return }
            uses.append(
                DefaultUse(name: item.name, value: value, count: cases.count, row: row, places: cases.places(column)))
        } else if !Self.followed.contains(item.name) || item.category == "axis" {
            uses.append(
                DefaultUse(
                    name: item.name, value: value, count: category.rowCount, row: 0,
                    places: [.text(offset: category.offset, item: nil, row: nil)]))
        }
    }

    private struct DefaultUse {
        var name: String
        var value: String
        var count: Int
        var row: Int
        var places: [Place]

        /// Neighbours that are components of one vector with equal counts become one.
        static func grouped(_ uses: [DefaultUse]) -> [DefaultUse] {
            var result: [DefaultUse] = []
            for use in uses {
                let base = use.name.prefix { $0 != "[" }
                if let last = result.last, base.count < use.name.count, last.name.hasPrefix(base + "["),
                    last.count == use.count, last.row == use.row, Double(last.value) == Double(use.value)
                {
                    result[result.count - 1].name += ", " + use.name.dropFirst(base.count)
                } else {
                    result.append(use)
                }
            }
            return result
        }
    }

    // MARK: Versions

    /// The dictionaries in use and those that the file declares.
    func versions(declaredIn blocks: [CIF.Block]) -> DictionaryFinding {
        var declared: [(name: String, version: String)] = []
        var place = Place.file
        for block in blocks {
            guard let names = block.columns("_audit_conform.dict_name", "_audit_conform_dict_name") else { continue }
            let versions = block.columns("_audit_conform.dict_version", "_audit_conform_dict_version")
            if place == .file { place = names.place(0) }
            for row in 0..<min(names.count, 16) {
                if let name = names.text(row) { declared.append((name, versions?.text(row) ?? "")) }
            }
        }
        return DictionaryFinding(
            .versions(
                .init(
                    used: facts.sources.map { ($0.title, $0.version) }, declared: declared,
                    remarks: declared.compactMap { remark(on: $0, blocks) },
                    digests: facts.sources.map { ($0.file, $0.sha256) })),
            places: [place], block: nil)
    }

    /// What a declared version means for this check.
    private func remark(on declared: (name: String, version: String), _ blocks: [CIF.Block])
        -> DictionaryFault.Versions.Remark?
    {
        let name = declared.name.lowercased()
        guard let stated = DictionaryVersion(declared.version) else { return nil }
        let source = facts.sources.first { source in
            name == source.file.lowercased() || name == source.title.lowercased()
                || (name.hasPrefix("cif_img") && source.title.lowercased() == "cif_img")
        }
        guard let source, let used = DictionaryVersion(source.version) else { return nil }
        if used < stated { return .newer(name: declared.name, version: declared.version) }
        let changed = DictionaryVersion(parts: [1, 8, 7])
        let usesRange = blocks.contains { $0.column("_diffrn_scan_axis.angle_range") != nil }
        guard source.title.lowercased() == "cif_img", usesRange, stated < changed, !(used < changed) else { return nil }
        return .rangeChanged
    }
}

/// A version of numbers and dots.
struct DictionaryVersion: Comparable {
    let parts: [Int]

    init(parts: [Int]) { self.parts = parts }

    init?(_ text: String) {
        let parts = text.split(separator: ".").map { Int($0) }
        guard !parts.isEmpty, !parts.contains(nil) else { return nil }
        self.parts = parts.compactMap { $0 }
    }

    static func < (left: DictionaryVersion, right: DictionaryVersion) -> Bool {
        left.parts.lexicographicallyPrecedes(right.parts)
    }
}
