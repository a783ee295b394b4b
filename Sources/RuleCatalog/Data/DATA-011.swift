// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let data011 = Rule(
        "DATA-011", .A, "frame of a file is outside its images", applies: .imgCIF,
        what: """
            The numbers of frames, from 1, against the images that a file or a dataset of HDF5 holds, of the files that are \
            opened. Numbers below 1 are DATA-032, which knows them from the text.
            """,
        why: "The frames are not there, or all numbers are shifted and each frame shows another one.",
        fix: "Count frames from 1, and describe as many as the file holds.",
        references: ["imgCIF _array_data_external_data.frame", "dials/dials#324"],
        checks: [.archive(framesOutside)])
}

private func framesOutside(_ view: ArchiveView, _ verdicts: inout Verdicts) {
    for one in view.outside {
        guard let first = one.frames.first else { continue }
        let rows = one.frames.count == 1 ? "1 such row" : "\(one.frames.count) such rows"
        verdicts.report(
            "'\(Wording.excerpt(one.file, limit: 80))': frame \(first) of \(one.images) "
                + "image\(one.images == 1 ? "" : "s") (\(rows))",
            at: one.places,
            values: [
                ("file", .text(one.file)), ("frame", .integer(first)), ("images", .integer(one.images)),
                ("n", .integer(one.frames.count)),
            ], count: one.frames.count, subjects: [Subject(.category, "frames of " + one.file, in: one.scope)])
    }
}
