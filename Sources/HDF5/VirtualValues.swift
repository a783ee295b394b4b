// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Puts the values of virtual datasets together from those of their sources, as far as these were read.
///
/// Small values only: what a policy asks for, never pixel data. Elements that no source gives were never written.
struct VirtualValues {
    private struct Key: Hashable {
        let file: Int
        let object: Int
    }

    /// Elements of a value, at most.
    private static let mostElements = 1 << 20
    private static let deepest = 16

    private let set: FileSet
    private var known: [Key: Value] = [:]
    /// Elements that may still be laid out, for all values together, so that little cannot become endless work.
    private var budget = 1 << 24

    init(_ set: FileSet) { self.set = set }

    /// The files in which a value was found, with these values in place.
    consuming func snapshots() -> [Int: Snapshot] {
        var changed: [Int: Snapshot] = [:]
        for (number, file) in set.files.enumerated() {
            guard let snapshot = file.snapshot else { continue }
            var objects: [Object]?
            for (index, object) in snapshot.objects.enumerated() where Self.isWanted(object) {
                let value = value(Key(file: number, object: index), depth: 0)
                if case .notRead(.otherFile) = value { continue }
                objects = objects ?? snapshot.objects
                objects?[index] = object.with(value)
            }
            if let objects { changed[number] = snapshot.with(objects) }
        }
        return changed
    }

    /// A virtual dataset whose value was asked for.
    private static func isWanted(_ object: Object) -> Bool {
        guard let dataset = object.dataset, case .notRead(.otherFile) = dataset.value, case .virtual = dataset.layout
        else { return false }
        return true
    }

    private mutating func value(_ key: Key, depth: Int) -> Value {
        if let value = known[key] { return value }
        guard let object = set.files[key.file].snapshot?.objects[key.object], let dataset = object.dataset else {
            return .notRead(.unreadable)
        }
        guard Self.isWanted(object), case .virtual(let mappings) = dataset.layout else { return dataset.value }
        // What takes its elements from itself has none.
        known[key] = .notRead(.otherFile)
        let value = laid(dataset, mappings, in: key.file, depth: depth)
        known[key] = value
        return value
    }

    private mutating func laid(_ dataset: Dataset, _ mappings: [VirtualMapping], in file: Int, depth: Int) -> Value {
        guard depth < Self.deepest, let shape = dataset.shape, let count = dataset.elements, dataset.type.isNumeric
        else {
            return .notRead(.otherFile)
        }
        guard count <= Self.mostElements, count <= budget else { return .notRead(.large) }
        budget &-= count
        var pieces: [Value] = []
        /// Piece and element of it for each element; nothing where no source gives one.
        var places = [(piece: Int, element: Int)?](repeating: nil, count: count)
        for mapping in mappings {
            for block in set.blocks(of: mapping, in: file, shape: shape) {
                guard let number = block.file,
                    case .object(let id, let source) = set.resolve(block.mapping.dataset, from: "/", in: number),
                    let given = set.files[source].snapshot?[id].dataset, let extent = given.shape
                else { return .notRead(.otherFile) }
                let value = value(Key(file: source, object: id.index), depth: depth + 1)
                if case .notRead(let reason) = value { return .notRead(reason == .notWanted ? .otherFile : reason) }
                if block.mapping.source == .all, extent.count > shape.count { return .notRead(.otherFile) }
                guard value.count == given.elements, given.type.isNumeric,
                    let targets = block.mapping.destination.elements(in: shape, most: count),
                    let elements = block.mapping.source.elements(in: extent, most: count),
                    targets.count == elements.count
                else { return .notRead(.otherFile) }
                budget &-= targets.count &+ 1
                guard budget >= 0 else { return .notRead(.large) }
                for (target, element) in zip(targets, elements) { places[target] = (pieces.count, element) }
                pieces.append(value)
            }
        }
        let found = places.compactMap { $0 }
        guard found.count == count else { return .notRead(.unwritten) }
        return Self.joined(pieces, found, isReal: !dataset.type.isInteger)
    }

    private static func joined(_ pieces: [Value], _ places: [(piece: Int, element: Int)], isReal: Bool) -> Value {
        let integers = pieces.compactMap { piece in if case .integers(let numbers) = piece { numbers } else { nil } }
        if !isReal, integers.count == pieces.count { return .integers(places.map { integers[$0.piece][$0.element] }) }
        let reals = pieces.compactMap(\.doubles)
        // Numbers that the library would round or clip are not made here.
        guard isReal, reals.count == pieces.count else { return .notRead(.otherFile) }
        return .reals(places.map { reals[$0.piece][$0.element] })
    }
}

extension Selection {
    /// The elements that a selection takes, in its order, by their number with the last dimension fastest.
    ///
    /// - Returns: nil for a selection that is no regular hyperslab, reaches beyond the extent, or takes too many.
    fileprivate func elements(in shape: [Int], most: Int) -> [Int]? {
        var axes: [[Int]] = []
        switch self {
        case .none: return []
        case .other: return nil
        case .all: axes = shape.map { Array(0..<max(0, $0)) }
        case .hyperslab(let slabs):
            guard slabs.count == shape.count else { return nil }
            for (slab, extent) in zip(slabs, shape) {
                guard let numbers = slab.numbers(in: extent, most: most) else { return nil }
                axes.append(numbers)
            }
        }
        guard let count = product(axes.map(\.count)), count <= most else { return nil }
        return zip(axes, shape).reduce([0]) { outer, axis in
            outer.flatMap { start in axis.0.map { start &* axis.1 &+ $0 } }
        }
    }
}

extension Selection.Slab {
    /// The numbers that the slab takes of a dimension; without a number of blocks up to the end of the extent.
    fileprivate func numbers(in extent: Int, most: Int) -> [Int]? {
        guard start >= 0, stride > 0, start <= extent else { return nil }
        var numbers: [Int] = []
        var first = start
        for _ in 0..<(count ?? Int.max) {
            if count == nil, first >= extent { break }
            let length = block ?? extent &- first
            let (end, overflow) = first.addingReportingOverflow(length)
            guard !overflow, length > 0, numbers.count &+ length <= most else { return nil }
            if end > extent, count != nil { return nil }
            numbers += first..<min(end, extent)
            let (next, isOver) = first.addingReportingOverflow(stride)
            if isOver { break }
            first = next
        }
        return numbers
    }
}
