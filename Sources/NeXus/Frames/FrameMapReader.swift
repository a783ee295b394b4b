// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
internal import HDF5

/// Makes the map of frames of a set of files: which datasets hold frames, and where each frame lies in the end.
struct FrameMapReader {
    let tree: NeXusTree
    private var record = FrameRecord()
    private var stacks: [FrameStack] = []
    private var seen: Set<Node.Identity> = []

    init(_ tree: NeXusTree) { self.tree = tree }

    /// - Parameters:
    ///   - signals: The datasets of the image data of each entry, by the path of the entry.
    ///   - detectors: Of all entries.
    mutating func map(_ signals: [(entry: String, blocks: [Node])], detectors: [Detector]) -> FrameMap {
        addMembers()
        for detector in detectors { addArrays(of: detector.id) }
        for signal in signals { add(signal.blocks, .signal(of: signal.entry)) }
        return FrameMap(
            stacks: stacks, stores: record.stores, losses: record.losses, unread: record.unread,
            windows: detectors.flatMap(\.panels).compactMap(Self.window))
    }

    /// The map of one dataset alone.
    mutating func map(of node: Node) -> FrameMap {
        add([node], .member)
        return FrameMap(stacks: stacks, stores: record.stores, losses: record.losses, unread: record.unread)
    }

    /// The pixels of a panel in its frame, as the file states them.
    private static func window(_ panel: Panel) -> Area? {
        guard let origin = panel.dataOrigin?.value, let size = panel.dataSize?.value, origin.count == size.count,
            (2...3).contains(size.count)
        else { return nil }
        var ranges: [Range<Int>] = []
        for (first, count) in zip(origin, size) {
            guard let range = Stride(first: first, count: count)?.range else { return nil }
            ranges.append(range)
        }
        return Area(
            planes: ranges.count == 3 ? ranges[0] : 0..<1, slow: ranges[ranges.count - 2],
            fast: ranges[ranges.count - 1])
    }

    /// What groups of data and detectors present, and virtual datasets, in the order of the walk: those of the main file,
    /// and of groups in other files that its links lead to.
    private mutating func addMembers() {
        let main = tree.files.main
        for object in main.objects where object.kind == .group {
            addMembers(of: object.id, in: 0) { main.path(of: object.id) }
        }
        for group in tree.files.linkedGroups() { addMembers(of: group.id, in: group.file) { group.path } }
    }

    private mutating func addMembers(of id: ObjectID, in file: Int, path: () -> String) {
        let className = tree.objects.attribute("NX_class", of: id, in: file)?.value.firstString
        let isData = className == "NXdata" || className == "NXdetector"
        let signal = isData ? tree.objects.attribute("signal", of: id, in: file)?.value.firstString : nil
        for link in tree.objects.links(id, in: file) {
            let isMember = isData && (link.name == signal || FrameNames.isFrames(link.name))
            if case .hard(let target) = link.target, !isMember, !isVirtual(target, in: file) { continue }
            if case .soft = link.target, !isMember { continue }
            let group = Node(file: file, id: id, path: path())
            guard let node = tree.child(link.name, of: group), let dataset = tree.dataset(node),
                dataset.type.isNumeric, let shape = dataset.shape
            else { continue }
            let isStack = shape.count >= 3
            // Those of a detector are followed for what they are laid over.
            guard className != "NXdetector" || !FrameNames.arrays.contains(link.name) else { continue }
            guard isStack && isMember || isVirtual(node.id, in: node.file) else { continue }
            // A value of another file is followed for each of its names: one of them may be that of an axis.
            let isNew = seen.insert(node.identity).inserted
            guard isNew || !isStack && node.file != 0 else { continue }
            add([node], !isStack ? .value : isMember ? .member : .virtual)
        }
    }

    /// Masks and other arrays of the size of a frame that stand in a detector, or in what its writer keeps apart.
    private mutating func addArrays(of detector: String) {
        guard let group = tree.resolve(detector, from: tree.root) else { return }
        for holder in [group, tree.child("detectorSpecific", of: group)].compactMap({ $0 }) {
            for name in FrameNames.arrays {
                guard let node = tree.child(name, of: holder), let dataset = tree.dataset(node),
                    dataset.type.isNumeric || dataset.type.isBoolean
                else { continue }
                add([node], .array)
            }
        }
    }

    private func isVirtual(_ id: ObjectID, in file: Int) -> Bool {
        guard let dataset = tree.objects.dataset(id, in: file) else { return false }
        switch dataset.layout {
        case .virtual, .external: return true
        case .compact, .contiguous, .chunked, .unknown: return false
        }
    }

    private mutating func add(_ nodes: [Node], _ role: FrameStack.Role) {
        var blocks: [FrameStack.Block] = []
        var runs: [FrameRun] = []
        var unwritten: [FrameRun] = []
        var frames = 0
        for node in nodes {
            guard let dataset = tree.dataset(node), let shape = dataset.shape else { continue }
            let count = shape.count == 2 ? 1 : shape.first ?? 1
            var trace = SourceTrace(tree, start: frames, record: record)
            trace.run(node, shape)
            record = trace.record
            let mappings = if case .virtual(let mappings) = dataset.layout { mappings.count } else { 0 }
            blocks.append(
                FrameStack.Block(
                    path: node.path, file: node.file, object: node.id.index, shape: shape, start: frames,
                    frames: count, mappings: mappings, fillValue: dataset.fillValue, lost: trace.lost,
                    unread: trace.unread))
            runs += trace.runs
            unwritten += trace.unwritten
            frames = frames.addingReportingOverflow(max(0, count)).partialValue
            guard frames >= 0, frames <= Stride.most else { break }
        }
        guard let first = blocks.first else { return }
        let strides = first.shape.compactMap { Stride(first: 0, count: $0) }
        let whole = strides.count == first.shape.count ? Self.area(strides) : nil
        stacks.append(
            FrameStack(
                role: role, blocks: blocks, frames: frames, whole: whole ?? Area(slow: 0..<0, fast: 0..<0), runs: runs,
                unwritten: unwritten))
    }

    /// The pixels that some elements of a dataset are; nil where they do not stand side by side.
    static func area(_ strides: [Stride]) -> Area? {
        switch strides.count {
        case 0, 1: return Area(slow: 0..<1, fast: 0..<1)
        default:
            guard let fast = strides[strides.count - 1].range, let slow = strides[strides.count - 2].range else {
                return nil
            }
            // Of more dimensions between frame and slow only a single one is told apart.
            guard strides.count == 4 else { return Area(slow: slow, fast: fast) }
            return strides[1].range.map { Area(planes: $0, slow: slow, fast: fast) }
        }
    }
}
