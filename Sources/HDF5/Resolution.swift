// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Where a path leads.
public enum Resolution: Sendable, Hashable {
    /// An object, in the file of this number in a `FileSet`; 0 is the main file, and the only one of a `Snapshot`.
    case object(ObjectID, in: Int = 0)
    /// The part of the path that does not exist.
    case missing(at: String)
    /// The path crosses into another file, which was not followed.
    case external(file: String, path: String)
    /// Links lead back to themselves.
    case circle
    /// More links in a row than the limit.
    case tooManyLinks
    /// The path crosses a link of a class of its own.
    case userDefined
    /// The path crosses something that cannot be read, or was not entered; says which.
    case unreadable(String)
}

extension Snapshot {
    /// The object at an absolute path, through hard and soft links of this file.
    public func object(at path: String) -> ObjectID? {
        if case .object(let id, _) = resolve(path, from: "/") { id } else { nil }
    }

    /// Follows a path through hard and soft links of this file.
    ///
    /// - Parameters:
    ///   - path: Absolute, or relative to a group; "." and empty names are skipped, ".." is a name like any other.
    ///   - group: Absolute path of a group.
    public func resolve(_ path: String, from group: String) -> Resolution {
        var way = PathWalk(self, limit: Limits.default.linksInARow)
        return way.follow(path, from: group)
    }
}

/// One walk along a path: names still to come, and links crossed so far.
struct PathWalk {
    private let snapshot: Snapshot
    private let limit: Int
    /// Links crossed, each with the names that were still to come: the same again is a circle.
    private var crossed: Set<String> = []
    private var place: ObjectID
    /// Path of `place`, as it was walked.
    private var placePath = ""
    /// Names still to come, the next one last.
    private var names: [Substring] = []

    init(_ snapshot: Snapshot, limit: Int) {
        self.snapshot = snapshot
        self.limit = limit
        place = snapshot.root
    }

    mutating func follow(_ path: String, from group: String) -> Resolution {
        push(path)
        if !path.utf8.starts(with: "/".utf8) { push(group) }
        while let name = names.popLast() {
            if let end = step(String(name)) { return end }
        }
        if case .unreadable(let why) = snapshot[place].kind { return .unreadable(why) }
        return .object(place)
    }

    private mutating func push(_ path: String) {
        for name in path.split(separator: "/").reversed() where name != "." { names.append(name) }
    }

    /// Goes one name further; an answer ends the walk.
    private mutating func step(_ name: String) -> Resolution? {
        let here = "\(placePath)/\(name)"
        guard case .group = snapshot[place].kind else {
            if case .unreadable(let why) = snapshot[place].kind { return .unreadable(why) }
            return .missing(at: here)
        }
        guard let link = snapshot[place].link(name) else { return .missing(at: here) }
        switch link.target {
        case .hard(let id):
            place = id
            placePath = here
        case .soft(let target):
            guard crossed.insert(([Substring(here)] + names).joined(separator: "\0")).inserted else { return .circle }
            guard crossed.count <= limit else { return .tooManyLinks }
            push(target)
            if target.utf8.starts(with: "/".utf8) {
                place = snapshot.root
                placePath = ""
            }
        case .external(let file, let path):
            let rest = names.reversed().joined(separator: "/")
            return .external(file: file, path: rest.isEmpty ? path : path == "/" ? "/" + rest : path + "/" + rest)
        case .userDefined: return .userDefined
        case .unreadable(let why): return .unreadable(why)
        case .notEntered: return .unreadable("'\(here)' was not entered")
        }
        return nil
    }
}
