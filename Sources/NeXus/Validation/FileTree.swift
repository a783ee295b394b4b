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
///
/// Objects are reached in place: a copy of one costs more than what is asked of it.
final class FileTree {
    let objects: ObjectTable
    /// Members of groups that were listed before, by file and object, with the path they were listed for.
    private var listed: [[(path: String, members: [Member])?]]
    /// How many more members are kept.
    private var room = 50_000

    init(_ files: HDF5.FileSet) {
        objects = ObjectTable(files)
        listed = objects.counts.map { [(path: String, members: [Member])?](repeating: nil, count: $0) }
    }

    var files: HDF5.FileSet { objects.files }

    var root: FileNode { FileNode(file: 0, id: files.main.root, path: "/") }

    func object(_ node: FileNode) -> HDF5.Object? { objects.object(node.id, in: node.file) }

    func dataset(_ node: FileNode) -> Dataset? { objects.dataset(node.id, in: node.file) }

    /// All attributes in order of name.
    func attributes(of node: FileNode) -> [HDF5.Attribute] { objects.attributes(node.id, in: node.file) }

    func attribute(_ name: String, of node: FileNode) -> HDF5.Attribute? {
        objects.attribute(name, of: node.id, in: node.file)
    }

    /// The single text of an attribute, of a scalar or an array of one.
    func text(_ name: String, of node: FileNode) -> String? { attribute(name, of: node)?.value.firstString }

    /// The text of NX_class; nil where there is none.
    func className(_ node: FileNode) -> String? {
        guard let text = text("NX_class", of: node), !text.isEmpty else { return nil }
        return text
    }

    /// All links of a group in order of name.
    func members(of group: FileNode) -> [Member] {
        guard objects.holds(group.id, in: group.file) else { return [] }
        if let known = listed[group.file][group.id.index], known.path == group.path { return known.members }
        let members = objects.links(group.id, in: group.file).map { member($0, of: group) }
        if members.count <= room {
            room -= members.count
            listed[group.file][group.id.index] = (group.path, members)
        }
        return members
    }

    func member(_ name: String, of group: FileNode) -> Member? {
        objects.link(name, of: group.id, in: group.file).map { member($0, of: group) }
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
        switch objects.resolve(name, from: group.id, in: group.file) {
        case .object(let id, let file): return target(FileNode(file: file, id: id, path: path))
        case .missing: return .broken(.missing(to))
        case .external(let file, _): return .broken(.absentFile(file))
        case .circle, .tooManyLinks: return .broken(.circle(to))
        case .userDefined, .unreadable: return .other
        }
    }

    private func target(_ node: FileNode) -> Member.Target {
        switch objects.kind(node.id, in: node.file) {
        case .group: .group(node, className: className(node))
        case .dataset: .field(node)
        case .namedType, .unreadable, nil: .other
        }
    }

    /// The object at a path, absolute in the file of a node or relative to it.
    func resolve(_ path: String, from node: FileNode) -> FileNode? {
        guard let (id, file) = objects.object(at: path, from: node.id, in: node.file) else { return nil }
        return FileNode(file: file, id: id, path: path.hasPrefix("/") ? path : node.path(of: path))
    }

    /// Whether a path leads into what was not looked at, so that nobody knows whether there is something.
    ///
    /// Members of an NXcollection are not read (nexus.md rule 36), nor are files that were not followed.
    func isUnknown(_ path: String, from node: FileNode) -> Bool {
        switch objects.resolve(path, from: node.id, in: node.file) {
        case .unreadable, .userDefined, .external: return true
        case .object, .missing, .circle, .tooManyLinks: return false
        }
    }

    /// The groups that hold an object by hard links, at most eight.
    func groups(holding node: FileNode) -> [FileNode] {
        guard let snapshot = objects.snapshot(node.file) else { return [] }
        return snapshot.paths(of: node.id, most: 8).compactMap { path in
            let parent = parentPath(path)
            return snapshot.object(at: parent).map { FileNode(file: node.file, id: $0, path: parent) }
        }
    }

    /// How often an object is hard-linked in its file, counted up to two.
    func hasSeveralPlaces(_ node: FileNode) -> Bool {
        guard let snapshot = objects.snapshot(node.file) else { return false }
        return snapshot.paths(of: node.id, most: 2).count > 1
    }
}
