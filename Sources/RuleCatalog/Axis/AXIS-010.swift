// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let axis010 = Rule(
        "AXIS-010", .B, "setting does not fit the type of the axis", applies: .imgCIF,
        what: """
            The angle items of a translation and the displacement items of a rotation in DIFFRN_SCAN_AXIS and \
            DIFFRN_SCAN_FRAME_AXIS are 0 or not given.
            """,
        why: """
            The setting is dropped by programs that look at the item that fits the type, and the axis then stands at \
            0.
            """,
        fix: "Move the value to the item that fits: angle items for rotations, displacement items for translations.",
        references: ["imgCIF _diffrn_scan_axis.angle_start, _diffrn_scan_axis.displacement_start"],
        needs: ["AXIS-006"],
        checks: [.experiment(misplacedSettings)])
}

private func misplacedSettings(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for scan in view.experiment.scans {
        for row in scan.axes {
            guard let axis = view.graph[row.axis] else { continue }
            let stated: StatedRange
            let kind: String
            switch axis.motion.value {
            case .rotation: (stated, kind) = (row.displacement, "displacement")
            case .translation: (stated, kind) = (row.angle, "angle")
            case .general, .unknown: continue
            }
            let items: [(String, Stated?)] = [
                ("start", stated.start), ("increment", stated.increment), ("range", stated.range),
                ("rstrt_incr", stated.restartIncrement),
            ]
            guard
                let (name, value) = items.lazy.compactMap({ item in item.1.map { (item.0, $0) } })
                    .first(where: { $0.1.value != 0 }), verdicts.areSound(verdicts.axes([axis.id]))
            else { continue }
            verdicts.report(
                "\(axis.motion.value.word) axis '\(axis.id)' has \(kind)_\(name) = \(Wording.number(value.value))",
                at: [value.place],
                values: [("axis", .text(axis.id.text)), ("value", .number(value.value))],
                subjects: verdicts.axes([axis.id]))
        }
    }
}
