// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImgCIF
import RuleEngine

extension Rule {
    static let link013 = Rule(
        "LINK-013", .A, "frame belongs to two scans", applies: .imgCIF,
        what: "Each frame of DIFFRN_SCAN_FRAME stands under one scan. One finding for each pair of scans.",
        why: """
            The frame has two settings, so one of them is shown with the pixels of the other, and both count in merging.
            """,
        fix: "Give the frame of each scan an identifier of its own, in DIFFRN_SCAN_FRAME and in DIFFRN_DATA_FRAME.",
        references: ["imgCIF _diffrn_scan_frame.frame_id, _diffrn_scan_frame.scan_id"],
        needs: ["DICT-006"],
        checks: [.text(sharedFrames)])
}

private func sharedFrames(_ view: TextView, _ verdicts: inout Verdicts) {
    for (reading, block) in zip(view.readings, view.blocks) where reading.kind == .imgCIF {
        let links = reading.links
        guard let (codes, names) = block.column("_diffrn_scan_frame.frame_id")?.codes(), links.scans.count > 1 else {
            continue
        }
        var firstScan = [Int32](repeating: -1, count: names.count)
        var shared: [(scans: [Int], frames: [Int])] = []
        for (frame, code) in codes.enumerated() where Int(code) < names.count && frame < links.scanOfFrame.count {
            let scan = links.scanOfFrame[frame]
            let known = firstScan[Int(code)]
            firstScan[Int(code)] = known < 0 ? scan : known
            guard scan >= 0, known >= 0, known != scan else { continue }
            let pair = [Int(known), Int(scan)]
            if let index = shared.firstIndex(where: { $0.scans == pair }) {
                shared[index].frames.append(frame)
            } else {
                shared.append((pair, [frame]))
            }
        }
        for (scans, frames) in shared {
            let ids = scans.map { links.scans.indices.contains($0) ? links.scans[$0].id : "?" }
            let first = frames.first.flatMap { links.frameID($0) } ?? "?"
            verdicts.report(
                "frame '\(Wording.excerpt(first))' belongs to scans "
                    + ids.map { "'\(Wording.excerpt($0))'" }.joined(separator: " and ")
                    + (frames.count == 1 ? "" : " (\(frames.count) such frames)"),
                at: frames.prefix(Engine.placeLimit).map { framePlace(block, $0) },
                values: [("frame", .text(first)), ("n", .integer(frames.count))], count: frames.count,
                subjects: ids.map { Subject(.scan, $0, in: block.name) })
        }
    }
}
