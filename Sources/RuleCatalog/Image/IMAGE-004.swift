// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Frames
import RuleEngine

extension Rule {
    static let image004 = Rule(
        "IMAGE-004", .B, "checksum of the image data differs", applies: .both,
        what: """
            Content-MD5 of a binary section over its bytes without padding, and the Fletcher-32 sum of each chunk of the \
            frames that --frames chooses. Sections of fewer than 512 bytes are named, for a reader that is much used has \
            computed their sums wrongly.
            """,
        why: "The bytes are not those that were written: a pixel, or all of them, may be wrong.",
        fix: "Copy the file again from where it was written; if it is the original, write the checksum of its bytes.",
        references: ["imgCIF _array_data.data", "HDF5 Fletcher32 filter", "silx-kit/fabio#528"],
        needs: ["CIF-010"],
        checks: [.frames(otherSums)])
}

private func otherSums(_ view: FramesView, _ verdicts: inout Verdicts) {
    for sight in FrameSight.all(view) where verdicts.isSound(sight.subject) {
        var faults: [(number: Int, kind: String, stated: String, found: String, remark: String)] = []
        for reading in sight.stack.frames {
            switch reading.outcome {
            case .success(let facts):
                guard let fault = facts.checksum else { continue }
                let remark = fault.isOfFewBytes ? "; the section is below 512 bytes, where fabio errs" : ""
                faults.append((reading.frame + 1, fault.kind, fault.stated, fault.found, remark))
            case .failure(.checksum(let kind, let stated, let found)):
                faults.append((reading.frame + 1, kind, stated, found, ""))
            case .failure: continue
            }
        }
        guard let first = faults.first else { continue }
        let numbers = faults.map(\.number)
        let more = faults.count > 1 ? " (first of \(faults.count) frames)" : ""
        verdicts.report(
            "frame \(first.number) of \(sight.words)\(more): \(first.kind) is \(first.stated), the data give "
                + "\(first.found)\(first.remark)",
            at: [sight.place(numbers)],
            values: [
                ("kind", .text(first.kind)), ("stated", .text(first.stated)), ("found", .text(first.found)),
            ], count: faults.count, subjects: [sight.subject])
    }
}
