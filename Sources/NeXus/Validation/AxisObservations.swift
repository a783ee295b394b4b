// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import Transport

/// Fields and attributes `depends_on` of an entry without a model, and the walk along their chains.
struct AxisObservations {
    struct Start {
        /// The field `depends_on`, or the axis with the attribute.
        let node: Node
        let attribute: String?
        /// The group that holds it; relative paths begin there.
        let group: Node
        let target: String
    }

    private var places: [Place: Int] = [:]
    private(set) var starts: [Start] = []

    private struct Place: Hashable {
        let file: Int
        let object: Int
    }

    /// Notes where a chain begins; an axis once, where it comes from.
    mutating func note(_ member: Member, _ node: Node, isAxis: Bool, in work: GroupWork, tree: NeXusTree) {
        if member.name == "depends_on", let text = tree.dataset(node)?.value.firstString {
            starts.append(Start(node: node, attribute: nil, group: work.node, target: text))
            return
        }
        guard isAxis, let text = tree.text("depends_on", of: node) else { return }
        let place = Place(file: node.file, object: node.id.index)
        let origin = tree.text("target", of: node).flatMap { tree.resolve($0, from: node) }
        if let origin, origin.isSame(as: node), let group = tree.resolve(parentPath(origin.path), from: tree.root) {
            add(Start(node: origin, attribute: "depends_on", group: group, target: text), at: place, isBetter: false)
        } else {
            let start = Start(node: node, attribute: "depends_on", group: work.node, target: text)
            add(start, at: place, isBetter: work.className == "NXtransformations")
        }
    }

    private mutating func add(_ start: Start, at place: Place, isBetter: Bool) {
        if let known = places[place] {
            if isBetter { starts[known] = start }
        } else {
            places[place] = starts.count
            starts.append(start)
        }
    }
}

/// Follows chains of axes: absent targets and circles, each once.
struct ChainWalk {
    let tree: NeXusTree

    private struct Place: Hashable {
        let file: Int
        let object: Int

        init(_ node: Node) {
            file = node.file
            object = node.id.index
        }
    }

    private var sound: Set<Place> = []

    init(tree: NeXusTree) { self.tree = tree }

    mutating func follow(_ start: AxisObservations.Start, _ findings: inout FindingCollector) {
        var passed: [(place: Place, node: Node)] = []
        var steps: [Place: Int] = [:]
        var next = start
        if start.attribute != nil {
            passed.append((Place(start.node), start.node))
            steps[Place(start.node)] = 0
        }
        while next.target != "." && !next.target.isEmpty {
            guard let found = resolve(next, &findings) else { break }
            let place = Place(found)
            if sound.contains(place) { break }
            if let index = steps[place] {
                tellCircle(passed[index...].map(\.node), &findings)
                break
            }
            steps[place] = passed.count
            passed.append((place, found))
            guard let further = further(found) else { break }
            next = further
        }
        sound.formUnion(passed.map(\.place))
    }

    private func resolve(_ start: AxisObservations.Start, _ findings: inout FindingCollector) -> Node? {
        if let found = tree.resolve(start.target, from: start.group), !start.target.holds("..") { return found }
        if start.target.holds(".."),
            let path = ChainResolver.withoutSteps(joinedPath(start.group.path, start.target)),
            let meant = tree.resolve(path, from: tree.root), tree.isDataset(meant)
        {
            findings.gather(
                .steps, in: "..", subject: path, name: start.target,
                at: .object(path: start.node.path, attribute: start.attribute))
            return meant
        }
        let rooted = start.target.hasPrefix("/") ? nil : tree.resolve("/" + start.target, from: start.group)
        let axis = start.attribute == nil ? nil : lastName(start.node.path)
        findings.add(
            .undefinedAxis(.absent(start.target, of: axis, isRooted: rooted != nil)), at: start.node,
            attribute: start.attribute)
        return rooted
    }

    /// The next step of the chain: the attribute of an axis, or the field of a group.
    private func further(_ node: Node) -> AxisObservations.Start? {
        guard let object = tree.object(node) else { return nil }
        if object.dataset != nil {
            guard let text = tree.text("depends_on", of: node),
                let group = tree.resolve(parentPath(node.path), from: tree.root)
            else { return nil }
            return .init(node: node, attribute: "depends_on", group: group, target: text)
        }
        if let field = tree.member("depends_on", of: node)?.node, let text = tree.dataset(field)?.value.firstString {
            return .init(node: field, attribute: nil, group: node, target: text)
        }
        // An NXlog that stands for an axis has the attributes of one.
        guard let text = tree.text("depends_on", of: node),
            let group = tree.resolve(parentPath(node.path), from: tree.root)
        else { return nil }
        return .init(node: node, attribute: "depends_on", group: group, target: text)
    }

    private func tellCircle(_ nodes: [Node], _ findings: inout FindingCollector) {
        let ordered = nodes.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        guard let first = ordered.first else { return }
        let names = nodes.map { lastName($0.path) } + [lastName(nodes[0].path)]
        findings.add(.axisCircle(.init(names: names)), at: first)
    }
}
