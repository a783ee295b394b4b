// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5

/// Which groups common readers leave: they take the first of a class, in order of name.
///
/// - Source: cctbx/dxtbx:src/dxtbx/format/FormatNXmx.py; dials/nxmx:src/nxmx/__init__.py.
struct FirstOfSeveral {
    let tree: NeXusTree

    func check(_ entry: Node, _ findings: inout FindingCollector) {
        let members = tree.members(of: entry)
        for className in ["NXsample", "NXinstrument", "NXdata"] { tell(members, className, &findings) }
        tellSources(members, &findings)
        for member in members where member.className == "NXinstrument" {
            guard let node = member.node else { continue }
            let inner = tree.members(of: node)
            for className in ["NXdetector", "NXbeam"] { tell(inner, className, &findings) }
        }
    }

    /// Of several entries of one file; what stands within an entry is none.
    func check(entries: [Node], _ findings: inout FindingCollector) {
        tell(entries.filter { tree.className($0) == "NXentry" }, "NXentry", &findings)
    }

    /// Of a source readers take the particle alone.
    private func tellSources(_ members: [Member], _ findings: inout FindingCollector) {
        let groups = members.compactMap { $0.className == "NXsource" ? $0.node : nil }
        let probes = groups.map { group in
            tree.child("probe", of: group).flatMap { tree.dataset($0)?.value.firstString }.map(Probe.init(word:))
        }
        guard let first = probes.first, let stated = first else { return }
        let others = zip(groups, probes).filter { $0.1 != nil && $0.1 != stated }.map(\.0)
        guard let taken = groups.first, !others.isEmpty else { return }
        findings.add(
            .severalGroups(
                .init(className: "NXsource", first: taken.path, others: others.map(\.path), count: groups.count)),
            places: others.map { .object(path: $0.path, attribute: nil) })
    }

    /// The signal of a group is a stack of frames, or what its blocks lead to.
    private func holdsFrames(_ group: Node) -> Bool {
        let members = tree.members(of: group)
        var names = members.map(\.name).filter { $0.hasPrefix("data_") }
        if let signal = tree.text("signal", of: group) { names.append(signal) }
        return members.contains { member in
            guard names.contains(member.name) else { return false }
            guard let node = member.node else { return true }
            return (tree.dataset(node)?.shape?.count ?? 0) >= 3
        }
    }

    private func tell(_ members: [Member], _ className: String, _ findings: inout FindingCollector) {
        let groups = members.compactMap { member -> Node? in
            guard member.className == className, let node = member.node else { return nil }
            if className == "NXdata", tree.attribute("signal", of: node) == nil { return nil }
            return node
        }
        // Of several NXdata the first is taken for the frames: another beside it is no matter when it holds them.
        if className == "NXdata", let first = groups.first, holdsFrames(first) || !groups.contains(where: holdsFrames) {
            return
        }
        // A camera or a counter behind the detector that makes the frames is left by right.
        if let mark = MarkOfGroup.of(className), let first = groups.first, mark.isMet(in: first, tree) {
            return tell(groups.filter { mark.isMet(in: $0, tree) }, className, &findings)
        }
        tell(groups, className, &findings)
    }

    private func tell(_ groups: [Node], _ className: String, _ findings: inout FindingCollector) {
        guard let first = groups.first, groups.count > 1 else { return }
        let own = signature(first)
        let others = groups.dropFirst().filter { !$0.isSame(as: first) && signature($0) != own }
        guard !others.isEmpty else { return }
        findings.add(
            .severalGroups(
                .init(className: className, first: first.path, others: others.map(\.path), count: groups.count)),
            places: others.map { .object(path: $0.path, attribute: nil) })
    }

    /// Names, forms and values of the fields of a group and names of its groups, to three levels.
    private func signature(_ group: Node) -> [String] {
        var result: [String] = []
        var open = [(node: group, prefix: "", level: 0)]
        while let (node, prefix, level) = open.popLast(), result.count < 2000 {
            for member in tree.members(of: node) {
                var line = prefix + member.name
                if let inner = member.node, let dataset = tree.dataset(inner) {
                    line += " \(dataset.shape ?? []) \(dataset.type.words)"
                    if dataset.value.count <= 64 { line += " \(dataset.value)" }
                } else {
                    line += " \(member.className ?? "-")"
                    if let inner = member.node, level < 2 {
                        open.append((node: inner, prefix: line + "/", level: level + 1))
                    }
                }
                result.append(line)
            }
        }
        return result.sorted()
    }
}
