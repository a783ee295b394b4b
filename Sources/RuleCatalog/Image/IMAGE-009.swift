// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Frames
import RuleEngine

extension Rule {
    static let image009 = Rule(
        "IMAGE-009", .C, "mean intensity jumps between frames", applies: .both,
        parameters: [
            Parameter("limit", "greatest ratio of two means", 10, unit: "ratio", limits: 1.5...1000)
        ],
        what: """
            Means of the counts of neighbours among the frames that --frames chooses, where both hold a hundred counts or \
            more.
            """,
        why: "A shutter that closed, a lost beam or another attenuator makes intensities that no scaling can join.",
        fix: "Say in the description where the beam was lost or changed, or end the scan there.",
        references: ["IUCrData Raw Data Letters notes for authors"],
        needs: ["IMAGE-006"],
        checks: [.frames(jumps)])
}

private func jumps(_ view: FramesView, _ verdicts: inout Verdicts) {
    let limit = verdicts.number("limit")
    for sight in FrameSight.all(view) {
        let frames = sight.whole.compactMap { number, facts in
            facts.counts.mean.map { (number: number, mean: $0, counts: $0 * Double(facts.counts.counts)) }
        }
        for (one, next) in zip(frames, frames.dropFirst()) where one.counts >= 100 && next.counts >= 100 {
            let ratio = next.mean / one.mean
            guard ratio > limit || ratio < 1 / limit else { continue }
            let factor =
                ratio >= 1
                ? "\(Wording.number((ratio * 10).rounded() / 10))-fold"
                : "to 1 part in \(Wording.number((10 / ratio).rounded() / 10))"
            let between =
                next.number == one.number + 1
                ? "at frame \(next.number)" : "between frames \(one.number) and \(next.number)"
            verdicts.report(
                "mean intensity of \(sight.words) changes \(factor) \(between)",
                at: [sight.place([one.number, next.number])],
                values: [("mean", .number(one.mean)), ("next", .number(next.mean))], subjects: [sight.subject])
            break
        }
    }
}
