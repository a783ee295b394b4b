// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
internal import HDF5
internal import Transport

/// Follows the elements of a dataset through virtual datasets of any depth to where they lie.
///
/// Opens nothing: all is in the snapshots of the files.
struct SourceTrace {
    /// Elements of the dataset that was asked for, and the same elements of one on the way.
    private struct Part {
        /// By dimension.
        var asked: [Stride]
        var here: [Stride]
        /// For each dimension here of several elements, the dimension that was asked for.
        var way: [Int?]

        /// The part at these positions of one dimension here.
        func narrowed(_ axis: Int, _ position: Stride) -> Part {
            var part = self
            part.here[axis] = here[axis].at(position)
            if let other = way[axis] { part.asked[other] = asked[other].at(position) }
            return part
        }

        /// The part at these positions of each dimension here.
        func narrowed(_ positions: [Stride]) -> Part {
            var part = self
            for (axis, position) in positions.enumerated() { part = part.narrowed(axis, position) }
            return part
        }
    }

    private static let deepest = 16
    private static let mostRuns = 250_000
    /// Mappings that are looked at for one dataset, at most.
    private static let mostWork = 2_000_000

    let tree: NeXusTree
    /// The first frame of the dataset among those of its stack.
    let start: Int
    var record: FrameRecord
    private(set) var runs: [FrameRun] = []
    private(set) var unwritten: [FrameRun] = []
    private(set) var lost: [(mapping: Int, loss: Int)] = []
    private(set) var unread: [Int] = []
    private var mapping = 0
    private var work = 0
    private var isFull = false

    init(_ tree: NeXusTree, start: Int, record: FrameRecord) {
        self.tree = tree
        self.start = start
        self.record = record
    }

    private var files: FileSet { tree.files }

    /// Follows all elements of a dataset.
    mutating func run(_ node: Node, _ shape: [Int]) {
        var strides: [Stride] = []
        for extent in shape {
            // A dataset without elements has no way.
            guard let stride = Stride(first: 0, count: extent) else { return }
            strides.append(stride)
        }
        let name = name(of: node.file)
        let isVirtual = if case .virtual? = tree.dataset(node)?.layout { true } else { false }
        guard shape.count <= 4 || !isVirtual else {
            note(.form, name, tree.ownPath(of: node), "datasets of \(shape.count) dimensions are not followed")
            return
        }
        let part = Part(asked: strides, here: strides, way: strides.indices.map { strides[$0].count > 1 ? $0 : nil })
        follow(node.identity, part, as: (name, tree.ownPath(of: node)), passed: [])
    }

    private func name(of file: Int) -> String { files.files.indices.contains(file) ? files.files[file].name : "" }

    // MARK: One dataset

    /// - Parameter label: Name of the file and path as what leads here writes them.
    private mutating func follow(
        _ place: Node.Identity, _ part: Part, as label: (name: String, object: String), passed: [Node.Identity]
    ) {
        guard let dataset = tree.objects.dataset(place.id, in: place.file) else { return }
        let path = tree.objects.snapshot(place.file)?.path(of: place.id) ?? ""
        guard !passed.contains(place) else {
            return lose(.circle, file: place.file, label.name, label.object, [part])
        }
        guard passed.count < Self.deepest else {
            return leave(
                .limit, label.name, label.object, "more than \(Self.deepest) virtual datasets in a row", [part])
        }
        guard let shape = dataset.shape, shape.count == part.here.count else {
            return lose(.smaller, file: place.file, label.name, label.object, [part])
        }
        guard let part = clipped(part, shape, place, label) else { return }
        switch dataset.layout {
        case .virtual(let mappings):
            for index in mappings.indices {
                if passed.isEmpty { mapping = index }
                follow(mappings[index], part, shape, place, passed: passed + [place])
            }
        case .external(let segments):
            guard isRawMet(segments, place, dataset, path, part) else { return }
            keep(place, path, label, shape, dataset, part)
        default: keep(place, path, label, shape, dataset, part)
        }
    }

    /// The part within the extent; what lies beyond is lost.
    private mutating func clipped(
        _ part: Part, _ shape: [Int], _ place: Node.Identity, _ label: (name: String, object: String)
    ) -> Part? {
        var part = part
        for axis in shape.indices where part.here[axis].last >= shape[axis] {
            let stride = part.here[axis]
            let inside = stride.first >= shape[axis] ? 0 : (shape[axis] &- 1 &- stride.first) / stride.step &+ 1
            if let beyond = Stride(first: inside, count: stride.count &- inside) {
                lose(.smaller, file: place.file, label.name, label.object, [part.narrowed(axis, beyond)])
            }
            guard let left = Stride(first: 0, count: inside) else { return nil }
            part = part.narrowed(axis, left)
        }
        return part
    }

