// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A version 2 B-tree, read whole.
///
/// - Source: HDF5 File Format Specification, version 2 B-trees.
struct BTree2 {
    private static let mostLevels = 16

    let bytes: FormatBytes

    private struct Shape {
        let kind: UInt8
        let nodeBytes: Int
        let recordBytes: Int
        let depth: Int

        /// Records that fit into a node of level 0.
        var leafRecords: Int { (nodeBytes &- 10) / recordBytes }
    }

    private struct Node {
        let address: UInt64
        let records: Int
        let level: Int
    }

    /// The records in no order that matters.
    func records(from address: UInt64, kind: UInt8, most: Int) throws(NotPlain) -> [UnsafeRawBufferPointer] {
        var head = FormatCursor(try bytes.checked(at: address, count: 38))
        try head.expect("BTHD")
        guard try head.byte() == 0, try head.byte() == kind else { throw NotPlain() }
        let shape = Shape(
            kind: kind, nodeBytes: try head.count(4), recordBytes: try head.count(2), depth: try head.count(2))
        try head.skip(2)
        let root = try head.word()
        let rootRecords = try head.count(2)
        let total = try head.count(8)
        guard shape.recordBytes > 0, shape.nodeBytes > 10, shape.nodeBytes <= 1 << 20, shape.depth < Self.mostLevels,
            total <= most
        else { throw NotPlain() }
        if root == noAddress || total == 0 { return [] }
        var records: [UnsafeRawBufferPointer] = []
        var pending = [Node(address: root, records: rootRecords, level: shape.depth)]
        let widths = pointerWidths(shape)
        while let node = pending.popLast() {
            try visit(node, shape, widths, &records, &pending)
            guard records.count &+ pending.count <= total else { throw NotPlain() }
        }
        guard records.count == total else { throw NotPlain() }
        return records
    }

    /// For each level, the bytes of the number of records of a child, and of the number of records below it.
    private func pointerWidths(_ shape: Shape) -> [(own: Int, below: Int)] {
        func width(_ number: Int) -> Int { max(1, (Int.bitWidth &- number.leadingZeroBitCount &+ 7) / 8) }
        let own = width(shape.leafRecords)
        var widths: [(own: Int, below: Int)] = [(0, 0)]
        // Records under a node of the level before.
        var below = shape.leafRecords
        for level in 1..<(shape.depth &+ 1) where shape.depth > 0 {
            let all = level == 1 ? 0 : width(below)
            widths.append((own, all))
            let fitting = max(0, (shape.nodeBytes &- 10 &- (8 &+ own &+ all)) / (shape.recordBytes &+ 8 &+ own &+ all))
            let (product, overflow) = (fitting &+ 1).multipliedReportingOverflow(by: below)
            let (sum, more) = product.addingReportingOverflow(fitting)
            below = overflow || more ? Int.max : sum
        }
        return widths
    }

    private func visit(
        _ node: Node, _ shape: Shape, _ widths: [(own: Int, below: Int)], _ records: inout [UnsafeRawBufferPointer],
        _ pending: inout [Node]
    ) throws(NotPlain) {
        let isLeaf = node.level == 0
        let width = widths[node.level]
        let pointers = isLeaf ? 0 : (node.records &+ 1) &* (8 &+ width.own &+ width.below)
        let count = 6 &+ node.records &* shape.recordBytes &+ pointers &+ 4
        guard count <= shape.nodeBytes else { throw NotPlain() }
        var cursor = FormatCursor(try bytes.checked(at: node.address, count: count))
        if isLeaf { try cursor.expect("BTLF") } else { try cursor.expect("BTIN") }
        guard try cursor.byte() == 0, try cursor.byte() == shape.kind else { throw NotPlain() }
        for _ in 0..<node.records { records.append(try cursor.take(shape.recordBytes)) }
        guard !isLeaf else { return }
        for _ in 0...node.records {
            let address = try cursor.word()
            let own = try cursor.count(width.own)
            try cursor.skip(width.below)
            pending.append(Node(address: address, records: own, level: node.level &- 1))
        }
    }
}
