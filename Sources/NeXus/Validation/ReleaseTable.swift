// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5

/// What an entry lacks of the required items, by release.
struct ReleaseTable {
    let structures: StructureReader
    let library: DefinitionLibrary

    private var tree: NeXusTree { structures.tree }

    /// - Parameters:
    ///   - releases: Those that ship, or the ones a profile names.
    ///   - used: The release in use, as a set.
    func check(
        _ entry: Node, _ name: String, releases: [String], used: DefinitionSet, _ findings: inout FindingCollector
    ) {
        let key = structures.number(of: entry).map {
            ReleaseTelling.Key(structure: $0, application: name, releases: releases, used: used.release?.tag)
        }
        let telling = structures.cache.telling(key) { worked(entry, name, releases: releases, used: used) }
        guard let telling else { return }
        findings.add(
            .releases(
                .init(
                    definition: telling.name, release: telling.release, rows: telling.rows.map { row($0, of: entry) })),
            places: [.object(path: entry.path, attribute: nil)])
    }

    private func worked(_ entry: Node, _ name: String, releases: [String], used: DefinitionSet) -> ReleaseTelling? {
        var rows: [ReleaseTelling.Row] = []
        var last: (records: [ArraySlice<UInt8>], row: ReleaseTelling.Row)?
        for release in releases {
            guard let set = try? library.set([release]) else { continue }
            let records = set.applicationRecords(name)
            if let last, !records.isEmpty, last.records == records {
                rows.append(ReleaseTelling.Row(release: release, required: last.row.required, absent: last.row.absent))
                continue
            }
            guard let application = set.application(name) else { continue }
            let row = row(release, entry, application, set)
            rows.append(row)
            last = (records, row)
        }
        guard let own = rows.first(where: { $0.release == used.release?.tag }) ?? rows.last else { return nil }
        return ReleaseTelling(name: name, release: own.release, rows: rows)
    }

    /// The release, how many items it requires, and the places of those that are absent.
    private func row(_ row: ReleaseTelling.Row, of entry: Node) -> NXFault.ReleaseShortfall.Row {
        .init(
            release: row.release, required: row.required,
            absent: row.absent.map { $0.hasPrefix("@") ? entry.path + $0 : entry.path(of: $0) })
    }

    private func row(_ release: String, _ entry: Node, _ application: Application, _ set: DefinitionSet)
        -> ReleaseTelling.Row
    {
        guard let walk = DefinitionWalk(entry, application, set, tree: tree) else {
            return ReleaseTelling.Row(release: release, required: 0, absent: [])
        }
        var required = DefinitionCompleteness.Share()
        walk.run { child in
            child.isRequired || child.asksBelow
        } visit: {
            required.takeRequired($0)
        }
        // The entry itself.
        return ReleaseTelling.Row(release: release, required: required.asked + 1, absent: required.absent.sorted())
    }
}

extension DefinitionSet {
    /// The records of an application definition and of those it extends; empty for sets of several layers.
    ///
    /// Two releases with the same records ask for the same items.
    fileprivate func applicationRecords(_ name: String) -> [ArraySlice<UInt8>] {
        guard layers.count == 1, case .facts(let file) = layers[0] else { return [] }
        var records: [ArraySlice<UInt8>] = []
        var next: String? = name
        while let name = next, file.applications.contains(name), records.count < 16 {
            records.append(file.record(name))
            next = file.parent(of: name)
        }
        return records
    }
}
