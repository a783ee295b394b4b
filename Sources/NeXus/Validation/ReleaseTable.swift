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
        var count = 0
        var absent: [String] = []
        let roots = application.tree.children.filter { $0.kind == .group && $0.item.type == "NXentry" }
        guard let root = set.union(roots) else { return ReleaseTelling.Row(release: release, required: 0, absent: []) }
        count += 1
        // Groups that wait: the concept, its instances, and their path below the entry.
        // What only an optional parent asks for counts where it is absent although the parent is there.
        var open: [(concept: Concept, groups: [Node], path: String, isAsked: Bool)] = [(root, [entry], "", true)]
        while let (concept, groups, path, isAsked) = open.popLast() {
            let members = groups.map { tree.members(of: $0) }
            let matcher = MemberMatcher(application: concept, base: nil, set: set, roles: DataRoles.none, tree: tree)
            let matches = members.map(matcher.match)
            for child in concept.children where child.isRequired || child.asksBelow {
                if isAsked, child.isRequired { count += 1 }
                let place = (path.isEmpty ? "" : path + (child.kind == .attribute ? "" : "/"))
                let label = place + (child.kind == .attribute ? "@" : "") + child.label
                var instances: [Node] = []
                var isLacking = groups.isEmpty
                for (index, group) in groups.enumerated() {
                    if child.kind == .attribute {
                        if !hasAttribute(child, group) { isLacking = true }
                        continue
                    }
                    let found = zip(members[index], matches[index]).filter { pair in
                        pair.1.applications.contains { $0 === child }
                    }
                    if found.isEmpty { isLacking = true }
                    instances += found.compactMap(\.0.node)
                }
                if isLacking, child.isRequired {
                    if !isAsked { count += 1 }
                    absent.append(label)
                }
                let isAskedBelow = isAsked && child.isRequired
                guard child.kind != .choice, child.asksBelow, isAskedBelow || !instances.isEmpty else { continue }
                open.append(
                    (child, instances, instances.first.map { place + lastName($0.path) } ?? label, isAskedBelow))
            }
        }
        return ReleaseTelling.Row(release: release, required: count, absent: absent.sorted())
    }

    private func hasAttribute(_ concept: Concept, _ node: Node) -> Bool {
        tree.attributes(of: node).contains { attribute in
            nameFit(attribute.name, concept.name ?? "", concept.item.match, pattern: concept.pattern) != nil
        }
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
