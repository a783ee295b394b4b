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
            description.
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
        verdicts.report(
            "\(which) of \(sight.words) read: mean \(mean), maximum \(number(greatest)), "
                + "\(FrameSight.percent(flagged, of: pixels)) % of the pixels flagged",
            at: [sight.place(frames.map(\.number))],
            values: [
                ("mean", .number(low)), ("maximum", .number(greatest)), ("frames", .integer(frames.count)),
            ], subjects: [Subject(.category, "statistics", in: sight.part.view.scope)])
    }
}
