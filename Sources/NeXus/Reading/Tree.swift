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
struct Tree {
    /// A member of a group that can be reached.
    struct Child {
        let name: String
        let node: Node
        /// The text of `NX_class`; nil where there is none.
        let nexusClass: String?
        let isDataset: Bool
    }

    let objects: ObjectTable
    private let memory = Memory()

    /// Members of groups that were listed before, with the path they were listed for.
    private final class Memory {
        var listed: [Node.Identity: (path: String, children: [Child])] = [:]
        /// How many more members are kept.
        var room = 50_000
    }

    init(files: FileSet) { objects = ObjectTable(files) }

    var files: FileSet { objects.files }

    func object(_ node: Node) -> Object? { objects.object(node.identity.object, in: node.identity.file) }

    func dataset(_ node: Node) -> Dataset? { objects.dataset(node.identity.object, in: node.identity.file) }

    func isDataset(_ node: Node) -> Bool { objects.isDataset(node.identity.object, in: node.identity.file) }

    func kind(_ node: Node) -> Object.Kind? { objects.kind(node.identity.object, in: node.identity.file) }

    func attribute(_ name: String, of node: Node) -> Attribute? {
        objects.attribute(name, of: node.identity.object, in: node.identity.file)
    }

    func links(of node: Node) -> [Link] { objects.links(node.identity.object, in: node.identity.file) }

    func hasLink(_ name: String, in node: Node) -> Bool {
        objects.link(name, of: node.identity.object, in: node.identity.file) != nil
    }

    var root: Node {
        Node(identity: .init(file: 0, object: files.main.root), path: "/")
    }

    /// The member of a group by name; nil when there is none or its link leads nowhere.
    func child(_ name: String, of node: Node) -> Node? {
        objects.link(name, of: node.identity.object, in: node.identity.file).flatMap { target(of: $0, in: node) }
    }

    /// All members of a group that can be reached, in the order of their names.
    func children(of node: Node) -> [Child] {
        guard kind(node) == .group else { return [] }
        if let known = memory.listed[node.identity], known.path == node.path { return known.children }
        let children = objects.links(node.identity.object, in: node.identity.file).compactMap { link -> Child? in
            guard let inner = target(of: link, in: node) else { return nil }
            return Child(
                name: link.name, node: inner, nexusClass: nexusClass(of: inner), isDataset: isDataset(inner))
        }
        if children.count <= memory.room {
            memory.room -= children.count
            memory.listed[node.identity] = (node.path, children)
        }
        return children
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
        guard node.identity.file != 0, let snapshot = objects.snapshot(node.identity.file) else { return node.path }
        return snapshot.path(of: node.identity.object)
    }

    /// The text of `NX_class`; an array counts by its first string.
    func nexusClass(of node: Node) -> String? { attribute("NX_class", of: node)?.value.firstString }

    /// Subgroups of a class; without any, the subgroup of the customary name that states no class.
    func groups(_ nexusClass: String, in node: Node, customaryName: String? = nil) -> [Node] {
        let members = children(of: node)
        let found = members.filter { $0.nexusClass == nexusClass }.map(\.node)
        if !found.isEmpty { return found }
        guard let customaryName, let named = members.first(where: { $0.name == customaryName }),
            kind(named.node) == .group, named.nexusClass == nil
        else { return [] }
        return [named.node]
    }

    func joined(_ group: String, _ name: String) -> String { group.hasSuffix("/") ? group + name : group + "/" + name }

    /// The path of the group that holds the object of this path.
    func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
        return String(path[..<slash])
    }
}
