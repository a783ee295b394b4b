// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import HDF5
import ImgCIF
import NeXus
import RuleEngine

/// Numbers missing between the blocks data_NNNNNN of an NXdata, and blocks out of their order.
func gapsInBlocks(_ view: TreeView, _ verdicts: inout Verdicts) {
    guard let files = view.files, view.definition == "NXmx" else { return }
    for group in files.main.objects where group.attribute("NX_class")?.value.firstString == "NXdata" {
        let blocks = group.links.map(\.name).filter { FrameNames.isBlock($0) }
            .compactMap { name in SeriesName(path: name).number.map { (name: name, number: $0) } }
            .sorted { $0.number < $1.number }
        if let first = blocks.first,
            let odd = blocks.first(where: { $0.name.count != first.name.count && $0.number < 1_000_000 })
        {
            verdicts.report(
                "'\(odd.name)' stands beside '\(first.name)'; readers count blocks with one number of digits",
                at: [.object(path: files.main.path(of: group.id), attribute: nil)],
                values: [("file", .text(first.name)), ("next", .text(odd.name))],
                subjects: [Subject(.dataset, "blocks")])
        }
        for (before, next) in zip(blocks, blocks.dropFirst()) where next.number > before.number &+ 1 {
            let missing = next.number &- before.number &- 1
            verdicts.report(
                "'\(before.name)' is followed by '\(next.name)'; \(missing) block\(missing == 1 ? " is" : "s are") missing",
                at: [.object(path: files.main.path(of: group.id), attribute: nil)],
                values: [("file", .text(before.name)), ("next", .text(next.name)), ("n", .integer(missing))],
                subjects: [Subject(.dataset, "blocks")])
        }
    }
    for group in view.frameBlocks(in: files) {
        if let fault = group.faultOfNumbers ?? group.faultOfOrder ?? group.faultOfFrames {
            verdicts.report(
                fault.words, at: [.object(path: fault.path, attribute: nil)], values: [("next", .text(fault.name))],
                subjects: [Subject(.dataset, "blocks")], fix: fault.fix)
        }
    }
}

extension FrameBlock {
    /// The name of the file before its last full stop: the ending .h5 holds a number of its own.
    var fileWithoutEnding: String {
        let file = numbered.split(separator: ":").first.map(String.init) ?? ""
        guard let dot = file.lastIndex(of: ".") else { return file }
        return String(file[..<dot])
    }
}

extension FrameBlocks {
    struct Fault {
        var fix: String?
        let words: String
        let path: String
        let name: String
    }

    /// `image_nr_low` and `image_nr_high` of blocks follow on, as DECTRIS writes them.
    var faultOfNumbers: Fault? {
        for blocks in byArea {
            var last: (name: String, high: Int)?
            for block in blocks {
                guard let (low, high) = block.images else {
                    last = nil
                    continue
                }
                if let last, low != last.high &+ 1 {
                    return Fault(
                        fix: low > last.high
                            ? nil
                            : "Name each block once, in the order of the images, and number its images after those before.",
                        words: "'\(last.name)' ends with image \(last.high), '\(block.name)' begins with image \(low)",
                        path: block.path, name: block.name)
                }
                if let count = block.dataset.shape?.first, high &- low &+ 1 != count {
                    return Fault(
                        fix: "Write image_nr_low and image_nr_high as the first and the last image the block holds.",
                        words: "'\(block.name)' says images \(low) to \(high) and holds \(count)", path: block.path,
                        name: block.name)
                }
                last = (block.name, high)
            }
        }
        return nil
    }

    /// Numbers of the links themselves leave one out.
    private var hasGapInNames: Bool {
        let numbers = blocks.compactMap { SeriesName(path: $0.name).number }.sorted()
        return zip(numbers, numbers.dropFirst()).contains { $1 > $0 &+ 1 }
    }

    /// Frames of one source are taken in the order in which it holds them.
    var faultOfFrames: Fault? {
        for blocks in byArea {
            for (before, after) in zip(blocks, blocks.dropFirst()) where before.identity == after.identity {
                guard let one = before.taken, let other = after.taken, other.upperBound <= one.lowerBound,
                    !other.isEmpty
                else { continue }
                return Fault(
                    fix: "Map the frames in the order in which the source holds them.",
                    words: "frames \(words(one)) of '\(before.name)' are followed by its frames \(words(other)); "
                        + "they are out of order", path: after.path, name: after.name)
            }
        }
        return nil
    }

    private func words(_ frames: Range<Int>) -> String {
        frames.count == 1 ? "\(frames.upperBound)" : "\(frames.lowerBound + 1) to \(frames.upperBound)"
    }

    /// Numbers of source files rise with the frames.
    var faultOfOrder: Fault? {
        for blocks in byArea {
            let files = blocks.map { (name: $0.fileWithoutEnding, series: SeriesName(path: $0.fileWithoutEnding)) }
            for index in blocks.indices.dropFirst() {
                let (before, after) = (files[index - 1], files[index])
                guard before.series.stem == after.series.stem, let one = before.series.number,
                    let other = after.series.number
                else { continue }
                let step = other &- one
                // A gap between blocks of a group is told by their names.
                guard step < 0 || (step > 1 && virtual == nil && !hasGapInNames) else { continue }
                let words =
                    step < 0 ? "they are out of order" : "\(step - 1) file\(step == 2 ? " is" : "s are") left out"
                return Fault(
                    fix: step < 0 ? "Link or map the files in the order of their numbers." : nil,
                    words: "'\(before.name)' is followed by '\(after.name)'; \(words)", path: blocks[index].path,
                    name: after.name)
            }
        }
        return nil
    }
}
