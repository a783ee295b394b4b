// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import HDF5

/// An object of a set of files, at the path by which it was reached.
struct FileNode: Sendable {
    let file: Int
    let id: ObjectID
    let path: String

    func path(of name: String) -> String { path == "/" ? "/" + name : path + "/" + name }

    func isSame(as other: FileNode) -> Bool { file == other.file && id == other.id }
}

/// One link of a group and what it leads to.
struct Member {
    enum Target {
        case group(FileNode, className: String?)
        case field(FileNode)
        /// The link leads nowhere; the words tell where to.
        case broken(Broken)
        /// Named types, objects that were not read, user-defined links.
        case other
    }

    enum Broken {
        case missing(String)
        case absentFile(String)
        case circle(String)
    }

    let name: String
    let path: String
    let target: Target
    /// Whether it is a soft or external link.
    let isIndirect: Bool

    var node: FileNode? {
        switch target {
        case .group(let node, _), .field(let node): node
        case .broken, .other: nil
        }
    }

    var className: String? {
        if case .group(_, let name) = target { name } else { nil }
    }

    var isField: Bool { if case .field = target { true } else { false } }
    var isGroup: Bool { if case .group = target { true } else { false } }
    var isBroken: Bool { if case .broken = target { true } else { false } }
}

/// Walks a set of files: links resolved, classes read.
struct FileTree {
    let files: HDF5.FileSet
    private let snapshots: [Snapshot?]

    init(_ files: HDF5.FileSet) {
        self.files = files
        snapshots = files.files.map(\.snapshot)
    }

    var root: FileNode { FileNode(file: 0, id: files.main.root, path: "/") }

    func object(_ node: FileNode) -> HDF5.Object? {
        guard snapshots.indices.contains(node.file), let snapshot = snapshots[node.file],
            snapshot.objects.indices.contains(node.id.index)
        else { return nil }
        return snapshot[node.id]
    }

    func dataset(_ node: FileNode) -> Dataset? { object(node)?.dataset }

    func attribute(_ name: String, of node: FileNode) -> HDF5.Attribute? { object(node)?.attribute(name) }

    /// The single text of an attribute, of a scalar or an array of one.
    func text(_ name: String, of node: FileNode) -> String? { attribute(name, of: node)?.value.firstString }

    /// The text of NX_class; nil where there is none.
    func className(_ node: FileNode) -> String? {
        guard let text = text("NX_class", of: node), !text.isEmpty else { return nil }
        return text
    }

    /// All links of a group in order of name.
    func members(of group: FileNode) -> [Member] {
        (object(group)?.links ?? []).map { member($0, of: group) }
    }

    func member(_ name: String, of group: FileNode) -> Member? {
        object(group)?.link(name).map { member($0, of: group) }
    }

    private func member(_ link: Link, of group: FileNode) -> Member {
        let path = group.path(of: link.name)
        switch link.target {
        case .hard(let id):
            return Member(
                name: link.name, path: path, target: target(FileNode(file: group.file, id: id, path: path)),
                isIndirect: false)
        case .soft(let to):
            return Member(
                name: link.name, path: path, target: follow(link.name, from: group, path: path, to: to),
                isIndirect: true)
        case .external(let file, let inside):
            return Member(
                name: link.name, path: path,
                target: follow(link.name, from: group, path: path, to: "\(file):\(inside)"), isIndirect: true)
        case .userDefined, .unreadable, .notEntered:
            return Member(name: link.name, path: path, target: .other, isIndirect: false)
        }
    }

    private func follow(_ name: String, from group: FileNode, path: String, to: String) -> Member.Target {
        guard snapshots.indices.contains(group.file), let snapshot = snapshots[group.file] else { return .other }
        switch files.resolve(name, from: snapshot.path(of: group.id), in: group.file) {
        case .object(let id, let file): return target(FileNode(file: file, id: id, path: path))
        case .missing: return .broken(.missing(to))
        case .external(let file, _): return .broken(.absentFile(file))
        case .circle, .tooManyLinks: return .broken(.circle(to))
        case .userDefined, .unreadable: return .other
        }
    }

    private func target(_ node: FileNode) -> Member.Target {
        switch object(node)?.kind {
        case .group: .group(node, className: className(node))
        case .dataset: .field(node)
        case .namedType, .unreadable, nil: .other
        }
    }

    /// The object at a path, absolute in the file of a node or relative to it.
    func resolve(_ path: String, from node: FileNode) -> FileNode? {
        guard snapshots.indices.contains(node.file), let snapshot = snapshots[node.file] else { return nil }
        guard case .object(let id, let file) = files.resolve(path, from: snapshot.path(of: node.id), in: node.file)
        else { return nil }
        return FileNode(file: file, id: id, path: path.hasPrefix("/") ? path : node.path(of: path))
    }

    /// Whether a path leads into what was not looked at, so that nobody knows whether there is something.
    ///
    /// Members of an NXcollection are not read (nexus.md rule 36), nor are files that were not followed.
    func isUnknown(_ path: String, from node: FileNode) -> Bool {
        guard snapshots.indices.contains(node.file), let snapshot = snapshots[node.file] else { return true }
        switch files.resolve(path, from: snapshot.path(of: node.id), in: node.file) {
        case .unreadable, .userDefined, .external: return true
        case .object, .missing, .circle, .tooManyLinks: return false
        }
    }

    /// The groups that hold an object by hard links, at most eight.
    func groups(holding node: FileNode) -> [FileNode] {
        guard snapshots.indices.contains(node.file), let snapshot = snapshots[node.file] else { return [] }
        return snapshot.paths(of: node.id, most: 8).compactMap { path in
            let parent = parentPath(path)
            return snapshot.object(at: parent).map { FileNode(file: node.file, id: $0, path: parent) }
        }
    }

    /// How often an object is hard-linked in its file, counted up to two.
    func hasSeveralPlaces(_ node: FileNode) -> Bool {
        guard snapshots.indices.contains(node.file), let snapshot = snapshots[node.file] else { return false }
        return snapshot.paths(of: node.id, most: 2).count > 1
    }
}
