// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
internal import HDF5

/// How the elements of two selections of a mapping stand to each other, dimension by dimension.
///
/// A regular hyperslab is a product of lists of numbers, one for each dimension, and its elements come in the order of
/// that product. So two of them pair where the dimensions of more than one element pair.
struct SelectionPairing {
    /// Numbers of one dimension that follow each other in both.
    struct Piece {
        let destination: Stride
        let source: Stride
    }

    enum Axis {
        /// One element of the destination.
        case fixed(Int)
        /// The pieces, and the dimension of the source they lead to.
        case paired([Piece], source: Int)
    }

    /// By dimension of the destination.
    let axes: [Axis]
    /// Numbers of the dimensions of the source that hold one element, by dimension; nil for those that are paired.
    let fixed: [Int?]

    enum Fault: Error {
        /// A form that is not followed.
        case form
        /// The selections have other numbers of elements, so that the source is not what the mapping was made for.
        case shape
    }

    /// Pieces of a dimension, at most.
    private static let mostPieces = 4096

    init(
        _ destination: Selection, in shape: [Int], _ source: Selection, in sourceShape: [Int]
    ) throws(Fault) {
        // The extent that the mapping was made for is not stated; one of more dimensions is another.
        if source == .all, sourceShape.count > shape.count { throw .form }
        let destinations = try Self.lists(destination, shape)
        let sources = try Self.lists(source, sourceShape)
        var next = 0
        var axes: [Axis] = []
        let fixed = sources.map { $0.count == 1 && $0[0].count == 1 ? $0[0].first as Int? : nil }
        for list in destinations {
            if list.count == 1, list[0].count == 1 {
                axes.append(.fixed(list[0].first))
                continue
            }
            while next < sources.count, fixed[next] != nil { next += 1 }
            guard next < sources.count else { throw .shape }
            axes.append(.paired(try Self.pieces(list, sources[next]), source: next))
            next += 1
        }
        while next < sources.count {
            if fixed[next] == nil { throw .shape }
            next += 1
        }
        self.axes = axes
        self.fixed = fixed
    }

    /// The numbers that a selection takes of each dimension.
    private static func lists(_ selection: Selection, _ shape: [Int]) throws(Fault) -> [[Stride]] {
        switch selection {
        case .none, .other: throw .form
        case .all:
            var lists: [[Stride]] = []
            for extent in shape {
                guard let stride = Stride(first: 0, count: extent) else { throw .shape }
                lists.append([stride])
            }
            return lists
        case .hyperslab(let slabs):
            guard slabs.count == shape.count else { throw .shape }
            var lists: [[Stride]] = []
            for (slab, extent) in zip(slabs, shape) { lists.append(try list(slab, extent)) }
            return lists
        }
    }

    private static func list(_ slab: Selection.Slab, _ extent: Int) throws(Fault) -> [Stride] {
        // Without a number of blocks it goes on to the end of the extent.
        guard let block = slab.block, let count = slab.count else {
            guard slab.block == nil || slab.block == 1 && slab.stride == 1 || slab.block == slab.stride else {
                throw .form
            }
            guard let stride = Stride(first: slab.start, count: extent &- slab.start) else { throw .shape }
            return [stride]
        }
        let stride: Stride?
        if count == 1 {
            stride = Stride(first: slab.start, count: block)
        } else if block == 1 {
            stride = Stride(first: slab.start, step: slab.stride, count: count)
        } else if slab.stride == block {
            let (elements, overflow) = count.multipliedReportingOverflow(by: block)
            stride = overflow ? nil : Stride(first: slab.start, count: elements)
        } else {
            guard count <= mostPieces, let starts = Stride(first: slab.start, step: slab.stride, count: count),
                block <= Stride.most
            else { throw .form }
            var list: [Stride] = []
            for number in 0..<count {
                guard let one = Stride(first: starts.first &+ number &* starts.step, count: block) else { throw .form }
                list.append(one)
            }
            return list
        }
        guard let stride else { throw .form }
        return [stride]
    }

    /// Cuts two lists of as many numbers so that each piece is one stride in both.
    private static func pieces(_ destination: [Stride], _ source: [Stride]) throws(Fault) -> [Piece] {
        var pieces: [Piece] = []
        var (one, other) = (0, 0)
        var (doneOfOne, doneOfOther) = (0, 0)
        while one < destination.count, other < source.count {
            let count = min(destination[one].count &- doneOfOne, source[other].count &- doneOfOther)
            guard pieces.count < mostPieces, let first = Stride(first: doneOfOne, count: count),
                let second = Stride(first: doneOfOther, count: count)
            else { throw .form }
            pieces.append(Piece(destination: destination[one].at(first), source: source[other].at(second)))
            doneOfOne &+= count
            doneOfOther &+= count
            if doneOfOne == destination[one].count { (one, doneOfOne) = (one + 1, 0) }
            if doneOfOther == source[other].count { (other, doneOfOther) = (other + 1, 0) }
        }
        guard one == destination.count, other == source.count else { throw .shape }
        return pieces
    }
}
