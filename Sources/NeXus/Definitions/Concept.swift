// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// An item of a definition with what it inherits; the node of the trees that files are met with.
final class Concept: Sendable {
    let item: Item
    let pattern: NamePattern?
    let children: [Concept]
    /// The definition that states it.
    let definition: String
    let isBase: Bool
    /// The definitions of a chain it stands for, one bit each.
    let mask: UInt64
    /// Whether something is required in it, at any depth.
    let asksBelow: Bool
    /// What the class ignores; of the roots of base classes only.
    let ignored: Definition.Ignored

    var kind: Item.Kind { item.kind }
    var name: String? { item.name }
    var isRequired: Bool { item.minimum > 0 }

    /// Whether it matters how often it is there.
    var hasLimits: Bool { item.minimum > 0 || item.isRecommended || item.maximum != nil }

    /// How messages and places name it: its name, or its class in brackets.
    var label: String {
        guard let name = item.name else { return "(\(item.type ?? "group"))" }
        return item.match == .specified ? name : "(\(name))"
    }

    private init(
        item: Item, pattern: NamePattern?, children: [Concept], definition: String, isBase: Bool, mask: UInt64,
        ignored: Definition.Ignored
    ) {
        self.item = item
        self.pattern = pattern
        self.children = children
        self.definition = definition
        self.isBase = isBase
        self.mask = mask
        self.ignored = ignored
        asksBelow = item.type != "NXcollection" && children.contains { $0.isRequired || $0.asksBelow }
    }

    /// The root of a definition; its children are the items.
    convenience init(of definition: Definition, isBase: Bool, mask: UInt64) {
        let item = Item(
            kind: .group, name: nil, match: .any, type: definition.name, minimum: 0, maximum: nil, line: 1,
            items: definition.items)
        self.init(item, definition, isBase: isBase, mask: mask, ignored: definition.ignored)
    }

    /// Depth is bounded by what was read: 64 levels of facts, 256 of XML.
    ///
    /// What a base class ignores holds in its own groups, what an application ignores in its whole tree.
    private convenience init(
        _ stated: Item, _ definition: Definition, isBase: Bool, mask: UInt64, ignored: Definition.Ignored
    ) {
        let children = stated.items.map {
            Concept($0, definition, isBase: isBase, mask: mask, ignored: isBase ? [] : ignored)
        }
        var item = stated
        item.items = []
        if definition.isLegacy { item.match = LegacyNames.match(of: item) }
        let pattern = item.match == .specified ? nil : item.name.map(NamePattern.init)
        self.init(
            item: item, pattern: pattern, children: children, definition: definition.name, isBase: isBase, mask: mask,
            ignored: ignored)
    }

    /// This concept filled up from one below it: properties it does not state, and items that it has not.
    func laid(over parent: Concept) -> Concept {
        var filled = item
        filled.fill(from: parent.item)
        var children = children
        var places: [Item.Key: Int] = [:]
        for (index, child) in children.enumerated() { places[child.item.key] = places[child.item.key] ?? index }
        var used = Set<Int>()
        for other in parent.children {
            if let index = places[other.item.key] ?? index(of: other, in: self.children), used.insert(index).inserted {
                children[index] = children[index].laid(over: other)
            } else {
                children.append(other)
            }
        }
        return Concept(
            item: filled, pattern: pattern, children: children, definition: definition, isBase: isBase && parent.isBase,
            mask: mask | parent.mask, ignored: ignored.union(parent.ignored))
    }

    /// The concept that shares a name with a link: a link has the kind of what it leads to.
    private func index(of other: Concept, in concepts: [Concept]) -> Int? {
        guard let name = other.name, other.kind != .attribute else { return nil }
        return concepts.firstIndex {
            $0.name == name && $0.kind != .attribute && ($0.kind == .link || other.kind == .link)
        }
    }
}

/// The groups, fields, links and choices below a concept, by what a name needs to be compared with.
final class MemberIndex: Sendable {
    /// Kept, so that no other concept takes its identity.
    private let parent: Concept?
    let concepts: [Concept]
    /// Places of concepts of one fixed name.
    let fixed: [String: [Int]]
    /// Places of concepts that take more than one name.
    let flexible: [Int]

    init(of parent: Concept?) {
        self.parent = parent
        concepts = parent?.children.filter { $0.kind != .attribute } ?? []
        var fixed: [String: [Int]] = [:]
        var flexible: [Int] = []
        for (index, concept) in concepts.enumerated() {
            if let name = concept.name, concept.item.match == .specified {
                fixed[name, default: []].append(index)
            } else {
                flexible.append(index)
            }
        }
        self.fixed = fixed
        self.flexible = flexible
    }

    static let empty = MemberIndex(of: nil)
}
