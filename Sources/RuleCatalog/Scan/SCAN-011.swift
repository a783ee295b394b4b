// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let scan011 = Rule(
        "SCAN-011", .C, "axis is set in some scans or frames only", applies: .imgCIF,
        what: """
            An axis that is set in one scan of the block is set in all of them; and where DIFFRN_SCAN_FRAME_AXIS gives \
            settings frame by frame, every axis that has rows there has one for each frame. An axis that is left out \
            stands at 0.
            """,
        why: "A setting that was forgotten reads as 0, and the detector or the crystal stands elsewhere in that scan.",
        fix: "Write a row for each axis and scan, also where the setting is 0.",
        references: ["imgCIF DIFFRN_SCAN_AXIS, DIFFRN_SCAN_FRAME_AXIS"],
        needs: ["AXIS-001", "LINK-001", "LINK-002"],
        reads: [.settings],
        checks: [.text(partialSettings)])
}

private func partialSettings(_ view: TextView, _ verdicts: inout Verdicts) {
    for block in view.blocks {
        guard let scans = block.column("_diffrn_scan_axis.scan_id"),
            let axes = block.column("_diffrn_scan_axis.axis_id"),
            scans.count == axes.count
        else { continue }
        var settings: [String: [String: Int]] = [:]
        var order: [String] = []
        var places: [String: Int] = [:]
        for (row, (scan, axis)) in zip(scans.texts(), axes.texts()).enumerated() {
            guard let scan, let axis else { continue }
            if places[scan] == nil {
                places[scan] = order.count
                order.append(scan)
            }
            settings[axis, default: [:]][scan] = settings[axis]?[scan] ?? row
        }
        // Pixel axes are no axes of scans, which AXIS-015 tells.
        let pixelAxes = Set(block.column("_array_structure_list_axis.axis_id")?.texts().compactMap { $0 } ?? [])
        for (axis, rows) in settings.sorted(by: { $0.key < $1.key })
        where rows.count < order.count && !pixelAxes.contains(axis) {
            guard verdicts.isSound(Subject(.axis, axis, in: block.name)),
                let present = rows.keys.min(by: { places[$0] ?? 0 < places[$1] ?? 0 }),
                let absent = order.first(where: { rows[$0] == nil }), let row = rows[present]
            else { continue }
            verdicts.report(
                "axis '\(axis)' is set in scan '\(present)' and not in '\(absent)'; 0 is assumed",
                at: [axes.place(row)],
                values: [("axis", .text(axis)), ("scan1", .text(present)), ("scan2", .text(absent))],
                count: order.count - rows.count, subjects: [Subject(.category, "settings of " + axis, in: block.name)])
        }
        partialFrames(block, &verdicts)
    }
}

/// Axes that DIFFRN_SCAN_FRAME_AXIS sets in some frames of the block only.
private func partialFrames(_ block: CIF.Block, _ verdicts: inout Verdicts) {
    guard let frames = block.column("_diffrn_scan_frame_axis.frame_id"),
        let axes = block.column("_diffrn_scan_frame_axis.axis_id"), frames.count == axes.count
    else { return }
    let (codes, ids) = frames.codes()
    var seen: [String: Set<UInt32>] = [:]
    for (row, axis) in axes.texts().enumerated() {
        if let axis, Int(codes[row]) < ids.count { seen[axis, default: []].insert(codes[row]) }
    }
    for (axis, set) in seen.sorted(by: { $0.key < $1.key }) where set.count < ids.count {
        guard let present = set.min(), let absent = (0..<UInt32(ids.count)).first(where: { !set.contains($0) }) else {
            continue
        }
        verdicts.report(
            "axis '\(axis)' is set in frame '\(ids[Int(present)])' and not in '\(ids[Int(absent)])'; 0 is assumed",
            at: [axes.namePlace], values: [("axis", .text(axis))], count: ids.count - set.count,
            subjects: [Subject(.category, "frames of " + axis, in: block.name)])
    }
}
