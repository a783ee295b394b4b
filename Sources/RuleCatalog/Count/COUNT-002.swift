// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Frames
import ImageCodecs
import RuleEngine

extension Rule {
    static let count002 = Rule(
        "COUNT-002", .B, "saturated or masked pixels are not declared", applies: .both,
        parameters: [
            Parameter("fraction", "part of the pixels that pile up", 0.0001, unit: "ratio", limits: 0...0.1)
        ],
        what: """
            The upper edge of the values of each frame that --frames chooses, outside the mask: more pixels at the \
            greatest value of the type, or at one great count, than at the ten values below it, without an overload, a \
            saturation value or an undefined value that covers them; and counts that go on beyond the limit that is \
            declared: in one pixel of a thousand, or in some pixels of three frames and more up to twice the limit and \
            farther, to another value in each frame.
            """,
        why: "Overloaded or dead pixels are taken for the strongest reflections, or strong reflections for overloads.",
        fix: """
            Write the first value that is no count into _array_intensities.overload, and describe dead pixels by \
            _array_intensities.undefined_value.
            """,
        fixInNeXus: "Write the greatest count of the detector into saturation_value, and dead pixels into pixel_mask.",
        references: ["imgCIF _array_intensities.overload", "xia2/xia2#624", "biochem-fan/eiger2cbf#2"],
        needs: ["COUNT-003", "COUNT-007", "IMAGE-006"],
        checks: [.frames(undeclaredValues)])
}

/// A part of the pixels may be overloaded in a sound image.
private let overloaded = 0.001

/// From here on the values of an unsigned 32-bit type are small negative numbers, which IMAGE-003 tells.
private let wrapped = 2_147_483_648.0

/// Counts below it pile up in weak images as well.
private let leastEdge = 255.0

private func undeclaredValues(_ view: FramesView, _ verdicts: inout Verdicts) {
    let fraction = verdicts.number("fraction")
    for sight in FrameSight.all(view) {
        guard let limits = sight.part.frames.limits else {
            verdicts.notChecked(.kind("frames of several detectors are not told apart"))
            continue
        }
        if case .unread(let why) = sight.part.frames.mask {
            verdicts.notChecked(.kind(why))
            continue
        }
        if tellBeyond(sight, limits, &verdicts) { continue }
        for (number, facts) in sight.whole
        where !facts.element.isFloat && facts.counts.pixels >= FrameSight.fewestPixels {
            guard let fault = fault(of: facts, limits, fraction) else { continue }
            verdicts.report(
                "frame \(number) of \(sight.words): \(fault.words)", at: [sight.place([number])],
                values: [("pixels", .integer(fault.pixels)), ("value", .number(fault.value))],
                subjects: [sight.subject])
            break
        }
    }
}

/// Counts far beyond the declared limit that are no flag: their greatest value is another one in each frame.
private func tellBeyond(_ sight: FrameSight, _ limits: ValueLimits, _ verdicts: inout Verdicts) -> Bool {
    guard let most = limits.most, most > 0 else { return false }
    let beyond = sight.whole.filter {
        $0.facts.counts.greatestAbove.map { $0 > 2 * most && $0 < wrapped } ?? false
    }
    let values = Set(beyond.compactMap(\.facts.counts.greatestAbove).filter { $0 != limits.undefined })
    guard beyond.count >= 3, values.count >= min(beyond.count, 5),
        let worst = beyond.max(by: { $0.facts.counts.above < $1.facts.counts.above }), worst.facts.counts.above >= 5,
        let greatest = values.max()
    else { return false }
    verdicts.report(
        "counts of \(FrameSight.words(beyond.map(\.number))) of \(sight.words) go beyond the limit of "
            + "\(Wording.number(most)), up to \(Wording.number(greatest)); \(worst.facts.counts.above) pixels of frame "
            + "\(worst.number)",
        at: [sight.place(beyond.map(\.number))],
        values: [("pixels", .integer(worst.facts.counts.above)), ("value", .number(greatest))], count: beyond.count,
        subjects: [sight.subject])
    return true
}

private func fault(
    of facts: ExperimentFrames.Facts, _ limits: ValueLimits, _ fraction: Double
) -> (words: String, pixels: Int, value: Double)? {
    let counts = facts.counts
    func covered(_ value: Double) -> Bool { limits.most.map { value >= $0 } ?? false || value == limits.undefined }
    if let greatest = facts.element.greatest, !covered(greatest), counts.atGreatest > 0 {
        let isNear = counts.greatest.map { $0 >= greatest - 10 } ?? false
        if counts.atGreatest > (isNear ? counts.atTop + counts.nearTop : 0) {
            return (told(counts.atGreatest, greatest), counts.atGreatest, greatest)
        }
    }
    if let top = counts.greatest, top >= leastEdge, !covered(top), counts.atTop > counts.nearTop, counts.atTop > 10,
        Double(counts.atTop) > fraction * Double(counts.pixels)
    {
        return (told(counts.atTop, top), counts.atTop, top)
    }
    // A limit of 0 and less is COUNT-003.
    if let most = limits.most, most > 0, let greatest = counts.greatestAbove, greatest > most + 1,
        Double(counts.above) > overloaded * Double(counts.pixels), greatest != limits.undefined,
        facts.element != .uint32 || greatest < wrapped
    {
        let words =
            "\(counts.above) pixels hold counts above the limit of \(Wording.number(most)), up to \(Wording.number(greatest))"
        return (words, counts.above, greatest)
    }
    return nil
}

private func told(_ pixels: Int, _ value: Double) -> String {
    "\(pixels) \(pixels == 1 ? "pixel" : "pixels") at \(Wording.number(value)) \(pixels == 1 ? "is" : "are") covered by no "
        + "overload, saturation value or mask"
}
