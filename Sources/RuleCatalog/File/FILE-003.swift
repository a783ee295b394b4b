// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import RuleEngine

extension Rule {
    static let file003 = Rule(
        "FILE-003", .B, "HDF5 file is still marked as open for writing", applies: .anyNeXus,
        what: """
            The flags of the superblock, version 3, that say the file is open for writing; versions 0 to 2 carry no \
            flag and pass. Files reached by links are looked at as well.
            """,
        why: "The writer still runs, or died: the last frames may not be in the file, and libraries refuse to open it.",
        fix: """
            Wait until the writer has closed the file; if it died, run h5clear -s on a copy and compare the number of \
            frames.
            """,
        references: [
            "HDF5 File Format Specification, superblock version 3, file consistency flags", "dials/dials#605",
        ],
        needs: ["FILE-001", "FILE-013"],
        checks: [.tree(openFiles)])
}

private func openFiles(_ view: TreeView, _ verdicts: inout Verdicts) {
    if let superblock = view.superblock { report(superblock, in: .main, &verdicts) }
    for (number, file) in (view.files?.files ?? []).enumerated().dropFirst() {
        if let superblock = file.snapshot?.superblock {
            report(superblock, in: SourceID(position: number), &verdicts)
        }
    }
}

private func report(_ superblock: Superblock, in source: SourceID, _ verdicts: inout Verdicts) {
    guard superblock.isOpenForWriting || superblock.isOpenForSWMR else { return }
    let mode = superblock.isOpenForSWMR ? "SWMR writing" : "writing"
    verdicts.report(
        "file is marked as open for \(mode): the last frames may not be in it", at: [.file(source)],
        values: [("mode", .text(mode))], subjects: [Subject(.dataset, "flags")])
}
