// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Frames
import RuleEngine

extension Rule {
    static let image005 = Rule(
        "IMAGE-005", .C, "pixel flags do not fit the image", applies: .both,
        parameters: [
            Parameter(
                "maximum", "greatest part of the pixels that flags may cover", 0.2, unit: "ratio", limits: 0...1),
            Parameter(
                "hot", "times the median round a pixel above which it is hot", 1000, unit: "ratio", limits: 10...100_000
            ),
        ],
        what: """
            Pixels under the mask, below the lowest count, or at the flag values of their type, in the frames that \
            --frames chooses: they are no more than a part of the image, and as many in the last frame as in the first, \
            within one per cent of the pixels. Single pixels that no flag covers and that stand far above those round them \
            in nine of ten frames are hot; three frames have to be read, and 5 are looked at.
            """,
        why: "Intensities under flags are lost, and flags that come and go hide that a module failed.",
        fix: "Look at the mask and the values that are declared to be flags; write those that belong to this detector.",
        references: ["cctbx/dxtbx#529", "cctbx/dxtbx#835", "dials/dials#45", "dials/dials#2879"],
        needs: ["COUNT-009"],
        checks: [.frames(unfitFlags)])
}

private func unfitFlags(_ view: FramesView, _ verdicts: inout Verdicts) {
    let maximum = verdicts.number("maximum")
    for sight in FrameSight.all(view) {
        reportHot(sight, &verdicts)
        func flags(_ facts: ExperimentFrames.Facts) -> Int { facts.counts.flagged - facts.counts.above }
        // A frame of flags alone is empty.
        let frames = sight.whole.filter {
            $0.facts.counts.counts > 0 && $0.facts.counts.pixels >= FrameSight.fewestPixels
        }
        // A mask that masks most of the pixels is a fault of its own.
        let isTold = verdicts.isTold(by: ["COUNT-009"])
        if !isTold, let worst = frames.max(by: { flags($0.facts) < flags($1.facts) }),
            Double(flags(worst.facts)) > maximum * Double(worst.facts.counts.pixels)
        {
            verdicts.report(
                "\(FrameSight.percent(flags(worst.facts), of: worst.facts.counts.pixels)) % of the pixels of frame "
                    + "\(worst.number) of \(sight.words) are flagged",
                at: [sight.place([worst.number])], values: [("pixels", .integer(flags(worst.facts)))],
                subjects: [sight.subject])
            continue
        }
        guard let first = frames.first, let last = frames.last, first.number < last.number,
            abs(flags(first.facts) - flags(last.facts)) > max(10, first.facts.counts.pixels / 100)
        else { continue }
        verdicts.report(
            "\(flags(first.facts)) pixels of frame \(first.number) of \(sight.words) are flagged, and "
                + "\(flags(last.facts)) of frame \(last.number)",
            at: [sight.place([first.number, last.number])],
            values: [("first", .integer(flags(first.facts))), ("last", .integer(flags(last.facts)))],
            subjects: [sight.subject])
    }
}

private func reportHot(_ sight: FrameSight, _ verdicts: inout Verdicts) {
    // A mask that was not read may cover them.
    if case .unread = sight.part.frames.mask { return }
    let hot = verdicts.number("hot")
    let pixels = sight.stack.hot.pixels.filter { $0.ratio >= hot }
    guard let first = pixels.first else { return }
    verdicts.report(
        "\(pixels.count) pixel\(pixels.count == 1 ? "" : "s") of \(sight.words) \(pixels.count == 1 ? "is" : "are") hot and "
            + "not flagged, first at (\(first.fast), \(first.slow)): \(Int(min(first.ratio, 1e9))) times the pixels round it "
            + "in \(sight.stack.hot.frames) frames",
        at: [sight.place([])],
        values: [
            ("n", .integer(pixels.count)), ("fast", .integer(first.fast)), ("slow", .integer(first.slow)),
            ("ratio", .number(first.ratio)),
        ], count: pixels.count, subjects: [sight.subject])
}
