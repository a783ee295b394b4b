// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import HDF5

/// The objects of a set of files, looked at where they stand: copying one costs more than most questions to it.
struct ObjectTable: Sendable {
    let files: FileSet
    /// By file and number; none of a file that was not read.
    private let objects: [[Object]]
    /// By file.
    private let roots: [ObjectID?]

    init(_ files: FileSet) {
        self.files = files
        objects = files.files.map { $0.snapshot?.objects ?? [] }
        roots = files.files.map { $0.snapshot?.root }
    }

    /// How many objects the files have.
    var counts: [Int] { objects.map(\.count) }

    func holds(_ id: ObjectID, in file: Int) -> Bool {
        objects.indices.contains(file) && objects[file].indices.contains(id.index)
    }

    func snapshot(_ file: Int) -> Snapshot? { files.files.indices.contains(file) ? files.files[file].snapshot : nil }

    func object(_ id: ObjectID, in file: Int) -> Object? { holds(id, in: file) ? objects[file][id.index] : nil }

    func kind(_ id: ObjectID, in file: Int) -> Object.Kind? { holds(id, in: file) ? objects[file][id.index].kind : nil }

    func isDataset(_ id: ObjectID, in file: Int) -> Bool {
        holds(id, in: file) && objects[file][id.index].dataset != nil
    }

    func dataset(_ id: ObjectID, in file: Int) -> Dataset? {
        holds(id, in: file) ? objects[file][id.index].dataset : nil
    }

    func attributes(_ id: ObjectID, in file: Int) -> [Attribute] {
        holds(id, in: file) ? objects[file][id.index].attributes : []
    }

    func links(_ id: ObjectID, in file: Int) -> [Link] { holds(id, in: file) ? objects[file][id.index].links : [] }

    func attribute(_ name: String, of id: ObjectID, in file: Int) -> Attribute? {
        let attributes = attributes(id, in: file)
        for index in attributes.indices where Self.isSame(attributes[index].name, name) { return attributes[index] }
        return nil
    }

    func link(_ name: String, of id: ObjectID, in file: Int) -> Link? {
        let links = links(id, in: file)
        guard links.count <= 16 else { return objects[file][id.index].link(name) }
        for index in links.indices where Self.isSame(links[index].name, name) { return links[index] }
        return nil
    }

    /// Whether two names have the same bytes; equal strings may differ in them.
    private static func isSame(_ one: String, _ other: String) -> Bool {
        one.utf8.count == other.utf8.count && one == other && one.utf8.elementsEqual(other.utf8)
    }

    /// Follows a path through links of all kinds.
    ///
    /// - Parameters:
    ///   - path: Absolute, or relative to a group.
    ///   - start: That group.
    func resolve(_ path: String, from start: ObjectID, in file: Int) -> Resolution {
        if case .object(let id) = direct(path, from: start, in: file) { return .object(id, in: file) }
        guard let snapshot = snapshot(file) else { return files.resolve(path, from: "/", in: file) }
        return files.resolve(path, from: snapshot.path(of: start), in: file)
    }

    /// The object at the end of a path, absolute or relative to a group, and its file; nil where there is none.
    func object(at path: String, from start: ObjectID, in file: Int) -> (id: ObjectID, file: Int)? {
        switch direct(path, from: start, in: file) {
        case .object(let id): return (id, file)
        case .nothing: return nil
        case .unclear: break
        }
        guard case .object(let id, let owner) = resolve(path, from: start, in: file) else { return nil }
        return (id, owner)
    }

    /// The object at the end of an absolute path, and its file; nil where there is none.
    func object(at path: String, in file: Int) -> (id: ObjectID, file: Int)? {
        guard roots.indices.contains(file), let root = roots[file] else { return nil }
        return object(at: path, from: root, in: file)
    }

    private enum Way {
        case object(ObjectID)
        case nothing
        /// Other links than hard ones are crossed, or the path is not ASCII.
        case unclear
    }

    /// Follows hard links alone, which are enough for most paths and need no paths of groups.
    private func direct(_ path: String, from start: ObjectID, in file: Int) -> Way {
        let bytes = path.utf8
        guard roots.indices.contains(file), bytes.allSatisfy({ $0 < 0x80 }),
            var place = bytes.first == 0x2F ? roots[file] : start, holds(place, in: file)
        else { return .unclear }
        var rest = Substring(path)
        while !rest.isEmpty {
            let end = rest.utf8.firstIndex(of: 0x2F) ?? rest.endIndex
            let name = rest[..<end]
            rest = end < rest.endIndex ? rest[rest.utf8.index(after: end)...] : ""
            if name.isEmpty || name == "." { continue }
            if case .unreadable = objects[file][place.index].kind { return .unclear }
            guard let link = link(String(name), of: place, in: file) else { return .nothing }
            guard case .hard(let next) = link.target, holds(next, in: file) else { return .unclear }
            place = next
        }
        if case .unreadable = objects[file][place.index].kind { return .unclear }
        return .object(place)
    }
}
