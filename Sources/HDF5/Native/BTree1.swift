// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A version 1 B-tree: of the names of a group, or of the chunks of a dataset.
///
/// - Source: HDF5 File Format Specification, version 1 B-trees.
struct BTree1 {
    enum Kind {
        case group
        /// Chunks of a dataset of this rank.
        case chunks(rank: Int)
    }

    /// An entry of a node of level 0: the key before it, and the address it points to.
    struct Leaf {
        let key: UnsafeRawBufferPointer
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

    func leaves(from root: UInt64) throws(NotPlain) -> [Leaf] {
        var leaves: [Leaf] = []
        var pending: [(address: UInt64, level: Int?)] = [(root, nil)]
        var visited = 0
        while let next = pending.popLast() {
            visited &+= 1
            guard visited <= Self.mostNodes else { throw NotPlain() }
            var head = FormatCursor(try bytes.view(at: next.address, count: 24))
            try head.expect("TREE")
            guard try head.byte() == number else { throw NotPlain() }
            let level = Int(try head.byte())
            guard level == next.level ?? level, level < Self.mostLevels else { throw NotPlain() }
            let count = try head.count(2)
            let pair = keyBytes &+ 8
            var body = FormatCursor(try bytes.view(at: next.address &+ 24, count: count &* pair &+ keyBytes))
            var below: [(address: UInt64, level: Int?)] = []
            for _ in 0..<count {
                let key = try body.take(keyBytes)
                let child = try body.word()
                if level == 0 {
                    leaves.append(Leaf(key: key, child: child))
                } else {
                    below.append((child, level &- 1))
                }
            }
            pending += below.reversed()
        }
        return leaves
    }
}
