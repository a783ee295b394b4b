// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Findings
import Frames

extension ComparedFrames {
    init(_ comparison: FrameComparison) {
        self.init(
            inFirst: comparison.announced.first, inSecond: comparison.announced.second,
            compared: comparison.comparedCount, differences: comparison.differences,
            notCompared: comparison.notCompared, isComplete: comparison.isComplete)
    }
}

extension FrameComparison {
    /// What differs, a line for each kind.
    fileprivate var differences: [String] {
        var lines: [String] = []
        if announced.first != announced.second {
            lines.append(
                "the first announces \(Self.count(announced.first)), the second \(Self.count(announced.second))")
        }
        let sizes = frames.filter { if case .size = $0.outcome { true } else { false } }
        if let first = sizes.first, case .size(let one, let other) = first.outcome {
            lines.append(
                "\(Self.words(sizes.map(\.number))): \(Self.size(one)) and \(Self.size(other)) (planes, slow, fast)")
        }
        let others = frames.filter { if case .pixels = $0.outcome { true } else { false } }
        if let first = others.first, case .pixels(let count, let place) = first.outcome {
            let more = others.count > 1 ? " in the first of them" : ""
            lines.append(
                "\(Self.words(others.map(\.number))): \(count) \(count == 1 ? "pixel differs" : "pixels differ")\(more), "
                    + "first at (\(place.fast), \(place.slow))")
        }
        if let masks {
            func pixels(_ count: Int) -> String { count == 1 ? "1 pixel" : "\(count) pixels" }
            lines.append(
                "pixel mask: \(pixels(masks.inFirstAlone)) flagged in the first alone, "
                    + "\(pixels(masks.inSecondAlone)) in the second alone")
        }
        return lines
    }

    /// What was not compared, and why.
    fileprivate var notCompared: [String] {
        var lines: [String] = []
        for isInFirst in [true, false] {
            var numbers: [Int] = []
            var why: String?
            for frame in frames {
                guard case .unread(isInFirst, let fault) = frame.outcome else { continue }
                numbers.append(frame.number)
                why = why ?? fault.words
            }
            guard let why else { continue }
            lines.append("\(Self.words(numbers)) of the \(isInFirst ? "first" : "second"): \(why)")
        }
        return lines + unreadMasks.map { "flags under a mask: \($0)" }
    }

    /// Every frame that was chosen was compared, or lies in files that this run does not open.
    fileprivate var isComplete: Bool {
        frames.allSatisfy { frame in
            guard case .unread(_, let fault) = frame.outcome else { return true }
            if case .passedOver = fault { return true }
            return false
        }
    }

    /// Frames that were compared.
    fileprivate var comparedCount: Int {
        frames.count { frame in if case .unread = frame.outcome { false } else { true } }
    }

    private static func words(_ numbers: [Int]) -> String { FrameRanges.words(FrameRanges.collapse(numbers)) }

    private static func count(_ frames: Int) -> String { frames == 1 ? "1 frame" : "\(frames) frames" }

    private static func size(_ size: [Int]) -> String { size.map(String.init).joined(separator: " x ") }
}
