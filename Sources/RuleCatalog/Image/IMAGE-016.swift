// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Findings
import RuleEngine

extension Rule {
    static let image016 = Rule(
        "IMAGE-016", .B, "frames are out of order", applies: .both,
        what: """
            Start angles in the headers of images whose names differ in the number alone, sweep by sweep: the angle rises or \
            falls with the number. Told is what a permutation explains: images that stand in the place of each other. An \
            angle that jumps and goes on from there begins another scan. Images without an angle are not compared.
            """,
        why:
            "Spots are predicted for other angles than those at which they were measured, and their intensities are lost.",
        fix: "Give the images the numbers in which they were measured.",
        references: ["xia2/xia2#462"],
        checks: [.series(disorder)])
}

private func disorder(_ view: SeriesView, _ verdicts: inout Verdicts) {
    let images = view.members.compactMap { member in member.facts.map { (number: member.number, facts: $0) } }
    for fault in SeriesOrder.faults(in: images) {
        let shown = fault.places.prefix(8).map(String.init).joined(separator: ", ")
        let order = fault.places.count > 8 ? "\(shown), ..." : shown
        let words =
            fault.numbers.count == 2
            ? "images \(fault.numbers[0]) and \(fault.numbers[1]) of series '\(view.template)' are exchanged: the "
                + "\(fault.axis) of each is that of the other"
            : "\(FrameRanges.words(FrameRanges.collapse(fault.numbers), of: "image")) of series '\(view.template)' are out "
                + "of order: by \(fault.axis) they are images \(order)"
        verdicts.report(
            words, at: [.file],
            values: [
                ("template", .text(view.template)), ("axis", .text(fault.axis)), ("n", .integer(fault.numbers.count)),
            ], count: fault.numbers.count, subjects: [Subject(.category, view.template, in: "")])
    }
}
