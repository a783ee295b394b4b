// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let scan027 = Rule(
        "SCAN-027", .B, "headers of one series fall apart", applies: .both,
        parameters: [
            Parameter("wavelength", "Share by which the wavelength may differ", 0.0001, unit: "ratio", limits: 0...0.1),
            Parameter("distance", "Difference of the distance that passes", 0.5, unit: "mm", limits: 0...100),
            Parameter("centre", "Difference of the beam centre that passes", 0.5, unit: "px", limits: 0...100),
            Parameter(
                "angle", "Difference of a setting of the detector that passes", 0.05, unit: "deg", limits: 0...10),
            Parameter(
                "share", "Share by which times, threshold and limit may differ", 0.05, unit: "ratio", limits: 0...1),
        ],
        what: """
            Images whose names differ in the number alone, read together: an angle that does not advance although each \
            image turns, a wavelength, a distance or a number of pixels that changes, a header that cannot be read. \
            While the scan goes on: another beam centre, pixel size, detector, sensor, swing or offset of the detector, \
            threshold, exposure, frame period, greatest valid count, polarisation or type of the elements. A distance \
            or a swing that the axes of loops move by even steps is a scan of it. \
            The images at which the series breaks are named. In a NeXus file: a rotation that begins every frame at one \
            angle although each turns. Another start angle, increment or setting of a goniometer begins another scan \
            and is no finding.
            """,
        why: "Programs take the header of the first image for all, or part the series into scans of one image.",
        fix: "Correct the headers of the images named, or give images of another scan another name.",
        fixInNeXus: "Write the angle at which each frame begins, one for each, or increments of 0 for stills.",
        references: ["dials/dials#89", "dials/dials#498"],
        needs: ["SCAN-006", "SCAN-010", "AXIS-013", "AXIS-023"],
        reads: [.settings],
        checks: [.series(breaks), .experiment(standingStarts)])
}

private func breaks(_ view: SeriesView, _ verdicts: inout Verdicts) {
    let tolerance = SeriesFacts.Tolerance(
        wavelength: verdicts.number("wavelength"), distance: verdicts.number("distance"),
        centre: verdicts.number("centre"), angle: verdicts.number("angle"), share: verdicts.number("share"))
    let moved = MovedFacts(view.members.compactMap(\.facts))
    var found: [Int: (changes: [SeriesChange], numbers: [Int])] = [:]
    var last: (number: Int, facts: SeriesFacts)?
    for member in view.members {
        guard let facts = member.facts.map(moved.leftOut(of:)) else {
            if let failure = member.failure {
                let change = SeriesChange.unreadable(failure)
                found[change.kind, default: ([], [])].changes.append(change)
                found[change.kind]?.numbers.append(member.number)
            }
            continue
        }
        if let before = last, before.number + 1 == member.number,
            let change = before.facts.change(to: facts, tolerance: tolerance), change.isFault
        {
            found[change.kind, default: ([], [])].changes.append(change)
            found[change.kind]?.numbers.append(member.number)
        }
        last = (member.number, facts)
    }
    for kind in found.keys.sorted() {
        guard let (changes, numbers) = found[kind], let first = changes.first else { continue }
        let part =
            switch first {
            case .unreadable: "is interrupted"
            case .constant: "changes"
            default: "falls into \(numbers.count + 1) scans"
            }
        verdicts.report(
            "series '\(view.template)' \(part) at \(FrameRanges.words(FrameRanges.collapse(numbers), of: "image")): "
                + first.sentence,
            at: view.members.filter { numbers.first == $0.number }.map { _ in .file },
            values: [
                ("template", .text(view.template)), ("n", .integer(numbers.count)), ("reason", .text(first.sentence)),
            ], count: numbers.count, subjects: [Subject(.category, view.template, in: "")])
    }
}

/// NeXus: frames that all begin at one angle and turn.
private func standingStarts(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard view.block == nil else { return }
    for scan in view.experiment.scans where scan.frameCount.value > 1 {
        for row in scan.axes where view.graph[row.axis]?.motion.value == .rotation {
            guard case .explicit(let starts, let ends?) = row.settings, let start = starts.first, starts.count > 1,
                starts.count == ends.count, starts.allSatisfy({ abs($0 - start) <= 1e-6 }),
                verdicts.areSound([verdicts.subject(.scan, scan.id)] + verdicts.axes([row.axis]))
            else { continue }
            let turn = (ends[0] - start).remainder(dividingBy: 360)
            guard abs(turn) > 1e-3, ends.allSatisfy({ abs($0 - ends[0]) <= 1e-6 }) else { continue }
            verdicts.report(
                "scan '\(scan.id)': '\(row.axis)' begins each of \(starts.count) frames at "
                    + "\(Wording.number(start, digits: 8)) deg, although each turns by \(Wording.number(turn)) deg",
                at: [row.place],
                values: [
                    ("scan", .text(scan.id)), ("axis", .text(row.axis.text)),
                    ("increment", .quantity(turn, unit: "deg")),
                ], count: starts.count, subjects: [verdicts.subject(.scan, scan.id)])
        }
    }
}
