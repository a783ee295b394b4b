// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImgCIF
import RuleEngine

extension Rule {
    static let link004 = Rule(
        "LINK-004", .A, "frame does not lead to image data", applies: .imgCIF,
        what: """
            The way of each frame: DIFFRN_SCAN_FRAME to DIFFRN_DATA_FRAME by frame_id, on to ARRAY_DATA by array_id \
            and binary_id, and from there to embedded data or to a row of ARRAY_DATA_EXTERNAL_DATA that names its \
            location; '?' is none. What can only mean one row is followed first. One finding for each scan and step \
            that fails.
            """,
        why: "The pixels of these frames cannot be found from the description.",
        fix: "Add the missing row, or correct the identifier at the step named.",
        references: [
            "imgCIF _diffrn_scan_frame.frame_id, _diffrn_data_frame.binary_id, _array_data.external_data_id",
            "cctbx/dxtbx#508",
        ],
        checks: [.experiment(framesWithoutData)])
}

private func framesWithoutData(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard let reading = view.reading, reading.kind == .imgCIF, view.experiment.imageData != nil else { return }
    let links = reading.links
    let own = Set(view.experiment.scans.map(\.id))
    for (step, frames) in links.broken {
        var byScan: [Int: [Int]] = [:]
        for frame in frames where links.scanOfFrame.indices.contains(frame) {
            byScan[Int(links.scanOfFrame[frame]), default: []].append(frame)
        }
        for (scan, lost) in byScan.sorted(by: { $0.key < $1.key }) {
            let name = links.scans.indices.contains(scan) ? links.scans[scan].id : "?"
            guard own.contains(name) || scan < 0, let first = lost.first else { continue }
            let total = links.scans.indices.contains(scan) ? links.scans[scan].frames.count : lost.count
            let id = links.frameID(first).map { " '\(Wording.excerpt($0, limit: 40))'" } ?? ""
            let number = links.numbers[first].map { " \($0)" } ?? (id.isEmpty ? " \(first + 1)" : "")
            verdicts.report(
                "\(lost.count) of \(total) frames of scan '\(name)' lead\(lost.count == 1 ? "s" : "") to no image data "
                    + "(\(lost.count == 1 ? "" : "first: ")frame\(number)\(id); step \(step.words))",
                at: [view.framePlace(first)],
                values: [("n", .integer(lost.count)), ("frames", .integer(total)), ("scan", .text(name))],
                count: lost.count, subjects: [verdicts.subject(.scan, name)])
        }
    }
}