    private mutating func keep(
        _ place: Node.Identity, _ path: String, _ label: (name: String, object: String), _ shape: [Int],
        _ dataset: Dataset, _ part: Part
    ) {
        let store = record.number(of: FrameStore(file: place.file, object: place.id.index, path: path, shape: shape))
        let rank = shape.count
        guard part.asked.count < 3 || part.way.first.flatMap({ $0 }) ?? 0 == 0,
            let corner = FrameMapReader.area(part.here), let single = Stride(first: 0, count: 1)
        else {
            return leave(.form, label.name, label.object, "its dimensions are not those of the frames", [part])
        }
        let at = rank == 1 || rank >= 3 ? part.here[0] : single
        add(part, .stored(store, at: at, corner: corner))
        let gaps = ChunkGaps(dataset, shape)
        if gaps.isUnclear { note(.limit, label.name, label.object, "which of its chunks were written is not known") }
        for box in gaps.boxes {
            var positions: [Stride] = []
            for (stride, range) in zip(part.here, box) {
                guard let other = Stride(first: range.lowerBound, count: range.count),
                    case .some(let position, _) = stride.common(with: other)
                else { break }
                positions.append(position)
            }
            guard positions.count == rank,
                let run = run(part.narrowed(positions), .stored(store, at: at, corner: corner))
            else { continue }
            unwritten.append(run)
        }
    }

    // MARK: One mapping

    private mutating func follow(
        _ mapping: VirtualMapping, _ part: Part, _ shape: [Int], _ place: Node.Identity, passed: [Node.Identity]
    ) {
        work &+= 1
        guard work <= Self.mostWork else {
            if work == Self.mostWork &+ 1 {
                leave(.limit, mapping.file, mapping.dataset, "more than \(Self.mostWork) mappings", [part])
            }
            return
        }
        if mapping.destination == .none || mapping.source == .none { return }
        for block in files.blocks(of: mapping, in: place.file, shape: shape) {
            follow(block.file, block.mapping, part, shape, passed: passed)
        }
    }

    private mutating func follow(
        _ file: Int?, _ mapping: VirtualMapping, _ part: Part, _ shape: [Int], passed: [Node.Identity]
    ) {
        /// The elements that the mapping fills, whatever stands behind it.
        func filled() -> [Part] {
            guard let pairing = try? SelectionPairing(mapping.destination, in: shape, mapping.destination, in: shape)
            else { return [part] }
            return Self.parts(of: part, pairing) ?? [part]
        }
        guard let number = file, files.files.indices.contains(number) else {
            return leave(.limit, mapping.file, mapping.dataset, "more files than are followed", filled())
        }
        switch files.files[number].state {
        case .absent: return lose(.file, file: nil, mapping.file, mapping.dataset, filled())
        case .refused(let why): return leave(.refused, mapping.file, mapping.dataset, why, filled())
        case .failed(let failure):
            let parts = filled()
            if !parts.isEmpty {
                miss(FrameLoss(kind: .unreadable, file: number, name: mapping.file, object: mapping.dataset))
            }
            return leave(.failed, mapping.file, mapping.dataset, failure.innermost, parts)
        case .opened: break
        }
        let end = files.follow(mapping.dataset, from: "/", in: number)
        guard case .object(let id, let file) = end.resolution else {
            switch FrameRecord.obstacle(end, files) {
            case .lost(let kind, let name): return lose(kind, file: end.file, name, mapping.dataset, filled())
            case .unread(let cause, let name, let words):
                return leave(cause, name, mapping.dataset, words, filled())
            }
        }
        guard let extent = tree.objects.dataset(id, in: file)?.shape else {
            return lose(.object, file: file, mapping.file, mapping.dataset, filled())
        }
        let pairing: SelectionPairing
        do throws(SelectionPairing.Fault) {
            pairing = try SelectionPairing(mapping.destination, in: shape, mapping.source, in: extent)
        } catch {
            switch error {
            case .form: return leave(.form, mapping.file, mapping.dataset, "selections of this form", filled())
            case .shape: return lose(.smaller, file: file, mapping.file, mapping.dataset, filled())
            }
        }
        guard let parts = Self.parts(of: part, pairing) else {
            return leave(.form, mapping.file, mapping.dataset, "selections that interleave in this way", [part])
        }
        for part in parts {
            follow(
                Node.Identity(file: file, id: id), part, as: (mapping.file, mapping.dataset), passed: passed)
        }
    }

