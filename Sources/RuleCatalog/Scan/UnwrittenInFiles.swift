// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

/// Datasets of files that a description names.
func unwrittenInFiles(_ view: ArchiveView, _ verdicts: inout Verdicts) {
    for one in view.hollow {
        guard let first = one.frames.first else { continue }
        let count = one.frames.count
        let state =
            one.missing.map { "\(count == 1 ? "leads" : "lead") to \(Wording.excerpt($0, limit: 160))" }
            ?? "\(count == 1 ? "was" : "were") never written"
        verdicts.report(
            "\(FrameSight.words(one.frames)) of '\(Wording.excerpt(one.path))' in '\(Wording.excerpt(one.file, limit: 80))' "
                + "\(state); \(count == 1 ? "it reads" : "they read") as the fill value",
            at: one.places,
            values: [("frames", .integer(count)), ("file", .text(one.file)), ("first", .integer(first))], count: count,
            subjects: [Subject(.category, "frames never written of " + one.file, in: one.scope)])
    }
}
