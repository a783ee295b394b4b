// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import HDF5
import NeXus
import RuleEngine

/// One dataset that fills part of the frames of a scan: a block data_NNNNNN, or the source of a virtual dataset.
struct FrameBlock: Sendable {
    /// Which dataset it is in the end, whatever the path.
    struct Identity: Sendable, Hashable {
        let file: Int
        let id: ObjectID
    }

    /// For people: the name of the link, or file and path of the source.
    let name: String
    /// The file of the source as written, with its dataset; what a series counts up.
    let numbered: String
    /// Where it is named, in the main file.
    let path: String
    let identity: Identity
    let dataset: Dataset
    /// Frames of the scan that it fills, and its own frames that are taken; nil when they are not one run.
    let frames: Range<Int>?
    let taken: Range<Int>?
    /// The part of the frame that it fills; empty: all of it.
    let area: [Range<Int>]
    /// `image_nr_low` and `image_nr_high` of DECTRIS; nil where they are not there.
    let images: (low: Int, high: Int)?
}

extension FrameBlock {
    /// The part of it that some frames of a dataset hold, where these fill others from a number on; nil for none.
    ///
    /// - Parameter area: The part of the frame that they fill.
    fileprivate func taken(_ part: Range<Int>, at first: Int, of area: ArraySlice<Range<Int>>?) -> FrameBlock? {
        guard let frames, let taken else { return nil }
        let common = frames.clamped(to: part)
        guard !common.isEmpty else { return nil }
        let (shift, inner) = (first &- part.lowerBound, common.lowerBound &- frames.lowerBound)
        let start = common.lowerBound &+ shift
        let from = taken.lowerBound &+ inner
        guard start >= 0, from >= 0 else { return nil }
        return FrameBlock(
            name: name, numbered: numbered, path: path, identity: identity, dataset: dataset,
            frames: start..<(start &+ common.count), taken: from..<(from &+ common.count),
            area: area.map(Array.init) ?? self.area, images: images)
    }
}

/// The blocks that make the frames of one dataset or one group of blocks, in the order of the frames.
struct FrameBlocks: Sendable {
    /// The virtual dataset, or the group that holds the blocks.
    let path: String
    /// Nil for blocks that stand in a group.
    let virtual: Dataset?
    let blocks: [FrameBlock]

    private static let most = 20_000

    /// Of all groups of frames and virtual datasets of frames of the main file.
    static func all(_ files: FileSet) -> [FrameBlocks] {
        var found: [FrameBlocks] = []
        for object in files.main.objects {
            if object.kind == .group {
                let kind = object.attribute("NX_class")?.value.firstString
                guard kind == "NXdata" || kind == "NXdetector", let blocks = inGroup(object, files) else { continue }
                found.append(blocks)
            } else if let dataset = object.dataset, case .virtual(let mappings) = dataset.layout,
                (dataset.shape?.count ?? 0) >= 3, dataset.type.isNumeric
            {
                found.append(ofVirtual(dataset, mappings, path: files.main.path(of: object.id), files))
            }
        }
        return found
    }

    private static func inGroup(_ group: Object, _ files: FileSet) -> FrameBlocks? {
        let path = files.main.path(of: group.id)
        let names = group.links.filter { $0.name.hasPrefix("data_") && FrameNames.isBlock($0.name) }
        guard names.count > 1 else { return nil }
        var blocks: [FrameBlock] = []
        var next = 0
        for link in names.prefix(most) {
            guard case .object(let id, let file) = files.resolve(link.name, from: path),
                let object = files.files[file].snapshot?[id], let dataset = object.dataset,
                let count = dataset.shape?.first
            else { continue }
            let (end, overflows) = next.addingReportingOverflow(max(count, 0))
            var numbered = link.name
            if case .external(let name, let inside) = link.target { numbered = "\(name):\(inside)" }
            blocks.append(
                FrameBlock(
                    name: link.name, numbered: numbered, path: path + "/" + link.name,
                    identity: .init(file: file, id: id), dataset: dataset,
                    frames: overflows ? nil : next..<end, taken: overflows ? nil : 0..<max(count, 0), area: [],
                    images: images(object)))
            if !overflows { next = end }
        }
        return FrameBlocks(path: path, virtual: nil, blocks: blocks)
    }

    private static func ofVirtual(
        _ dataset: Dataset, _ mappings: [VirtualMapping], path: String, _ files: FileSet, in holder: Int = 0,
        most: Int = most
    ) -> FrameBlocks {
        let shape = dataset.shape ?? []
        var blocks: [FrameBlock] = []
        for mapping in mappings.prefix(most) {
            let sources = files.sources(of: mapping, in: holder)
            for source in sources {
                guard let number = source.file,
                    case .object(let id, let file) = files.resolve(mapping.dataset, from: "/", in: number),
                    let object = files.files[file].snapshot?[id], let dataset = object.dataset,
                    let extent = dataset.shape
                else { continue }
                let isAlone = sources.count == 1
                let target = isAlone ? mapping.destination.box(in: shape) : nil
                let taken = isAlone ? mapping.source.box(in: extent) : nil
                let fits = target?.count == shape.count && taken?.count == extent.count
                let frames = fits && isRun(mapping.destination) ? target?.first : nil
                let own = fits && isRun(mapping.source) ? taken?.first : nil
                let rest = most / max(2, mappings.count)
                if case .virtual(let inner) = dataset.layout, let frames, let own, inner.count <= rest {
                    // The sources of a source that is virtual itself stand in its place.
                    let parts = ofVirtual(dataset, inner, path: path, files, in: file, most: rest).blocks
                    blocks += parts.compactMap { $0.taken(own, at: frames.lowerBound, of: target?.dropFirst()) }
                    continue
                }
                blocks.append(
                    FrameBlock(
                        name: "\(mapping.file == "." ? "" : source.name + ":")\(mapping.dataset)",
                        numbered: "\(source.name):\(mapping.dataset)", path: path,
                        identity: .init(file: file, id: id), dataset: dataset, frames: frames, taken: own,
                        area: target.map { Array($0.dropFirst()) } ?? [], images: images(object)))
            }
        }
        return FrameBlocks(path: path, virtual: dataset, blocks: blocks)
    }

    private static func images(_ object: Object) -> (low: Int, high: Int)? {
        guard let low = object.attribute("image_nr_low")?.value.firstInt,
            let high = object.attribute("image_nr_high")?.value.firstInt
        else { return nil }
        return (low, high)
    }

    /// Frames one after the other, none left out.
    private static func isRun(_ selection: Selection) -> Bool {
        switch selection {
        case .all: return true
        case .hyperslab(let slabs):
            guard let first = slabs.first else { return false }
            return first.count == 1 || first.stride == first.block
        case .other, .none: return false
        }
    }

    /// The blocks of each part of the frame, in the order of the frames they fill.
    var byArea: [[FrameBlock]] {
        var order: [[Range<Int>]] = []
        var groups: [[Range<Int>]: [FrameBlock]] = [:]
        for block in blocks {
            if groups[block.area] == nil { order.append(block.area) }
            groups[block.area, default: []].append(block)
        }
        return order.compactMap { area in
            groups[area].map { blocks in
                blocks.enumerated().sorted {
                    ($0.element.frames?.lowerBound ?? $0.offset, $0.offset)
                        < ($1.element.frames?.lowerBound ?? $1.offset, $1.offset)
                }.map(\.element)
            }
        }
    }
}

extension TreeView {
    /// The blocks of frames of an NXmx file.
    func frameBlocks(in files: FileSet) -> [FrameBlocks] { memo.result("blocks of frames") { FrameBlocks.all(files) } }
}
