// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import HDF5

/// The set of files of one check as a tree of NeXus: links of every kind resolved, classes read, each group listed once.
///
/// Objects are reached in place: a copy of one costs more than what is asked of it.
public final class NeXusTree {
    let objects: ObjectTable
    /// Members of groups that were listed before, with the path they were listed for.
    private var listed: [(path: String, members: [Member])] = []
    /// Where in that list a group stands, counted from 1, by file and object; 0: it was not listed.
    private var places: [[UInt32]]
    /// How many more members are kept.
    private var room = 50_000
    /// Files that were looked for, the first of each name, and whether they are not there.
    private lazy var isFileAbsent: [String: Bool] = {
        let states = files.files.map { file in
            if case .absent = file.state { (file.name, true) } else { (file.name, false) }
        }
        return Dictionary(states, uniquingKeysWith: { first, _ in first })
    }()

    public init(_ files: HDF5.FileSet) {
        objects = ObjectTable(files)
        places = objects.counts.map { [UInt32](repeating: 0, count: $0) }
    }

    public var files: HDF5.FileSet { objects.files }

    public var root: Node { Node(file: 0, id: files.main.root, path: "/") }

    func object(_ node: Node) -> HDF5.Object? { objects.object(node.id, in: node.file) }

    func dataset(_ node: Node) -> Dataset? { objects.dataset(node.id, in: node.file) }

    func isDataset(_ node: Node) -> Bool { objects.isDataset(node.id, in: node.file) }

    func kind(_ node: Node) -> HDF5.Object.Kind? { objects.kind(node.id, in: node.file) }

    func links(of group: Node) -> [Link] { objects.links(group.id, in: group.file) }

    /// Whether a group has a link of this name, wherever it leads.
    func hasLink(_ name: String, in group: Node) -> Bool { objects.link(name, of: group.id, in: group.file) != nil }

    /// All attributes in order of name.
    func attributes(of node: Node) -> [HDF5.Attribute] { objects.attributes(node.id, in: node.file) }

    func attribute(_ name: String, of node: Node) -> HDF5.Attribute? {
        objects.attribute(name, of: node.id, in: node.file)
    }

    /// The single text of an attribute, of a scalar or an array of one.
    func text(_ name: String, of node: Node) -> String? { attribute(name, of: node)?.value.firstString }

    /// The text of NX_class; nil where there is none.
    func className(_ node: Node) -> String? {
        guard let attribute = attribute("NX_class", of: node),
            let text = textAsWritten(attribute.value, attribute.type), !text.isEmpty, text != " "
        else { return nil }
        return text
    }

    /// All links of a group in order of name.
    public func members(of group: Node) -> [Member] {
        guard objects.holds(group.id, in: group.file) else { return [] }
        let place = Int(places[group.file][group.id.index]) &- 1
        if listed.indices.contains(place), listed[place].path == group.path { return listed[place].members }
        let members = objects.links(group.id, in: group.file).map { member($0, of: group) }
        if !members.isEmpty, members.count <= room {
            room -= members.count
            if listed.indices.contains(place) {
                listed[place] = (group.path, members)
            } else {
                listed.append((group.path, members))
                places[group.file][group.id.index] = UInt32(listed.count)
            }
        }
        return members
    }

    public func member(_ name: String, of group: Node) -> Member? {
        objects.link(name, of: group.id, in: group.file).map { member($0, of: group) }
    }

    private func member(_ link: Link, of group: Node) -> Member {
        let path = group.path(of: link.name)
        switch link.target {
        case .hard(let id):
            return Member(
                name: link.name, path: path, target: target(Node(file: group.file, id: id, path: path)),
                isIndirect: false)
        case .soft(let to):
            return Member(
                name: link.name, path: path, target: follow(link.name, from: group, path: path, to: to),
                isIndirect: true)
        case .external(let file, let inside):
            return Member(
                name: link.name, path: path,
                target: follow(link.name, from: group, path: path, to: "\(file):\(inside)"), isIndirect: true)
        case .userDefined:
            return Member(
                name: link.name, path: path, target: .notRead(.object("behind a user-defined link")), isIndirect: false)
        case .unreadable(let why):
            return Member(name: link.name, path: path, target: .notRead(.object(why)), isIndirect: false)
        case .notEntered:
            return Member(name: link.name, path: path, target: .notRead(.object("not entered")), isIndirect: false)
        }
    }

    private func follow(_ name: String, from group: Node, path: String, to: String) -> Member.Target {
        switch objects.resolve(name, from: group.id, in: group.file) {
        case .object(let id, let file): return target(Node(file: file, id: id, path: path))
        case .missing: return .absent(.missing(to))
        case .external(let name, _):
            return isFileAbsent[name] == true ? .absent(.file(name)) : .notRead(.file(name))
        case .circle, .tooManyLinks: return .absent(.circle(to))
        case .userDefined: return .notRead(.object("behind a user-defined link"))
        case .unreadable(let why): return .notRead(.object(why))
        }
    }

    private func target(_ node: Node) -> Member.Target {
        switch objects.kind(node.id, in: node.file) {
        case .group: .group(node, className: className(node))
        case .dataset: .field(node)
        case .namedType, nil: .other
        case .unreadable(let why): .notRead(.object(why))
        }
    }

    /// The object at a path, absolute in the file of a node or relative to it.
    func resolve(_ path: String, from node: Node) -> Node? {
        guard let (id, file) = objects.object(at: path, from: node.id, in: node.file) else { return nil }
        return Node(file: file, id: id, path: path.hasPrefix("/") ? path : node.path(of: path))
    }

    /// Whether a path leads into what was not looked at, so that nobody knows whether there is something.
    ///
    /// Members of an NXcollection are not read (nexus.md rule 36), nor are files that were not followed.
    func isUnknown(_ path: String, from node: Node) -> Bool {
        switch objects.resolve(path, from: node.id, in: node.file) {
        case .unreadable, .userDefined, .external: return true
        case .object, .missing, .circle, .tooManyLinks: return false
        }
    }

    /// The groups that hold an object by hard links, at most eight.
    func groups(holding node: Node) -> [Node] {
        guard let snapshot = objects.snapshot(node.file) else { return [] }
        return snapshot.paths(of: node.id, most: 8).compactMap { path in
            let parent = parentPath(path)
            return snapshot.object(at: parent).map { Node(file: node.file, id: $0, path: parent) }
        }
    }

    /// How often an object is hard-linked in its file, counted up to two.
    func hasSeveralPlaces(_ node: Node) -> Bool {
        guard let snapshot = objects.snapshot(node.file) else { return false }
        return snapshot.paths(of: node.id, most: 2).count > 1
    }
}
