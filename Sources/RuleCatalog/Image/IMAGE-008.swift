// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Frames
import RuleEngine

extension Rule {
    static let image008 = Rule(
        "IMAGE-008", .B, "background is centred away from the beam centre", applies: .both,
        parameters: [
            Parameter("tolerance", "Distance of the two centres that passes", 4, unit: "px", limits: 1...100)
        ],
        what: """
            The point about which the scattering background is symmetric, against the point where the beam meets the \
            detector by the axes. Counts of up to eight of the frames that --frames chooses are summed over cells of some \
            ten pixels, flagged pixels left out; cells of equal scattering angle are compared, whatever the tilt, with \
            terms for polarisation and absorption. Spots and shadows lose their weight. The uncertainty comes from \
            leaving out sectors and rings in turn: nothing is said where it is 2 px or more, and a finding is at least \
            four times as far off.
            """,
        why: """
            Indexing starts from the beam centre: a few pixels off it fails, or takes a neighbouring lattice point for \
            the origin, and every index is wrong by one.
            """,
        fix: """
            Look at the picture of a frame (imprimatur inspect --frame), and correct the place of the detector so that \
            the beam meets the pixel about which the background lies.
            """,
        references: ["xia2/xia2#617", "xia2/xia2#56", "XDS wiki, Finding out ORGX and ORGY"],
        needs: .placedPanels + ["GEOM-001", "IMAGE-002", "IMAGE-006"],
        checks: [.frames(displacedBackgrounds)])
}

private func displacedBackgrounds(_ view: FramesView, _ verdicts: inout Verdicts) {
    let tolerance = verdicts.number("tolerance")
    for sight in FrameSight.all(view) where !sight.facts.isEmpty {
        switch sight.stack.centre {
        case .failure(let thin): verdicts.notChecked(.kind("\(sight.words): \(thin.words)"))
        case .success(let centre) where !centre.isCertain:
            verdicts.notChecked(
                .kind("\(sight.words): the background tells its centre to \(Wording.fixed(centre.uncertainty, 1)) px"))
        case .success(let centre):
            guard centre.isAway(tolerance: tolerance) else {
                guard centre.shift > tolerance else { continue }
                verdicts.notChecked(
                    .kind(
                        "\(sight.words): the background is centred \(Wording.fixed(centre.shift, 1)) px away, and tells it to "
                            + "\(Wording.fixed(centre.uncertainty, 1)) px"))
                continue
            }
            guard verdicts.isSound(sight.subject) else { continue }
            func pair(_ value: FastSlow<Double>) -> String {
                "(\(Wording.fixed(value.fast, 1)), \(Wording.fixed(value.slow, 1))) px"
            }
            verdicts.report(
                "background of \(sight.words) is centred at \(pair(centre.found)) within "
                    + "\(Wording.fixed(max(0.1, centre.uncertainty), 1)) px, the axes give \(pair(centre.stated))",
                at: [sight.place(sight.facts.map(\.number))],
                values: [
                    ("fast", .quantity(centre.found.fast, unit: "px")),
                    ("slow", .quantity(centre.found.slow, unit: "px")),
                    ("stated_fast", .quantity(centre.stated.fast, unit: "px")),
                    ("stated_slow", .quantity(centre.stated.slow, unit: "px")),
                    ("uncertainty", .quantity(centre.uncertainty, unit: "px")), ("frames", .integer(centre.frames)),
                ], subjects: [sight.subject])
        }
    }
}
