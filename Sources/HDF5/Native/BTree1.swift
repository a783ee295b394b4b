// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A version 1 B-tree: of the names of a group, or of the chunks of a dataset.
///
/// - Source: HDF5 File Format Specification, version 1 B-trees. Addresses of neighbours are not looked at.
struct BTree1 {
    enum Kind {
        case group
        /// Chunks of a dataset of this rank.
        case chunks(rank: Int)
    }

    /// An entry of a node of level 0: the keys before and behind it, and the address it points to.
    struct Leaf {
        let key: UnsafeRawBufferPointer
        let nextKey: UnsafeRawBufferPointer
        let child: UInt64
    }

    private static let mostNodes = 1_000_000
    private static let mostLevels = 16

    let bytes: FormatBytes
    let kind: Kind

    private var keyBytes: Int {
        switch kind {
        case .group: 8
        case .chunks(let rank): 8 &+ 8 &* (rank &+ 1)
        }
    }

    private var number: UInt8 {
        switch kind {
        case .group: 0
        case .chunks: 1
        }
    }

    private var mostChildren: Int {
        switch kind {
        case .group: 2 &* bytes.treeSizes.group
        case .chunks: 2 &* bytes.treeSizes.chunks
        }
    }

    private struct Node {
        let address: UInt64
        let level: Int?
        /// The keys that the parent has around it.
        let keys: (first: UnsafeRawBufferPointer, last: UnsafeRawBufferPointer)?
    }

    /// The entries in the order of the tree.
    ///
    /// - Parameters:
    ///   - isWanted: Whether something between two keys is; what is below others is not looked at.
    ///   - precedes: The order of keys.
    ///   - isOrdered: Set to false where keys do not ascend, or those of a child are not its parent's.
    func leaves(
        from root: UInt64, isOrdered: inout Bool,
        isWanted: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) throws(Stop) -> Bool = { _, _ in true },
        precedes: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) throws(Stop) -> Bool
    ) throws(Stop) -> [Leaf] {
        var leaves: [Leaf] = []
        var pending = [Node(address: root, level: nil, keys: nil)]
        var visited = 0
        while let next = pending.popLast() {
            visited &+= 1
            guard visited <= Self.mostNodes else { throw .unread(.limit) }
            var head = try bytes.cursor(at: next.address, count: 24, of: .tree1)
            try head.expect("TREE")
            guard try head.byte() == number else { throw head.damaged }
            let level = Int(try head.byte())
            guard level == next.level ?? level, level < Self.mostLevels else { throw head.damaged }
            let count = try head.count(2)
            // Only the root of an empty tree has no children.
            let room = UInt64(24 &+ mostChildren &* (keyBytes &+ 8) &+ keyBytes)
            guard bytes.isGrowing || bytes.holds(room, at: next.address) else { throw .damaged(.outside) }
            guard count <= mostChildren, count > 0 || next.level == nil && level == 0 else { throw head.damaged }
            let pair = keyBytes &+ 8
            var body = try bytes.cursor(at: next.address &+ 24, count: count &* pair &+ keyBytes, of: .tree1)
            var below: [Node] = []
            var key = try body.take(keyBytes)
            let first = key
            for _ in 0..<count {
                let child = try body.word()
                let nextKey = try body.take(keyBytes)
                if try !precedes(key, nextKey) { isOrdered = false }
                if try !isWanted(key, nextKey) {
                    key = nextKey
                    continue
                }
                if level == 0 {
                    leaves.append(Leaf(key: key, nextKey: nextKey, child: child))
                } else {
                    below.append(Node(address: child, level: level &- 1, keys: (key, nextKey)))
                }
                key = nextKey
            }
            if let keys = next.keys, count > 0 {
                // Neither before nor behind the key of the parent.
                if try precedes(first, keys.first) { isOrdered = false }
                if try precedes(keys.first, first) { isOrdered = false }
                if case .group = kind {
                    if try precedes(key, keys.last) { isOrdered = false }
                    if try precedes(keys.last, key) { isOrdered = false }
                }
            }
            pending += below.reversed()
        }
        return leaves
    }
}
