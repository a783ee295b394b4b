// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import HDF5
import ImgCIF
import NeXus
import RuleEngine

extension FrameBlock {
    /// The name of the file before its last full stop: the ending .h5 holds a number of its own.
    fileprivate var fileWithoutEnding: String {
        let file = numbered.split(separator: ":").first.map(String.init) ?? ""
        guard let dot = file.lastIndex(of: ".") else { return file }
        return String(file[..<dot])
    }
}

extension FrameBlocks {
    fileprivate struct Fault {
        let words: String
        let path: String
        let name: String
    }

    /// `image_nr_low` and `image_nr_high` of blocks follow on, as DECTRIS writes them.
    fileprivate var faultOfNumbers: Fault? {
        for blocks in byArea {
            var last: (name: String, high: Int)?
            for block in blocks {
                guard let (low, high) = block.images else {
                    last = nil
                    continue
                }
                if let last, low != last.high &+ 1 {
                    return Fault(
                        words: "'\(last.name)' ends with image \(last.high), '\(block.name)' begins with image \(low)",
                        path: block.path, name: block.name)
                }
                if let count = block.dataset.shape?.first, high &- low &+ 1 != count {
                    return Fault(
                        words: "'\(block.name)' says images \(low) to \(high) and holds \(count)", path: block.path,
                        name: block.name)
                }
                last = (block.name, high)
            }
        }
        return nil
    }

    /// Numbers of source files rise with the frames.
    fileprivate var faultOfOrder: Fault? {
        for blocks in byArea {
            let files = blocks.map { (name: $0.fileWithoutEnding, series: SeriesName(path: $0.fileWithoutEnding)) }
            for index in blocks.indices.dropFirst() {
                let (before, after) = (files[index - 1], files[index])
                guard before.series.stem == after.series.stem, let one = before.series.number,
                    let other = after.series.number
                else { continue }
                let step = other &- one
                guard step < 0 || (step > 1 && virtual == nil) else { continue }
                let words =
                    step < 0 ? "they are out of order" : "\(step - 1) file\(step == 2 ? " is" : "s are") left out"
                return Fault(
                    words: "'\(before.name)' is followed by '\(after.name)'; \(words)", path: blocks[index].path,
                    name: after.name)
            }
        }
        return nil
    }
}