    /// What a mapping takes of a part, each as elements of the source.
    private static func parts(of part: Part, _ pairing: SelectionPairing) -> [Part]? {
        guard pairing.axes.count == part.here.count, let single = Stride(first: 0, count: 1) else { return nil }
        var parts = [
            Part(
                asked: part.asked, here: pairing.fixed.map { Stride(first: $0 ?? 0, count: 1) ?? single },
                way: pairing.fixed.map { _ in nil })
        ]
        for (axis, kind) in pairing.axes.enumerated() {
            let stride = part.here[axis]
            let pieces: [(destination: Stride, source: Stride?, to: Int)]
            switch kind {
            case .fixed(let number):
                guard let one = Stride(first: number, count: 1) else { return nil }
                pieces = [(one, nil, 0)]
            case .paired(let list, let to): pieces = list.map { ($0.destination, $0.source, to) }
            }
            var found: [(here: Stride, source: Stride?, to: Int)] = []
            for piece in pieces {
                switch stride.common(with: piece.destination) {
                case .nothing: continue
                case .unclear: return nil
                case .some(let here, let there): found.append((here, piece.source?.at(there), piece.to))
                }
            }
            guard found.count <= 4096, parts.count <= 4096 / max(1, found.count) else { return nil }
            parts = parts.flatMap { one in
                found.map { here, source, to in
                    var next = one
                    if let asked = part.way[axis] { next.asked[asked] = part.asked[asked].at(here) }
                    if let source {
                        next.here[to] = source
                        next.way[to] = source.count > 1 ? part.way[axis] : nil
                    }
                    return next
                }
            }
        }
        return parts
    }

    // MARK: Raw files

    private mutating func isRawMet(
        _ segments: [ExternalSegment], _ place: Node.Identity, _ dataset: Dataset, _ path: String, _ part: Part
    ) -> Bool {
        for segment in segments {
            switch files.raw(segment.file, namedBy: place.file) {
            case .absent:
                lose(.file, file: place.file, segment.file, path, [part])
                return false
            case .refused(let why):
                leave(.refused, segment.file, path, why, [part])
                return false
            case .failed(let why):
                leave(.failed, segment.file, path, why, [part])
                return false
            case .present(let size):
                let end = segment.size.map { segment.offset.addingReportingOverflow($0) }
                guard let end, end.overflow || end.partialValue > size else { continue }
                lose(.rawShort, file: place.file, segment.file, path, [part])
                return false
            case nil:
                leave(.limit, segment.file, path, "more files than are followed", [part])
                return false
            }
        }
        return true
    }

    // MARK: Answers

    private mutating func lose(_ kind: FrameLoss.Kind, file: Int?, _ name: String, _ object: String, _ parts: [Part]) {
        // A mapping that takes nothing of what is asked for loses nothing.
        guard !parts.isEmpty else { return }
        let loss = miss(FrameLoss(kind: kind, file: file, name: name, object: object))
        for part in parts { add(part, .fill(loss)) }
    }

    /// Notes the first loss of the mapping that is followed.
    @discardableResult
    private mutating func miss(_ loss: FrameLoss) -> Int {
        let number = record.number(of: loss)
        if lost.last?.mapping != mapping || lost.isEmpty { lost.append((mapping, number)) }
        return number
    }

    private mutating func leave(
        _ cause: UnreadFrames.Cause, _ name: String, _ object: String, _ words: String, _ parts: [Part]
    ) {
        guard !parts.isEmpty else { return }
        let number = note(cause, name, object, words)
        for part in parts { add(part, .unread(number)) }
    }

    @discardableResult
    private mutating func note(_ cause: UnreadFrames.Cause, _ name: String, _ object: String, _ words: String) -> Int {
        let number = record.number(of: UnreadFrames(cause: cause, name: name, object: object, words: words))
        if !unread.contains(number) { unread.append(number) }
        return number
    }

    private func run(_ part: Part, _ content: FrameContent) -> FrameRun? {
        guard let area = FrameMapReader.area(part.asked), let single = Stride(first: start, count: 1) else {
            return nil
        }
        let frames = part.asked.count == 1 || part.asked.count >= 3 ? part.asked[0] : nil
        let moved = frames.flatMap { Stride(first: start &+ $0.first, step: $0.step, count: $0.count) }
        return FrameRun(frames: frames == nil ? single : moved ?? single, area: area, content: content)
    }

    private mutating func add(_ part: Part, _ content: FrameContent) {
        guard !isFull else { return }
        guard let run = run(part, content) else {
            note(.form, "", "", "pixels that are not taken side by side")
            return
        }
        if let last = runs.last, let joined = last.joined(with: run) {
            runs[runs.count - 1] = joined
            return
        }
        guard runs.count < Self.mostRuns else {
            isFull = true
            note(.limit, "", "", "more than \(Self.mostRuns) parts of frames")
            return
        }
        runs.append(run)
    }
}
