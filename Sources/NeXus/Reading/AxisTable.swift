// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
internal import HDF5

/// Every axis of an entry, each object once, and every mention of an axis by a `depends_on` field.
///
/// - Source: nexus.md rule 30.
struct AxisTable {
    let tree: NeXusTree
    /// The entry whose paths are preferred when an object has several.
    let entry: Node
    /// In the order in which the walk of the entry, and then the chains, meet them.
    private(set) var axes: [FoundAxis] = []
    private(set) var mentions: [AxisMention] = []
    /// The first `depends_on` field that is there and whose text is not known.
    private(set) var unread: UnreadItem?
    private var numbers: [Node.Identity: Int] = [:]
    private var ids: [AxisID: Int] = [:]
    /// Every path of a dataset of the entry, with the class of the group it leads through.
    private var places: [Node.Identity: [(path: String, nexusClass: String?)]] = [:]

    /// Members of a module that are axes.
    static let moduleAxes = ["fast_pixel_direction", "module_offset", "slow_pixel_direction"]

    init(of entry: Node, in tree: NeXusTree) {
        self.tree = tree
        self.entry = entry
        walk()
        followChains()
    }

    /// The axis of an object; nil when the object is none.
    subscript(node: Node?) -> FoundAxis? {
        guard let node, let number = numbers[node.identity] else { return nil }
        return axes[number]
    }

    subscript(id: AxisID?) -> FoundAxis? {
        guard let id, let number = ids[id] else { return nil }
        return axes[number]
    }

    /// The defined axes from this one outward; ends before an undefined axis and before one it has passed.
    func chain(from id: AxisID?) -> [AxisID] {
        var chain: [AxisID] = []
        var passed: Set<AxisID> = []
        var next = id
        while let id = next, let axis = self[id], passed.insert(id).inserted {
            chain.append(id)
            next = axis.axis.dependsOn.value
        }
        return chain
    }

    mutating func assign(_ equipment: Equipment, to members: [AxisID]) {
        for id in members {
            guard let number = ids[id] else { continue }
            axes[number].axis.equipment.value = equipment
        }
    }

    /// The target of a `depends_on` field of a group: the axis it names, defined or not; nil for "." and when absent.
    func dependency(of group: Node) -> Sourced<AxisID>? {
        guard let field = tree.child("depends_on", of: group), let text = tree.dataset(field)?.value.firstString
        else { return nil }
        let origin = Origin.stated(.object(path: field.path, attribute: nil))
        switch target(of: text, holder: group) {
        case .base: return nil
        case .axis(let node, _): return self[node].map { Sourced($0.axis.id, origin) }
        case .undefined(let id, _): return Sourced(id, origin)
        }
    }

    private func target(of text: String, holder: Node) -> DependsOn {
        ChainResolver(tree: tree).target(of: text, from: tree.ownPath(of: holder), file: holder.file)
    }

    /// Visits every group of the entry once, then takes up what is an axis or names one.
    private mutating func walk() {
        var open = [entry]
        var seen: Set<Node.Identity> = [entry.identity]
        var fields: [Node] = []
        var dependents: [(field: Node, group: Node)] = []
        var next = 0
        while next < open.count {
            let group = open[next]
            next += 1
            let members = tree.members(of: group)
            let nexusClass = tree.className(group)
            for child in members {
                guard let node = child.node else {
                    if child.name == "depends_on" {
                        leave(group.path(of: child.name), "behind a link that was not met")
                    }
                    continue
                }
                guard !child.isField else {
                    places[node.identity, default: []].append((node.path, nexusClass))
                    if child.name == "depends_on" { dependents.append((node, group)) }
                    if isAxis(child.name, node, in: nexusClass, of: group) { fields.append(node) }
                    continue
                }
                let inner = child.className
                guard inner != "NXcollection", inner != "NXentry", inner != "NXsubentry",
                    seen.insert(node.identity).inserted
                else { continue }
                open.append(node)
            }
        }
        for field in fields { add(field) }
        for (field, group) in dependents { mention(by: field, in: group) }
    }

