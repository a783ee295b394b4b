// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import HDF5

/// An object of a set of files, at the path by which it was reached from the main file.
public struct Node: Sendable, Hashable {
    /// Which object, whatever the path: hard links to one object share it.
    struct Identity: Sendable, Hashable {
        let file: Int
        let id: ObjectID
    }

    public let file: Int
    public let id: ObjectID
    public let path: String

    var identity: Identity { Identity(file: file, id: id) }

    func path(of name: String) -> String { joinedPath(path, name) }

    func isSame(as other: Node) -> Bool { file == other.file && id == other.id }
}

/// One link of a group and what it leads to.
public struct Member {
    public enum Target {
        case group(Node, className: String?)
        case field(Node)
        /// Nothing is there; the words tell where the link leads.
        case absent(Lost)
        /// There may be something, and nobody looked.
        case notRead(Unseen)
        /// A named type.
        case other
    }

    /// What a link leads to and is not there.
    public enum Lost: Sendable, Hashable {
        case missing(String)
        case file(String)
        case circle(String)
    }

    /// What a link leads to and was not looked at.
    public enum Unseen: Sendable, Hashable {
        /// A file that is there: refused by the policy, or not to be opened.
        case file(String)
        /// An object that cannot be read or was not entered, or lies behind a link of a class of its own; says why.
        case object(String)
    }

    public let name: String
    public let path: String
    public let target: Target
    /// Whether it is a soft or external link.
    public let isIndirect: Bool

    public var node: Node? {
        switch target {
        case .group(let node, _), .field(let node): node
        case .absent, .notRead, .other: nil
        }
    }

    public var className: String? {
        if case .group(_, let name) = target { name } else { nil }
    }

    var isField: Bool { if case .field = target { true } else { false } }
    var isGroup: Bool { if case .group = target { true } else { false } }

    /// Whether a link leads nowhere, or into a file that was not read.
    var isBroken: Bool {
        switch target {
        case .absent, .notRead(.file): true
        case .group, .field, .notRead(.object), .other: false
        }
    }
}

extension [Member] {
    /// The group whose class is nearly the one asked, else the one of the name that such groups customarily have.
    func groupMeant(for className: String, customaryName: String) -> Member? {
        let groups = filter(\.isGroup)
        let near = groups.first { ItemName.nearest(to: $0.className ?? "", among: [className]) != nil }
        return near ?? groups.first { $0.name == customaryName }
    }
}
