// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Lengths of dimensions that share a symbol, by the scope in which they agree.
struct SymbolTable {
    struct Holder {
        let node: Node
        /// The value of the symbol that the length implies.
        let value: Int
    }

    struct Key: Hashable {
        let scope: String
        let symbol: String
    }

    private(set) var holders: [Key: [Holder]] = [:]
    private(set) var sums: [(symbols: [String], constant: Int, length: Int, scope: String, node: Node)] = []

    /// Notes what a length implies; one object counts once for each symbol.
    mutating func note(_ symbol: String, _ value: Int, in scope: String, by node: Node) {
        let key = Key(scope: scope, symbol: symbol)
        let known = holders[key, default: []]
        if known.contains(where: { $0.node.isSame(as: node) && $0.value == value }) { return }
        holders[key, default: []].append(Holder(node: node, value: value))
    }

    mutating func note(_ symbols: [String], constant: Int, length: Int, in scope: String, by node: Node) {
        sums.append((symbols, constant, length, scope, node))
    }

    /// Symbols with more than one value: the holders that differ from the most frequent value come first.
    func conflicts() -> [(key: Key, holders: [Holder])] {
        holders.compactMap { key, list in
            guard Set(list.map(\.value)).count > 1 else { return nil }
            let ordered = list.sorted { $0.node.path.utf8.lexicographicallyPrecedes($1.node.path.utf8) }
            var counts: [Int: Int] = [:]
            for holder in ordered { counts[holder.value, default: 0] += 1 }
            let most = counts.values.max() ?? 0
            let usual = ordered.first { counts[$0.value] == most }?.value
            let odd = ordered.filter { $0.value != usual }
            return (key, odd + ordered.filter { $0.value == usual })
        }
    }

    /// The value all holders of a symbol agree on.
    func value(of symbol: String, in scope: String) -> Int? {
        let values = Set((holders[Key(scope: scope, symbol: symbol)] ?? []).map(\.value))
        return values.count == 1 ? values.first : nil
    }
}