    private func isAxis(_ name: String, _ node: Node, in nexusClass: String?, of group: Node) -> Bool {
        if nexusClass == "NXdetector_module" { return Self.moduleAxes.contains(name) }
        guard nexusClass == "NXtransformations", let dataset = tree.dataset(node) else { return false }
        for suffix in ["_end", "_increment_set"] where name.hasSuffix(suffix) {
            if tree.child(String(name.dropLast(suffix.count)), of: group) != nil { return false }
        }
        return dataset.type.isNumeric
    }

    private mutating func mention(by field: Node, in group: Node) {
        guard let dataset = tree.dataset(field), let text = dataset.value.firstString else {
            if let dataset = tree.dataset(field) {
                leave(field.path, dataset.value.unseen(of: dataset.shape ?? [], dataset.type) ?? "without a text")
            }
            return
        }
        let place = Place.object(path: field.path, attribute: nil)
        let written = tree.dataset(field).flatMap { textAsWritten($0.value, $0.type) } ?? text
        switch target(of: written, holder: group) {
        case .base: return
        case .undefined(let id, let note):
            mentions.append(AxisMention(axis: id, item: "depends_on", place: place, note: note))
        case .axis(let node, let note):
            guard let id = add(node) else { return }
            mentions.append(AxisMention(axis: id, item: "depends_on", place: place))
            guard let note else { return }
            mentions.append(AxisMention(axis: AxisID(written), item: "depends_on", place: place, note: note))
        }
    }

    private mutating func leave(_ path: String, _ why: String) { unread = unread ?? UnreadItem(path, why) }

    /// Appends the axis of an object unless it is there; returns its id.
    @discardableResult
    private mutating func add(_ node: Node) -> AxisID? {
        if let number = numbers[node.identity] { return axes[number].axis.id }
        let origin = Node(file: node.file, id: node.id, path: pathOfOrigin(of: node))
        guard let found = AxisBuilder(tree: tree).axis(at: origin, id: AxisID(origin.path)) else { return nil }
        numbers[node.identity] = axes.count
        if ids[found.axis.id] == nil { ids[found.axis.id] = axes.count }
        axes.append(found)
        return found.axis.id
    }

    /// The path in `@target` if that is the same object, else where it stands in NXtransformations, else as reached.
    private func pathOfOrigin(of node: Node) -> String {
        guard node.file == 0 else { return node.path }
        if let target = tree.attribute("target", of: node)?.value.firstString.map(trimmed), target.hasPrefix("/"),
            let (found, file) = tree.objects.object(at: target, in: 0), file == 0, found == node.id
        {
            return target
        }
        let own = places[node.identity] ?? []
        return (own.first { $0.nexusClass == "NXtransformations" } ?? own.first)?.path ?? node.path
    }

    /// The paths in the entry of the object of an axis, the place of origin first.
    func paths(of found: FoundAxis) -> [String] {
        [found.node.path] + (places[found.node.identity] ?? []).map(\.path)
    }

    /// Resolves the `depends_on` of every axis; axes met on the way join the table and are resolved in turn.
    private mutating func followChains() {
        var next = 0
        while next < axes.count {
            let found = axes[next]
            defer { next += 1 }
            guard let attribute = tree.attribute("depends_on", of: found.node),
                let text = textAsWritten(attribute.value, attribute.type)
            else { continue }
            let place = Place.object(path: found.node.path, attribute: "depends_on")
            let resolver = ChainResolver(tree: tree)
            let group = parentPath(tree.ownPath(of: found.node))
            switch resolver.target(of: text, from: group, file: found.node.file) {
            case .base: axes[next].axis.dependsOn = Sourced(nil, .stated(place))
            case .undefined(let id, let note):
                axes[next].axis.dependsOn = Sourced(id, .stated(place))
                if let note { mentions.append(AxisMention(axis: id, item: "@depends_on", place: place, note: note)) }
            case .axis(let node, let note):
                let id = add(node)
                axes[next].axis.dependsOn = Sourced(id, .stated(place))
                guard let note else { continue }
                mentions.append(
                    AxisMention(axis: AxisID(text), item: "@depends_on", place: place, note: note))
            }
        }
    }
}
