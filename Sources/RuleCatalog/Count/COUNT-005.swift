// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Frames
import ImageCodecs
import RuleEngine

extension Rule {
    static let count005 = Rule(
        "COUNT-005", .C, "flag values of pixels are not declared", applies: .both,
        parameters: [
            Parameter("fraction", "part of the pixels that may hold them", 0.00001, unit: "ratio", limits: 0...0.1)
        ],
        what: """
            Negative values, and the two greatest values of an unsigned type, in the frames that --frames chooses, where \
            neither a lowest count nor an undefined value nor a mask is described. What a saturation value covers may be \
            overloaded reflections: it is told from one pixel in two hundred on. The header of a miniCBF has \
            no word for flags, and readers know them.
            """,
        why: "Gaps and dead pixels are taken for counts by whoever does not know this detector.",
        fix: "Write the value of pixels without a count into _array_intensities.undefined_value.",
        fixInNeXus: "Write the lowest count into underload_value, and gaps and dead pixels into pixel_mask.",
        references: [
            "imgCIF _array_intensities.underload, .undefined_value", "nexusformat/definitions#656", "cctbx/dxtbx#587",
            "dials/dials#45",
        ],
        needs: ["COUNT-002", "IMAGE-006"],
        checks: [.frames(undeclaredFlags)])
}

private func undeclaredFlags(_ view: FramesView, _ verdicts: inout Verdicts) {
    let fraction = verdicts.number("fraction")
    for sight in FrameSight.all(view) where sight.part.view.kind != .minicbf {
        guard let limits = sight.part.frames.limits, limits.least == nil, limits.undefined == nil,
            sight.part.frames.mask == .none
        else { continue }
        for (number, facts) in sight.whole
        where !facts.element.isFloat && facts.counts.pixels >= FrameSight.fewestPixels {
            let counts = facts.counts
            let flags = facts.element.isSigned ? counts.negative : counts.atGreatest + counts.atSecond
            let mayBeOverloads = facts.element.isSigned ? 0 : overloads(facts, limits)
            guard flags > 0,
                Double(flags - mayBeOverloads) > fraction * Double(counts.pixels)
                    || Double(flags) > 0.005 * Double(counts.pixels)
            else { continue }
            let values = facts.element.isSigned ? "negative values" : "the greatest values of their type"
            guard verdicts.isSound(sight.subject) else { break }
            verdicts.report(
                "\(FrameSight.percent(flags, of: counts.pixels)) % of the pixels of frame \(number) of \(sight.words) hold "
                    + "\(values), which no underload, undefined value or mask declares",
                at: [sight.place([number])], values: [("pixels", .integer(flags))], subjects: [sight.subject])
            break
        }
    }
}

/// Pixels at the two greatest values of their type that the declared limit covers.
private func overloads(_ facts: ExperimentFrames.Facts, _ limits: ValueLimits) -> Int {
    guard let most = limits.most, let greatest = facts.element.greatest else { return 0 }
    return (most <= greatest ? facts.counts.atGreatest : 0) + (most <= greatest - 1 ? facts.counts.atSecond : 0)
}
