// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A version 2 B-tree, read whole.
///
/// - Source: HDF5 File Format Specification, version 2 B-trees. Percents at which nodes split and merge are for writers.
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

    /// Bytes of numbers in a pointer of a node of some level, and what fits there.
    private struct Level {
        /// Bytes of the number of records of a child.
        let own: Int
        /// Bytes of the number of records below it.
        let below: Int
        /// Records that a node holds, at most.
        let most: Int
    }

    private struct Child {
        let address: UInt64
        let records: Int
        let level: Int
    }

    /// The records in the order of the tree.
    ///
    /// - Parameters:
    ///   - bytes: Bytes of a record; nil if they differ from file to file.
    ///   - most: Records that are read.
    func records(
        from address: UInt64, kind: UInt8, bytes recordBytes: Int?, most: Int
    ) throws(Stop) -> [UnsafeRawBufferPointer] {
        var head = try bytes.checked(at: address, count: 38, of: .tree2)
        try head.expect("BTHD")
        guard try head.byte() == 0, try head.byte() == kind else { throw head.damaged }
        let shape = Shape(
            kind: kind, nodeBytes: try head.count(4), recordBytes: try head.count(2), depth: try head.count(2))
        try head.skip(2)
        let root = try head.word()
        let rootRecords = try head.count(2)
        let total = try head.count(8)
        guard shape.recordBytes > 0, shape.recordBytes == recordBytes ?? shape.recordBytes,
            shape.nodeBytes > 10, shape.depth < Self.mostLevels
        else { throw head.damaged }
        guard total <= most, shape.nodeBytes <= 1 << 20 else { throw .unread(.limit) }
        if root == noAddress {
            guard total == 0, rootRecords == 0 else { throw head.damaged }
            return []
        }
        var records: [UnsafeRawBufferPointer] = []
        let levels = levels(shape)
        let child = Child(address: root, records: rootRecords, level: shape.depth)
        let found = try visit(child, shape, levels, most: total, &records)
        guard found == total else { throw head.damaged }
        return records
    }

    private func levels(_ shape: Shape) -> [Level] {
        func width(_ number: Int) -> Int { max(1, (Int.bitWidth &- number.leadingZeroBitCount &+ 7) / 8) }
        let own = width(shape.leafRecords)
        var levels = [Level(own: 0, below: 0, most: shape.leafRecords)]
        // Records under a node of the level before.
        var below = shape.leafRecords
        for level in 1..<(shape.depth &+ 1) where shape.depth > 0 {
            let all = level == 1 ? 0 : width(below)
            let fitting = max(0, (shape.nodeBytes &- 10 &- (8 &+ own &+ all)) / (shape.recordBytes &+ 8 &+ own &+ all))
            levels.append(Level(own: own, below: all, most: fitting))
            let (product, overflow) = (fitting &+ 1).multipliedReportingOverflow(by: below)
            let (sum, more) = product.addingReportingOverflow(fitting)
            below = overflow || more ? Int.max : sum
        }
        return levels
    }

    /// Appends the records of a node and of those below it; returns how many.
    private func visit(
        _ node: Child, _ shape: Shape, _ levels: [Level], most: Int, _ records: inout [UnsafeRawBufferPointer]
    ) throws(Stop) -> Int {
        let isLeaf = node.level == 0
        let level = levels[node.level]
        guard node.records <= level.most, node.records > 0 || most == 0 else { throw .damaged(.tree2) }
        let pointers = isLeaf ? 0 : (node.records &+ 1) &* (8 &+ level.own &+ level.below)
        let count = 6 &+ node.records &* shape.recordBytes &+ pointers &+ 4
        guard count <= shape.nodeBytes else { throw .damaged(.tree2) }
        guard bytes.isGrowing || bytes.holds(UInt64(shape.nodeBytes), at: node.address) else {
            throw .damaged(.outside)
        }
        var cursor = try bytes.checked(at: node.address, count: count, of: .tree2)
        if isLeaf { try cursor.expect("BTLF") } else { try cursor.expect("BTIN") }
        guard try cursor.byte() == 0, try cursor.byte() == shape.kind else { throw cursor.damaged }
        var own: [UnsafeRawBufferPointer] = []
        for _ in 0..<node.records { own.append(try cursor.take(shape.recordBytes)) }
        guard !isLeaf else {
            records += own
            return own.count
        }
        var found = own.count
        for index in 0...node.records {
            let address = try cursor.word()
            let child = Child(address: address, records: try cursor.count(level.own), level: node.level &- 1)
            let stated = level.below > 0 ? try cursor.count(level.below) : child.records
            guard stated <= most &- found else { throw cursor.damaged }
            guard try visit(child, shape, levels, most: stated, &records) == stated else { throw cursor.damaged }
            found &+= stated
            if index < own.count { records.append(own[index]) }
        }
        return found
    }
}
