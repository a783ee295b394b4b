// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Links or attributes that are too many for the header of their object: a fractal heap with an index by name.
///
/// - Source: HDF5 File Format Specification, fractal heaps and version 2 B-trees. The index by order of creation is looked
///   through and never compared with that by name: real files hold one with fewer entries.
struct DenseStorage {
    enum Kind {
        case links
        case attributes
    }

    /// A message in the heap, and the hash of its name that the index states.
    struct Found {
        let body: FormatCursor
        let hash: UInt32
    }

    private static let mostRecords = 4_000_000

    let bytes: FormatBytes

    /// The messages in the heap, in the order of the index by name.
    ///
    /// - Parameter order: Address of the index by order of creation; nil if there is none.
    func objects(heap address: UInt64, names: UInt64, order: UInt64?, kind: Kind) throws(Stop) -> [Found] {
        let heap = try FractalHeap(bytes, at: address)
        if let order, order != noAddress { try look(throughOrder: order, kind) }
        let tree = BTree2(bytes: bytes)
        // Records: hash (4) and identifier (7); identifier (8), flags (1), order (4) and hash (4).
        let recordKind: UInt8 = kind == .links ? 5 : 8
        let clause: Clause = kind == .links ? .link : .attribute
        var objects: [Found] = []
        let records = try tree.records(
            from: names, kind: recordKind, bytes: kind == .links ? 11 : 17, most: Self.mostRecords)
        for record in records {
            var cursor = FormatCursor(record, of: .tree2)
            var home = heap
            let hash: UInt32
            let identifier: UnsafeRawBufferPointer
            switch kind {
            case .links:
                hash = UInt32(truncatingIfNeeded: try cursor.number(4))
                identifier = try cursor.take(7)
            case .attributes:
                identifier = try cursor.take(8)
                // A shared attribute lies in a heap of the file.
                if try cursor.byte() & 2 != 0 {
                    guard let shared = bytes.sharedTable?.heap(of: .attribute) else { throw cursor.damaged }
                    home = shared
                }
                try cursor.skip(4)
                hash = UInt32(truncatingIfNeeded: try cursor.number(4))
            }
            let body = FormatCursor(try home.object(identifier), of: clause, isChecked: home.isChecked)
            objects.append(Found(body: body, hash: hash))
        }
        return objects
    }

    /// Records: order (8) and identifier (7); identifier (8), flags (1) and order (4).
    private func look(throughOrder address: UInt64, _ kind: Kind) throws(Stop) {
        let records = try BTree2(bytes: bytes).records(
            from: address, kind: kind == .links ? 6 : 9, bytes: kind == .links ? 15 : 13, most: Self.mostRecords)
        var before: UInt64?
        for record in records {
            var cursor = FormatCursor(record, at: kind == .links ? 0 : 9, of: .tree2)
            let order = try cursor.number(kind == .links ? 8 : 4)
            if let before, order <= before { throw cursor.damaged }
            before = order
        }
    }
}
