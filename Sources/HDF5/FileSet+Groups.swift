// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A group of another file that a link of the main file leads to, directly or through other groups.
public struct LinkedGroup: Sendable {
    /// Number of its file in the set.
    public let file: Int
    /// The group in its file.
    public let id: ObjectID
    /// Where a reader of the main file finds it.
    public let path: String
}

extension FileSet {
    /// Groups that lie in other files and that a reader walks into from the main file, each once.
    ///
    /// A master may hold nothing but a link to the entry of another file: what that presents is part of the data set.
    public func linkedGroups() -> [LinkedGroup] {
        guard files.count > 1 else { return [] }
        var found: [LinkedGroup] = []
        var seen: Set<Place> = []
        func enter(_ link: Link, of group: String) {
            guard case .object(let id, let file) = resolve(link.name, from: group), file != 0,
                files[file].snapshot?[id].kind == .group, seen.insert(Place(file: file, id: id)).inserted
            else { return }
            found.append(LinkedGroup(file: file, id: id, path: Self.path(link.name, in: group)))
        }
        for object in main.objects where object.links.contains(where: \.target.isExternal) {
            let group = main.path(of: object.id)
            for link in object.links where link.target.isExternal { enter(link, of: group) }
        }
        var next = 0
        while next < found.count {
            let group = found[next]
            next += 1
            for link in files[group.file].snapshot?[group.id].links ?? [] {
                if case .hard(let id) = link.target {
                    guard files[group.file].snapshot?[id].kind == .group,
                        seen.insert(Place(file: group.file, id: id)).inserted
                    else { continue }
                    found.append(LinkedGroup(file: group.file, id: id, path: Self.path(link.name, in: group.path)))
                } else if link.target.isExternal {
                    enter(link, of: group.path)
                }
            }
        }
        return found
    }

    /// The link or virtual dataset that names a file, by its path and the file that has it.
    func naming(_ file: Int) -> (path: String, holder: Int)? {
        for (number, one) in files.enumerated() where number != file {
            guard let snapshot = one.snapshot else { continue }
            for object in snapshot.objects {
                for link in object.links {
                    guard case .external(let name, _) = link.target, self.number(ofFile: name, namedBy: number) == file
                    else { continue }
                    return (Self.path(link.name, in: snapshot.path(of: object.id)), number)
                }
                guard case .virtual(let mappings)? = object.dataset?.layout else { continue }
                for mapping in mappings where sources(of: mapping, in: number).contains(where: { $0.file == file }) {
                    return (snapshot.path(of: object.id), number)
                }
            }
        }
        return nil
    }

    /// A path, behind the name of its file where that is not the main one.
    func shown(_ path: String, in file: Int) -> String { file == 0 ? path : "\(files[file].name):\(path)" }

    private struct Place: Hashable {
        let file: Int
        let id: ObjectID
    }

    static func path(_ name: String, in group: String) -> String {
        group == "/" ? "/" + name : group + "/" + name
    }
}

extension Link.Target {
    /// The link names another file.
    var isExternal: Bool { if case .external = self { true } else { false } }
}
