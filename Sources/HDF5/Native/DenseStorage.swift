// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Links or attributes that are too many for the header of their object: a fractal heap with an index by name.
///
/// - Source: HDF5 File Format Specification, fractal heaps and version 2 B-trees. Both indices of links name the same
///   messages. That of attributes by order of creation is looked through and never compared with that by name: real files
///   hold one with fewer entries.
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
        let ordered =
            order == noAddress ? nil : try order.map { address throws(Stop) in try identifiers(byOrder: address, kind) }
        let tree = BTree2(bytes: bytes)
        // Records: hash (4) and identifier (7); identifier (8), flags (1), order (4) and hash (4).
        let recordKind: UInt8 = kind == .links ? 5 : 8
        let clause: Clause = kind == .links ? .link : .attribute
        var objects: [Found] = []
        let records = try tree.records(
            from: names, kind: recordKind, bytes: kind == .links ? 11 : 17, most: Self.mostRecords)
        if kind == .links, let ordered {
            let named = try records.map { record throws(Stop) in try Self.identifier(in: record, from: 4, bytes: 7) }
            guard ordered.sorted() == named.sorted() else { throw .damaged(.tree2) }
        }
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

    /// The messages that the index by order of creation names.
    ///
    /// Records: order (8) and identifier (7); identifier (8), flags (1) and order (4).
    private func identifiers(byOrder address: UInt64, _ kind: Kind) throws(Stop) -> [UInt64] {
        let records = try BTree2(bytes: bytes).records(
            from: address, kind: kind == .links ? 6 : 9, bytes: kind == .links ? 15 : 13, most: Self.mostRecords)
        var before: UInt64?
        var identifiers: [UInt64] = []
        for record in records {
            var cursor = FormatCursor(record, at: kind == .links ? 0 : 9, of: .tree2)
            let order = try cursor.number(kind == .links ? 8 : 4)
            if let before, order <= before { throw cursor.damaged }
            before = order
            guard kind == .links else { continue }
            identifiers.append(try Self.identifier(in: record, from: 8, bytes: 7))
        }
        return identifiers
    }

    private static func identifier(
        in record: UnsafeRawBufferPointer, from place: Int, bytes: Int
    ) throws(Stop) -> UInt64 {
        var cursor = FormatCursor(record, at: place, of: .tree2)
        return try cursor.number(bytes)
    }
}
