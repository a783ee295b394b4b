// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImgCIF
import RuleEngine

extension Rule {
    static let link008 = Rule(
        "LINK-008", .B, "first or last frame of the scan is misnamed", applies: .imgCIF,
        what: """
            frame_id_start and frame_id_end of each scan against the frames with the lowest and the highest frame \
            number.
            """,
        why: """
            Programs that take the ends of the scan from these items leave frames out or look for one that is not \
            there.
            """,
        fix: "Write the frame_id of the first and of the last frame of the scan.",
        references: ["imgCIF _diffrn_scan.frame_id_end"],
        needs: ["SCAN-007", "LINK-004"],
        checks: [.text(endsOfScans)])
}

private func endsOfScans(_ view: TextView, _ verdicts: inout Verdicts) {
    for (reading, block) in zip(view.readings, view.blocks) {
        // Which frames come first and last is open where rows are lost, which CIF-003 tells.
        guard block.category("diffrn_scan_frame")?.isComplete != false else {
            verdicts.notChecked(.gated("CIF-003", at: "category diffrn_scan_frame"))
            continue
        }
        let links = reading.links
        for scan in links.scans {
            guard let row = scan.row, verdicts.areSound([Subject(.scan, scan.id, in: block.name)]) else { continue }
            // A frame without a number may be the first or the last; SCAN-007 tells it.
            guard scan.frames.allSatisfy({ links.numbers[Int($0)] != nil }) else { continue }
            let frames = scan.frames.map(Int.init).filter { links.numbers[$0] != nil }
            let ordered = frames.sorted { (links.numbers[$0] ?? 0) < (links.numbers[$1] ?? 0) }
            for (item, word, frame) in [("start", "first", ordered.first), ("end", "last", ordered.last)] {
                guard let frame, let column = block.column("_diffrn_scan.frame_id_\(item)"),
                    let stated = column.text(row),
                    let other = links.frameID(frame), stated != other
                else { continue }
                verdicts.report(
                    "scan '\(scan.id)': \(column.name) = '\(Wording.excerpt(stated))', the \(word) frame is "
                        + "'\(Wording.excerpt(other))'",
                    at: [column.place(row)],
                    values: [("scan", .text(scan.id)), ("value", .text(stated)), ("other", .text(other))],
                    subjects: [Subject(.category, "diffrn_scan", in: block.name)])
            }
        }
    }
}
