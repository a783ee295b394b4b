// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

/// Numbers that a series leaves out, where the angles go on as if the images were there.
func gapsInSeries(_ view: SeriesView, _ verdicts: inout Verdicts) {
    var missing: [ClosedRange<Int>] = []
    for (one, next) in zip(view.members, view.members.dropFirst()) where view.absent.contains(one.number + 1) {
        guard let before = one.facts, let after = next.facts else { continue }
        let count = next.number - one.number - 1
        let goesOn =
            before.skipped(to: after).map { abs($0 - Double(count)) <= 0.1 }
            ?? (before.change(to: after) == nil && count < view.members.count)
        if goesOn { missing.append((one.number + 1)...(next.number - 1)) }
    }
    guard let first = missing.first else { return }
    let count = missing.reduce(0) { $0 + $1.count }
    verdicts.report(
        "\(FrameRanges.words(missing, of: "image")) of series '\(view.template)' \(count == 1 ? "is" : "are") missing",
        at: [.file],
        values: [
            ("template", .text(view.template)), ("n", .integer(count)), ("first", .integer(first.lowerBound)),
        ], count: count, subjects: [Subject(.category, view.template, in: "")])
}
