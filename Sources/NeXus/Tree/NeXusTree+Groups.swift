// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import HDF5

// What a reader of experiments asks of the tree: members by name, groups by class.

extension NeXusTree {
    /// The entries of the main file, in order of name.
    public var entries: [Node] { members(of: root).compactMap { $0.className == "NXentry" ? $0.node : nil } }

    /// The text of `definition` in an entry; nil where there is none.
    public func definitionName(of entry: Node) -> String? {
        guard let field = child("definition", of: entry), let text = dataset(field)?.value.firstString, !text.isEmpty
        else { return nil }
        return text
    }

    /// Why the definition that an entry names is not known; nil where it was read, or none is there.
    func unreadDefinition(of entry: Node) -> String? {
        guard let link = objects.link("definition", of: entry.id, in: entry.file) else { return nil }
        guard let field = child("definition", of: entry) else {
            switch objects.resolve(link.name, from: entry.id, in: entry.file) {
            case .external(let file, _): return "in '\(file)', which was not read"
            case .unreadable(let why): return "not reached (\(why))"
            case .tooManyLinks: return "behind more links than are followed"
            case .object, .missing, .circle, .userDefined: return nil
            }
        }
        return dataset(field).flatMap { $0.value.unseen(of: $0.shape ?? [], $0.type, most: 1) }
    }

    /// The member of a group by name; nil when there is none or its link leads nowhere.
    func child(_ name: String, of group: Node) -> Node? {
        guard let link = objects.link(name, of: group.id, in: group.file) else { return nil }
        let path = group.path(of: link.name)
        switch link.target {
        case .hard(let id): return Node(file: group.file, id: id, path: path)
        case .soft, .external:
            guard case .object(let id, let file) = objects.resolve(link.name, from: group.id, in: group.file) else {
                return nil
            }
            return Node(file: file, id: id, path: path)
        case .userDefined, .unreadable, .notEntered: return nil
        }
    }

    /// Subgroups of a class; without any, the subgroup of the customary name, whose class is told.
    func groups(_ className: String, in node: Node, customaryName: String? = nil) -> [Node] {
        let members = members(of: node)
        var found: [Node] = []
        for member in members where member.className == className {
            if let node = member.node { found.append(node) }
        }
        guard found.isEmpty, let customaryName,
            let named = members.first(where: { $0.name == customaryName && $0.node != nil }), named.isGroup,
            let node = named.node
        else { return found }
        return [node]
    }

    /// The path of an object in the file that holds it.
    func ownPath(of node: Node) -> String {
        guard node.file != 0, let snapshot = objects.snapshot(node.file) else { return node.path }
        return snapshot.path(of: node.id)
    }
}
