// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What is in force in one entry or subentry.
struct EntryContext {
    /// The name in the file, taken or forced.
    let definition: String?
    let application: Application?
    let set: DefinitionSet
    /// Subject rules (axes, beam, image data) speak for their parts in this entry, so the generic rules are silent.
    let hasSubjectRules: Bool
    /// Whether undocumented items are told; not when the definition of the entry is unknown.
    let tellsUndocumented: Bool
    /// The name of the definition differs from its own in capitals only.
    let differsInCase: Bool
    /// How many numbers of one value are compared with the domain of its type.
    var mostValues = 1_000_000
    /// Knows items of later releases; nil where nothing is told of undocumented items.
    var later: LaterReleases?

    var isNXmx: Bool { application?.chain.contains("NXmx") ?? false }

    /// All of it that plans of groups depend on; sets and applications live as long as the library.
    struct Key: Hashable {
        let set: ObjectIdentifier
        let application: ObjectIdentifier?
        let tellsUndocumented: Bool
        let knowsLater: Bool
    }

    var key: Key {
        Key(
            set: ObjectIdentifier(set), application: application.map { ObjectIdentifier($0) },
            tellsUndocumented: tellsUndocumented, knowsLater: later != nil)
    }
}

/// Groups that are open above a place, innermost first; shared between branches.
final class Ancestors {
    let node: Node
    let above: Ancestors?
    let depth: Int

    init(_ node: Node, above: Ancestors?) {
        self.node = node
        self.above = above
        depth = (above?.depth ?? 0) + 1
    }

    func contains(_ node: Node) -> Bool {
        var next: Ancestors? = self
        while let one = next {
            if one.node.isSame(as: node) { return true }
            next = one.above
        }
        return false
    }
}

/// A group that waits to be checked, with the concepts it takes.
struct GroupWork {
    let node: Node
    let className: String
    /// What applications ask of it, several definitions of a chain laid over each other.
    let application: Concept?
    /// What its class defines, with the items of the place where it stands.
    let base: Concept?
    /// Within this path one symbol has one value.
    let scope: String
    let ancestors: Ancestors
}
