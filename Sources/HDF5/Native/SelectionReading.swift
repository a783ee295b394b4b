// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Reads selections of elements.
///
/// - Source: HDF5 File Format Specification, dataspace selection: all, none, points of versions 1 and 2, hyperslabs of
///   versions 1 to 3.
struct SelectionReading {
    let bytes: FormatBytes

    /// - Parameter rank: Rank of the dataset; nil if it is not known here.
    func read(_ cursor: inout FormatCursor, rank: Int?) throws(Stop) -> Selection {
        let kind = try cursor.number(4)
        let version = try cursor.number(4)
        switch kind {
        case 0, 3:
            try look(at: version, 1...1, cursor)
            try cursor.skip(8)
            return kind == 0 ? .none : .all
        case 1: return try points(&cursor, version, rank)
        case 2: return try hyperslabs(&cursor, version, rank)
        default: throw cursor.newer
        }
    }

    private func look(
        at version: UInt64, _ known: ClosedRange<UInt64>, _ cursor: FormatCursor
    ) throws(Stop) {
        guard version >= known.lowerBound else { throw cursor.damaged }
        guard version <= known.upperBound else { throw cursor.newer }
    }

    private func rank(_ cursor: inout FormatCursor, _ expected: Int?) throws(Stop) -> Int {
        let rank = try cursor.count(4)
        guard rank > 0, rank <= 32, rank == expected ?? rank else { throw cursor.damaged }
        return rank
    }

    private func points(
        _ cursor: inout FormatCursor, _ version: UInt64, _ expected: Int?
    ) throws(Stop) -> Selection {
        try look(at: version, 1...2, cursor)
        var width = 4
        if version == 1 {
            try cursor.skip(8)
        } else {
            bytes.notes.met(.selection3)
            width = Int(try cursor.byte())
        }
        let rank = try rank(&cursor, expected)
        guard [2, 4, 8].contains(width) else { throw cursor.damaged }
        let count = try cursor.count(width)
        guard count > 0, count <= cursor.left / (rank &* width) else { throw cursor.damaged }
        var first = [Int](repeating: .max, count: rank)
        var last = [Int](repeating: 0, count: rank)
        for _ in 0..<count {
            for axis in 0..<rank {
                let place = try cursor.count(width)
                first[axis] = min(first[axis], place)
                last[axis] = max(last[axis], place)
            }
        }
        return .other(first: first, last: last)
    }

    private func hyperslabs(
        _ cursor: inout FormatCursor, _ version: UInt64, _ expected: Int?
    ) throws(Stop) -> Selection {
        try look(at: version, 1...3, cursor)
        switch version {
        case 1:
            try cursor.skip(8)
            return try blocks(&cursor, rank: try rank(&cursor, expected), width: 4)
        case 2:
            bytes.notes.met(.selection2)
            guard try cursor.byte() == 1 else { throw cursor.damaged }
            try cursor.skip(4)
            return try regular(&cursor, rank: try rank(&cursor, expected), width: 8)
        default:
            bytes.notes.met(.selection3)
            let flags = try cursor.byte()
            let width = Int(try cursor.byte())
            let rank = try rank(&cursor, expected)
            guard flags <= 1, [2, 4, 8].contains(width) else { throw cursor.damaged }
            return flags == 1
                ? try regular(&cursor, rank: rank, width: width) : try blocks(&cursor, rank: rank, width: width)
        }
    }

    private func regular(_ cursor: inout FormatCursor, rank: Int, width: Int) throws(Stop) -> Selection {
        var slabs: [Selection.Slab] = []
        for _ in 0..<rank {
            let start = try cursor.count(width)
            let stride = try cursor.count(width)
            let count = try bound(&cursor, width)
            let block = try bound(&cursor, width)
            guard stride > 0, count != 0, block != 0, count == 1 || block ?? .max <= stride else {
                throw cursor.damaged
            }
            slabs.append(.init(start: start, stride: stride, count: count, block: block))
        }
        guard slabs.count(where: \.isUnlimited) <= 1 else { throw cursor.damaged }
        return .hyperslab(slabs)
    }

    /// All bits set stand for "unlimited".
    private func bound(_ cursor: inout FormatCursor, _ width: Int) throws(Stop) -> Int? {
        let number = try cursor.number(width)
        if number == UInt64.max >> UInt64(64 &- 8 &* width) { return nil }
        guard let bound = Int(exactly: number) else { throw cursor.damaged }
        return bound
    }

    /// Blocks by their first and last elements; of a regular pattern they are a hyperslab.
    private func blocks(_ cursor: inout FormatCursor, rank: Int, width: Int) throws(Stop) -> Selection {
        let count = try cursor.count(width)
        guard count > 0, count <= cursor.left / (2 &* rank &* width) else { throw cursor.damaged }
        var pattern = BlockLattice(rank: rank)
        var starts = [Int](repeating: 0, count: rank)
        var ends = starts
        for _ in 0..<count {
            for axis in 0..<rank { starts[axis] = try cursor.count(width) }
            for axis in 0..<rank { ends[axis] = try cursor.count(width) }
            guard zip(starts, ends).allSatisfy({ $0 <= $1 }) else { throw cursor.damaged }
            pattern.add(starts, ends)
        }
        return pattern.selection(of: count)
    }
}

/// Blocks of elements, and the lattice that they may lie on.
private struct BlockLattice {
    private var first: [Int]
    private var last: [Int]
    /// For each dimension the extents that were met, by their first element.
    private var steps: [[Int: Int]]
    private var isLattice = true

    init(rank: Int) {
        first = [Int](repeating: .max, count: rank)
        last = [Int](repeating: 0, count: rank)
        steps = [[Int: Int]](repeating: [:], count: rank)
    }

    mutating func add(_ starts: [Int], _ ends: [Int]) {
        for axis in first.indices {
            first[axis] = min(first[axis], starts[axis])
            last[axis] = max(last[axis], ends[axis])
            guard isLattice else { continue }
            let size = ends[axis] &- starts[axis] &+ 1
            if let known = steps[axis].updateValue(size, forKey: starts[axis]), known != size { isLattice = false }
        }
    }

    /// A hyperslab if each dimension has equal steps and every combination of them is there once.
    func selection(of count: Int) -> Selection {
        let other = Selection.other(first: first, last: last)
        guard isLattice, product(steps.map(\.count)) == count else { return other }
        var slabs: [Selection.Slab] = []
        for axis in steps {
            let starts = axis.keys.sorted()
            guard let start = starts.first, let size = axis[start] else { return other }
            let stride = starts.count > 1 ? starts[1] &- start : 1
            for index in starts.indices.dropFirst()
            where starts[index] &- starts[index &- 1] != stride || axis[starts[index]] != size || stride < size {
                return other
            }
            slabs.append(.init(start: start, stride: stride, count: starts.count, block: size))
        }
        return .hyperslab(slabs)
    }
}
