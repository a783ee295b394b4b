// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import HDF5

/// Numbers the structures of the groups and fields of one set of files, each object once.
final class StructureReader {
    let tree: NeXusTree
    let cache: StructureCache
    /// By file and object; 0 where nobody asked yet.
    private var known: [[Int]]

    /// Has no number, or is being numbered: a group that holds itself has no structure that ends.
    private static let none = -1
    private static let deepest = 64

    private enum Mark {
        static let group = 1
        static let field = 2
        static let broken = -2
        static let other = -3
    }

    init(tree: NeXusTree, cache: StructureCache) {
        self.tree = tree
        self.cache = cache
        known = tree.objects.counts.map { [Int](repeating: 0, count: $0) }
    }

    /// The number of a group or field with all it holds: equal numbers, equal structures.
    ///
    /// - Returns: nil for groups that hold themselves, are too deep, or find no room in the cache.
    func number(of node: Node) -> Int? {
        number(of: node, isField: tree.dataset(node) != nil, depth: 0)
    }

    private func number(of node: Node, isField: Bool, depth: Int) -> Int? {
        guard known.indices.contains(node.file), known[node.file].indices.contains(node.id.index),
            depth < Self.deepest
        else { return nil }
        let number = known[node.file][node.id.index]
        if number != 0 { return number == Self.none ? nil : number }
        known[node.file][node.id.index] = Self.none
        let list = isField ? field(node) : group(node, depth: depth)
        guard let list, let number = cache.number(of: list) else { return nil }
        known[node.file][node.id.index] = number
        return number
    }

    /// The number of the names of the attributes of an object; nil when they find no room in the cache.
    func number(ofAttributesOf node: Node) -> Int? { field(node).flatMap(cache.number(of:)) }

    private func field(_ node: Node) -> [Int]? {
        var list = [Mark.field]
        return append(attributesOf: node, to: &list) ? list : nil
    }

    private func group(_ node: Node, depth: Int) -> [Int]? {
        let members = tree.members(of: node)
        var list = [Mark.group]
        list.reserveCapacity(8 + 2 * members.count)
        guard append(nameOrNone: tree.className(node), to: &list),
            append(nameOrNone: tree.text("canSAS_class", of: node), to: &list), append(attributesOf: node, to: &list)
        else {
            return nil
        }
        for member in members {
            guard let name = cache.number(of: member.name) else { return nil }
            list.append(name)
            switch member.target {
            case .group(let inner, _):
                guard let number = number(of: inner, isField: false, depth: depth + 1) else { return nil }
                list.append(number)
            case .field(let inner):
                guard let number = number(of: inner, isField: true, depth: depth + 1) else { return nil }
                list.append(number)
            case .absent, .notRead(.file): list.append(Mark.broken)
            case .other, .notRead(.object): list.append(Mark.other)
            }
        }
        return list
    }

    private func append(nameOrNone name: String?, to list: inout [Int]) -> Bool {
        guard let name else {
            list.append(0)
            return true
        }
        guard let number = cache.number(of: name) else { return false }
        list.append(number)
        return true
    }

    private func append(attributesOf node: Node, to list: inout [Int]) -> Bool {
        let attributes = tree.attributes(of: node)
        list.append(attributes.count)
        for index in attributes.indices {
            guard let number = cache.number(of: attributes[index].name) else { return false }
            list.append(number)
        }
        return true
    }
}
