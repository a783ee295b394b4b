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
            that can still be read are checked, the rest is not. Every file that links, virtual datasets and external \
            raw storage lead to is measured as well.
            """,
        why: """
            The end of the file is missing: the frames that lay there are lost, and most programs refuse the whole \
            file.
            """,
        fix: "Copy the file again; when the writer died, only what was flushed before can be saved.",
        references: ["HDF5 File Format Specification, superblock end-of-file address", "dials/dials#605"],
        needs: ["FILE-001", "FILE-013"],
        checks: [.tree(truncation)])
}

private func truncation(_ view: TreeView, _ verdicts: inout Verdicts) {
    if let superblock = view.superblock { report(superblock, view.size, in: .main, &verdicts) }
    for (number, file) in (view.files?.files ?? []).enumerated().dropFirst() {
        let source = SourceID(position: number)
        if let snapshot = file.snapshot {
            report(snapshot.superblock, snapshot.size, in: source, &verdicts)
        } else if let sight = file.sight, let superblock = sight.superblock {
            report(superblock, sight.size, in: source, &verdicts)
        }
    }
    for loss in view.frames.losses where loss.kind == .rawShort {
        verdicts.report(
            "raw file '\(Wording.excerpt(loss.name, limit: 80))' ends before what '\(Wording.excerpt(loss.object))' takes from it",
            at: [.object(path: loss.object, attribute: nil)], values: [("file", .text(loss.name))],
            subjects: [Subject(.dataset, loss.object)])
    }
}

private func report(_ superblock: Superblock, _ size: Int, in source: SourceID, _ verdicts: inout Verdicts) {
    // The end that a member of several states is that of all of them.
    guard superblock.driver == nil, let stated = superblock.statedEnd, size >= 0, stated > UInt64(size) else { return }
    verdicts.report(
        "file has \(size) bytes, its superblock announces \(stated) bytes", at: [.file(source)],
        values: [("actual", .integer(size)), ("stated", .number(Double(stated)))],
        subjects: [Subject(.dataset, "end of the file")])
}
