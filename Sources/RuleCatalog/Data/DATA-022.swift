// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let data022 = Rule(
        "DATA-022", .A, "stored chunk does not match its checksum", applies: .both,
        what: """
            In 'imprimatur verify' with a manifest of 'imprimatur checksum --chunks': the digest of every stored chunk of an \
            HDF5 dataset and of every binary section of a CBF, wherever in the file it lies. The frames are named.
            """,
        why: "Decoders notice few faults of compressed images, so that wrong counts are read as if they were measured.",
        fix: "Fetch the file again from where it is kept; the other frames are as they were.",
        references: ["HDF5 File Format Specification, version 1 B-trees and chunk indices"],
        checks: [.package(pieces)])
}

private func pieces(_ view: PackageView, _ verdicts: inout Verdicts) {
    guard view.listsPieces else { return verdicts.notChecked(.absent("the manifest lists no chunks")) }
    if let unread = view.unreadPieces { verdicts.notChecked(unread) }
    for one in view.changedPieces {
        let parts = one.dataset == nil ? "sections" : "chunks"
        let dataset = one.dataset.map { " of '\(Wording.excerpt($0, limit: 100))'" } ?? ""
        let frames = FrameRanges.words(
            one.frames, of: one.dataset == nil ? "section" : "frame")
        verdicts.report(
            "'\(Wording.excerpt(one.name, limit: 120))': \(one.count) of \(one.total) \(parts)\(dataset) differ from the "
                + "table: \(frames)",
            at: [one.place],
            values: [
                ("file", .text(one.name)), ("n", .integer(one.count)),
                (
                    "frames",
                    .list(
                        one.frames.map {
                            .text($0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)")
                        })
                ),
            ] + (one.dataset.map { [("dataset", .text($0))] } ?? []), count: one.count)
    }
}
