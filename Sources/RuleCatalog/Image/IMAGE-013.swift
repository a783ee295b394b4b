// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Frames
import RuleEngine

extension Rule {
    static let image013 = Rule(
        "IMAGE-013", .G, "frame statistics", applies: .both,
        what: """
            Mean, maximum and part of flagged pixels of the frames that --frames chooses, after the flags of the \
            description; then the median of up to three of them, of every eighth row where a frame has more than a million \
            pixels, the lowest count, and the part of the pixels that count 0.
            """,
        why: "A person who sees the numbers notices what no rule looks for.",
        fix: "Nothing is to be written.",
        references: ["IUCrData Raw Data Letters notes for authors"],
        checks: [.frames(statistics)])
}

private func statistics(_ view: FramesView, _ verdicts: inout Verdicts) {
    for sight in FrameSight.all(view) {
        let frames = sight.facts
        let means = frames.compactMap(\.facts.counts.mean)
        guard let first = frames.first, let low = means.min(), let high = means.max(),
            let greatest = frames.compactMap(\.facts.counts.greatest).max()
        else { continue }
        func number(_ value: Double) -> String { Wording.number((value * 100).rounded() / 100) }
        let flagged = frames.reduce(0) { $0 + $1.facts.counts.flagged }
        let pixels = frames.reduce(0) { $0 + $1.facts.counts.pixels }
        let mean = number(low) == number(high) ? number(low) : "\(number(low)) to \(number(high))"
        let which = frames.count == 1 ? "frame \(first.number)" : "\(frames.count) of \(sight.stack.announced) frames"
        let lowest = frames.compactMap(\.facts.counts.lowest).min() ?? 0
        let zeros = frames.reduce(0) { $0 + $1.facts.counts.zeros }
        let medians = frames.compactMap(\.facts.median)
        let median = medians.min().flatMap { low in
            medians.max().map { low == $0 ? ", median \(number(low))" : ", median \(number(low)) to \(number($0))" }
        }
        verdicts.report(
            "\(which) of \(sight.words) read: mean \(mean), maximum \(number(greatest)), "
                + "\(FrameSight.percent(flagged, of: pixels)) % of the pixels flagged\(median ?? ""), "
                + "minimum \(number(lowest)), \(FrameSight.percent(zeros, of: pixels)) % count 0",
            at: [sight.place(frames.map(\.number))],
            values: [
                ("mean", .number(low)), ("maximum", .number(greatest)), ("frames", .integer(frames.count)),
            ] + (medians.min().map { [("median", .number($0))] } ?? []),
            subjects: [Subject(.category, "statistics", in: sight.part.view.scope)])
    }
}
