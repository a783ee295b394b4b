// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
internal import HDF5

/// The image data of an entry: the datasets that hold them, their shape and type, without a pixel read.
///
/// - Source: NXdata; nexus.md rule 32; FileWriter blocks `data_000001` of DECTRIS.
struct SignalReader {
    /// Image data, and the datasets of which they are made, in their order.
    struct Signal {
        var data: Sourced<ImageData>
        var blocks: [Node]
    }

    let tree: NeXusTree

    /// The image data of an entry, looked for in its NXdata groups and then in the detectors; a stack of frames goes
    /// before a single one.
    func images(of entry: Node, detectors: [Node]) -> Signal? {
        let groups = tree.groups("NXdata", in: entry, customaryName: "data") + detectors
        for rank in [3, 2] {
            for group in groups { if let images = images(in: group, rank: rank) { return images } }
        }
        return nil
    }

    /// The image data of one NXdata or NXdetector.
    ///
    /// - Parameter rank: The least number of dimensions; with 2 a single frame passes.
    func images(in group: Node, rank: Int = 3) -> Signal? {
        let signal = signal(of: group)
        for name in [signal, "data"].compactMap({ $0 }) where !FrameNames.isBlock(name) {
            guard let node = tree.child(name, of: group), let image = image(at: node, rank: rank) else { continue }
            return image
        }
        let blocks = tree.links(of: group).map(\.name).filter(FrameNames.isBlock)
        guard blocks.isEmpty else { return run(of: blocks, in: group) }
        guard signal == nil, tree.className(group) == "NXdata" else { return nil }
        for child in tree.members(of: group) {
            if let node = child.node, let image = image(at: node, rank: 3) { return image }
        }
        return nil
    }

    /// The name of the signal: by the attribute of the group, else the member that is marked as one.
    private func signal(of group: Node) -> String? {
        if let named = tree.attribute("signal", of: group)?.value.firstString.map(trimmed), !named.isEmpty {
            return named
        }
        return tree.members(of: group).first { member in
            member.node.map { tree.attribute("signal", of: $0) != nil } ?? false
        }?.name
    }

    private func image(at node: Node, rank: Int) -> Signal? {
        guard let dataset = tree.dataset(node), let shape = dataset.shape, shape.count >= rank, dataset.type.isNumeric
        else { return nil }
        let data = ImageData(kind: node.path, shape: shape, elementType: dataset.type.words)
        return Signal(data: Sourced(data, .stated(.object(path: node.path, attribute: nil))), blocks: [node])
    }

    /// Blocks `data_000001`, `data_000002` ... as one run of frames; nil when one of them cannot be reached.
    private func run(of names: [String], in group: Node) -> Signal? {
        var total: Signal?
        var isOver = false
        for name in names {
            guard let node = tree.child(name, of: group), let block = image(at: node, rank: total == nil ? 3 : 1) else {
                return nil
            }
            guard let sum = total?.data.value.shape else {
                total = block
                continue
            }
            total?.blocks.append(node)
            let shape = block.data.value.shape
            guard !isOver, sum.dropFirst() == shape.dropFirst(), let first = sum.first, let more = shape.first else {
                isOver = true
                continue
            }
            let (frames, overflows) = first.addingReportingOverflow(more)
            guard !overflows else {
                isOver = true
                continue
            }
            total?.data.value.shape[0] = frames
        }
        return total
    }
}
