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
            Means of the counts of neighbours among the frames that --frames chooses, and of neighbours among images of one \
            file each whose headers go on with one scan, where both hold a hundred counts or more.
            """,
        why: "A shutter that closed, a lost beam or another attenuator makes intensities that no scaling can join.",
        fix: "Say in the description where the beam was lost or changed, or end the scan there.",
        references: ["IUCrData Raw Data Letters notes for authors"],
        needs: ["IMAGE-006"],
        checks: [.frames(jumps), .series(jumpsBetweenFiles)])
}

private func jumpsBetweenFiles(_ view: SeriesView, _ verdicts: inout Verdicts) {
    let limit = verdicts.number("limit")
    var found: [(number: Int, words: String)] = []
    for (one, next) in zip(view.members, view.members.dropFirst()) where one.number + 1 == next.number {
        guard let before = one.facts, let after = next.facts, before.change(to: after) == nil,
            let words = change(before.pixels?.total, after.pixels?.total, limit)
        else { continue }
        found.append((next.number, words))
    }
    guard let first = found.first else { return }
    let more = found.count > 1 ? " (\(found.count) such jumps)" : ""
    verdicts.report(
        "mean intensity of series '\(view.template)' changes \(first.words) at image \(first.number)\(more)",
        at: [.file], values: [("template", .text(view.template)), ("image", .integer(first.number))],
        count: found.count, subjects: [Subject(.category, view.template, in: "")])
}

extension SeriesFacts.Pixels {
    fileprivate var total: (mean: Double, counts: Double)? { mean.map { ($0, $0 * Double(counts)) } }
}

/// "12-fold", "to 1 part in 12"; nil where the means are near or the counts are few.
private func change(_ one: (mean: Double, counts: Double)?, _ next: (mean: Double, counts: Double)?, _ limit: Double)
    -> String?
{
    guard let one, let next, one.counts >= 100, next.counts >= 100 else { return nil }
    let ratio = next.mean / one.mean
    guard ratio > limit || ratio < 1 / limit else { return nil }
    return ratio >= 1
        ? "\(Wording.number((ratio * 10).rounded() / 10))-fold"
        : "to 1 part in \(Wording.number((10 / ratio).rounded() / 10))"
}

private func jumps(_ view: FramesView, _ verdicts: inout Verdicts) {
    let limit = verdicts.number("limit")
    for sight in FrameSight.all(view) {
        let frames = sight.whole.compactMap { number, facts in
            facts.counts.mean.map { (number: number, mean: $0, counts: $0 * Double(facts.counts.counts)) }
        }
        for (one, next) in zip(frames, frames.dropFirst()) {
            guard let factor = change((one.mean, one.counts), (next.mean, next.counts), limit) else { continue }
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
