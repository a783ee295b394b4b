// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImgCIF
import RuleEngine

extension Rule {
    static let scan007 = Rule(
        "SCAN-007", .A, "frame numbers have gaps or repeats", applies: .imgCIF,
        what: """
            The frame numbers of a scan of more than one frame run from the lowest, 1 or 0, without gap or repeat. Frames \
            without a number are told, for nothing says which comes first.
            """,
        why: """
            The setting of a frame follows from its number; a gap or a repeat gives frames wrong settings, or hides \
            that frames are missing.
            """,
        fix: "Number the frames of each scan 1, 2, 3 … in the order in which they were recorded.",
        references: ["imgCIF _diffrn_scan_frame.frame_number", "dials/dials#1153"],
        needs: ["SCAN-006"],
        checks: [.experiment(frameNumbers), .text(unnumberedFrames)])
}

/// Frames of which no number is known.
private func unnumberedFrames(_ view: TextView, _ verdicts: inout Verdicts) {
    for block in view.blocks {
        guard let frames = block.category("diffrn_scan_frame"), frames.isComplete, frames.rowCount > 1 else { continue }
        let numbers = frames.column("frame_number")
        let without = (0..<frames.rowCount).filter { row in numbers.map { $0.integer(row) == nil } ?? true }
        guard let first = without.first else { continue }
        let state = numbers.map { "is '\(Wording.excerpt($0.raw(first), limit: 20))'" } ?? "is absent"
        verdicts.report(
            "_diffrn_scan_frame.frame_number \(state): \(without.count) of \(frames.rowCount) frames have no number",
            at: numbers.map { column in without.prefix(5).map { column.place($0) } }
                ?? [.text(offset: frames.offset, item: nil, row: nil)],
            values: [("n", .integer(without.count))], count: without.count,
            subjects: [Subject(.category, "frame numbers", in: block.name)])
    }
}

private func frameNumbers(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for scan in view.experiment.scans {
        guard let listed = scan.frameNumbers, listed.value.count > 1,
            verdicts.areSound([verdicts.subject(.scan, scan.id)])
        else { continue }
        let sorted = listed.value.sorted()
        var expected = sorted[0] == 0 ? 0 : 1
        var missing: (first: Int, count: Int)?
        var repeated: (first: Int, count: Int)?
        for number in sorted {
            if number < expected {
                repeated = (repeated?.first ?? number, (repeated?.count ?? 0) + 1)
                continue
            }
            if number > expected {
                missing = (missing?.first ?? expected, (missing?.count ?? 0) &+ (number &- expected))
            }
            expected = number &+ 1
        }
        // A frame without a number leaves one free, which is told of the frame.
        let hasUnnumbered = (view.rowsOfFrames(scan) ?? 0) > listed.value.count
        for (fault, found) in [("missing", missing), ("repeated", repeated)] {
            guard let found, fault == "repeated" || !hasUnnumbered else { continue }
            verdicts.report(
                "scan '\(scan.id)': frame number \(found.first) is \(fault)"
                    + (found.count > 1 ? " (\(found.count) such numbers)" : ""),
                at: listed.places,
                values: [("scan", .text(scan.id)), ("number", .integer(found.first)), ("n", .integer(found.count))],
                count: found.count, subjects: [verdicts.subject(.scan, scan.id)])
        }
    }
}
