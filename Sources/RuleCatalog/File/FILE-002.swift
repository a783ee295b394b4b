// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import RuleEngine

extension Rule {
    static let file002 = Rule(
        "FILE-002", .A, "HDF5 file is truncated", applies: .anyNeXus,
        what: """
            The end of the file as its superblock announces it, against the number of bytes that are there. Objects \
            that can still be read are checked, the rest is not.
            """,
        why: """
            The end of the file is missing: the frames that lay there are lost, and most programs refuse the whole \
            file.
            """,
        fix: "Copy the file again; when the writer died, only what was flushed before can be saved.",
        references: ["HDF5 File Format Specification, superblock end-of-file address", "dials/dials#605"],
        needs: ["FILE-001"],
        checks: [.tree(truncation)])
}

private func truncation(_ view: TreeView, _ verdicts: inout Verdicts) {
    guard let superblock = view.superblock, let stated = superblock.statedEnd, view.size >= 0,
        stated > UInt64(view.size)
    else { return }
    verdicts.report(
        "file has \(view.size) bytes, its superblock announces \(stated) bytes", at: [.file],
        values: [("actual", .integer(view.size)), ("stated", .number(Double(stated)))],
        subjects: [Subject(.dataset, "end of the file")])
}
