// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Reads the mappings of a virtual dataset from the global heap.
///
/// - Source: HDF5 File Format Specification, virtual dataset storage layout; dataspace selection, hyperslabs of version 1
///   with one block and of version 2 when regular.
struct VirtualMappings {
    let heap: GlobalHeap

    func read(at address: UInt64, index: Int) throws(NotPlain) -> [VirtualMapping] {
        guard address != noAddress else { return [] }
        guard let block = heap.object(at: address, index: index), block.count >= 4 else { throw NotPlain() }
        let body = UnsafeRawBufferPointer(rebasing: block.dropLast(4))
        var sum = FormatCursor(block, at: block.count &- 4)
        guard try sum.number(4) == UInt64(lookup3(body)) else { throw NotPlain() }
        var cursor = FormatCursor(body)
        guard try cursor.byte() == 0 else { throw NotPlain() }
        let count = try cursor.count(8)
        // A mapping takes 20 bytes at least, so the block bounds their number.
        guard count <= cursor.left / 20, count <= LayoutReading.mostMappings else { throw NotPlain() }
        var mappings: [VirtualMapping] = []
        for _ in 0..<count {
            let file = try cursor.name()
            let dataset = try cursor.name()
            let source = try selection(&cursor)
            let destination = try selection(&cursor)
            mappings.append(
                VirtualMapping(
                    file: shownName(file), dataset: shownName(dataset), destination: destination, source: source,
                    sourceShape: try Self.leastShape(of: source)))
        }
        return mappings
    }

    private static func leastShape(of source: Selection) throws(NotPlain) -> [Int] {
        switch source {
        case .all: return []
        case .hyperslab(let slabs):
            guard let box = source.box(in: []) else {
                guard slabs.allSatisfy({ $0.count != nil && $0.block != nil }) else { throw NotPlain() }
                return []
            }
            return box.map(\.upperBound)
        case .other, .none: throw NotPlain()
        }
    }

    private func selection(_ cursor: inout FormatCursor) throws(NotPlain) -> Selection {
        let kind = try cursor.number(4)
        let version = try cursor.number(4)
        switch (kind, version) {
        case (3, 1):
            try cursor.skip(8)
            return .all
        case (2, 1): return try block(&cursor)
        case (2, 2): return try regular(&cursor)
        default: throw NotPlain()
        }
    }

    private func block(_ cursor: inout FormatCursor) throws(NotPlain) -> Selection {
        try cursor.skip(8)
        let rank = try cursor.count(4)
        guard rank > 0, rank <= 32, try cursor.number(4) == 1 else { throw NotPlain() }
        var starts: [Int] = []
        for _ in 0..<rank { starts.append(try cursor.count(4)) }
        var slabs: [Selection.Slab] = []
        for start in starts {
            let end = try cursor.count(4)
            guard end >= start else { throw NotPlain() }
            slabs.append(.init(start: start, stride: 1, count: 1, block: end &- start &+ 1))
        }
        return .hyperslab(slabs)
    }

    private func regular(_ cursor: inout FormatCursor) throws(NotPlain) -> Selection {
        guard try cursor.byte() & 1 != 0 else { throw NotPlain() }
        try cursor.skip(4)
        let rank = try cursor.count(4)
        guard rank > 0, rank <= 32 else { throw NotPlain() }
        var slabs: [Selection.Slab] = []
        for _ in 0..<rank {
            let start = try cursor.count(8)
            let stride = try cursor.count(8)
            slabs.append(.init(start: start, stride: stride, count: try bound(&cursor), block: try bound(&cursor)))
        }
        return .hyperslab(slabs)
    }

    private func bound(_ cursor: inout FormatCursor) throws(NotPlain) -> Int? {
        let number = try cursor.word()
        if number == UInt64.max { return nil }
        guard let bound = Int(exactly: number) else { throw NotPlain() }
        return bound
    }
}
