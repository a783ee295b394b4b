// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import HDF5

/// One object of a file set and the path by which it was reached from the main file.
struct Node: Sendable, Hashable {
    /// Which object, whatever the path: hard links to one object share it.
    struct Identity: Sendable, Hashable {
        var file: Int
        var object: ObjectID
    }

    var identity: Identity
    var path: String
}

/// Walks a file set by name and by class; links of every kind are resolved, broken ones are absent.
struct Tree: Sendable {
    let files: FileSet

    func snapshot(_ file: Int) -> Snapshot? {
        guard files.files.indices.contains(file) else { return nil }
        guard case .opened(let snapshot) = files.files[file].state else { return nil }
        return snapshot
    }

    func object(_ node: Node) -> Object? { snapshot(node.identity.file)?[node.identity.object] }

    func dataset(_ node: Node) -> Dataset? { object(node)?.dataset }

    var root: Node {
        Node(identity: .init(file: 0, object: files.main.root), path: "/")
    }

    /// The member of a group by name; nil when there is none or its link leads nowhere.
    func child(_ name: String, of node: Node) -> Node? {
        guard let link = object(node)?.link(name) else { return nil }
        return target(of: link, in: node)
    }

    /// All members of a group that can be reached, in the order of their names.
    func children(of node: Node) -> [(name: String, node: Node)] {
        guard let group = object(node), group.kind == .group else { return [] }
        return group.links.compactMap { link in target(of: link, in: node).map { (link.name, $0) } }
    }

    private func target(of link: Link, in group: Node) -> Node? {
        let path = joined(group.path, link.name)
        switch link.target {
        case .hard(let id): return Node(identity: .init(file: group.identity.file, object: id), path: path)
        case .soft, .external:
            let resolution = files.resolve(link.name, from: ownPath(of: group), in: group.identity.file)
            guard case .object(let id, let file) = resolution else { return nil }
            return Node(identity: .init(file: file, object: id), path: path)
        default: return nil
        }
    }

    /// The path of an object in the file that holds it.
    func ownPath(of node: Node) -> String {
        guard node.identity.file != 0, let snapshot = snapshot(node.identity.file) else { return node.path }
        return snapshot.path(of: node.identity.object)
    }

    /// The text of `NX_class`; an array counts by its first string.
    func nexusClass(of node: Node) -> String? { object(node)?.attribute("NX_class")?.value.firstString }

    /// Subgroups of a class; without any, the subgroup of the customary name that states no class.
    func groups(_ nexusClass: String, in node: Node, customaryName: String? = nil) -> [Node] {
        let members = children(of: node)
        let found = members.filter { self.nexusClass(of: $0.node) == nexusClass }.map(\.node)
        if !found.isEmpty { return found }
        guard let customaryName, let named = members.first(where: { $0.name == customaryName })?.node,
            object(named)?.kind == .group, self.nexusClass(of: named) == nil
        else { return [] }
        return [named]
    }

    func joined(_ group: String, _ name: String) -> String { group.hasSuffix("/") ? group + name : group + "/" + name }

    /// The path of the group that holds the object of this path.
    func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
        return String(path[..<slash])
    }
}
