// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Frames
import RuleEngine

/// The decoded frames of one scan, as the rules on frames look at them.
struct FrameSight {
    let part: FramesView.Part
    let stack: ExperimentFrames.Stack

    /// Of images with fewer pixels nothing is said: they may be alike by chance.
    static let fewestPixels = 16

    /// All scans of all experiments.
    static func all(_ view: FramesView) -> [FrameSight] {
        view.parts.flatMap { part in part.frames.stacks.map { FrameSight(part: part, stack: $0) } }
    }

    /// Frames that were read, by their number from 1.
    var facts: [(number: Int, facts: ExperimentFrames.Facts)] {
        stack.frames.compactMap { reading in reading.facts.map { (reading.frame + 1, $0) } }
    }

    /// The frames that were read and written as a whole.
    var whole: [(number: Int, facts: ExperimentFrames.Facts)] { facts.filter { !$0.facts.isPartial } }

    /// "'/entry/data/data'", "scan 'SCAN1'", "the image"
    var words: String {
        if part.view.block == nil { return "'\(Wording.excerpt(stack.name, limit: 100))'" }
        return stack.name.isEmpty || stack.announced < 2 ? "the image" : "scan '\(Wording.excerpt(stack.name))'"
    }

    var subject: Subject { Subject(.dataset, stack.name, in: part.view.scope) }

    /// Where these frames are, by their numbers from 1.
    func place(_ numbers: [Int]) -> Place {
        if part.view.block == nil, !stack.name.isEmpty { return .object(path: stack.name, attribute: nil) }
        if let section = part.view.block == nil ? nil : part.view.experiment.place, stack.announced < 2 {
            return section
        }
        return .frames(scan: stack.name, ranges: FrameRanges.collapse(numbers))
    }

    /// "frame 3", "frames 3, 5 and 7", "frames 3, 5, 7 and 20 more"
    static func words(_ numbers: [Int]) -> String {
        guard let first = numbers.first else { return "no frame" }
        if numbers.count == 1 { return "frame \(first)" }
        let ranges = FrameRanges.collapse(numbers).map {
            $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound) to \($0.upperBound)"
        }
        let shown = ranges.prefix(3).joined(separator: ", ")
        let more = ranges.count > 3 ? " and \(ranges.count - 3) more" : ""
        return "frames \(shown)\(more)"
    }

    /// A part of the pixels in per cent, with two digits that count.
    static func percent(_ some: Int, of all: Int) -> String {
        let ratio = all > 0 ? Double(some) / Double(all) * 100 : 0
        return Wording.number((ratio * 1000).rounded() / 1000)
    }
}
