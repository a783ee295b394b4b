// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import RuleEngine

extension Rule {
    static let file014 = Rule(
        "FILE-014", .A, "data files of one scan differ in frame shape", applies: .anyNeXus,
        what: """
            Rows and columns of all blocks data_NNNNNN of one scan, and of the sources of a virtual dataset that fill \
            the same pixels of the frame. Modules may differ.
            """,
        why: "Readers take the shape of the first block: the frames of the others are read askew, or not at all.",
        fix: "Write all blocks of a scan with one shape, or describe them as scans of their own.",
        references: ["BCDA-APS/apstools#1007"], needs: ["FILE-001", "FILE-004", "FILE-006"],
        checks: [.tree(unlikeFrames)])
}

private func unlikeFrames(_ view: TreeView, _ verdicts: inout Verdicts) {
    guard let files = view.files else { return }
    for stack in view.imageStacks {
        var firstOfArea: [Area: StoredBlock] = [:]
        let first = stack.blocks.first
        let blocks = StoredBlock.all(stack, view.frames, files)
        for block in blocks where blocks.count > 1 {
            // Blocks beside each other are compared whole; sources of a virtual dataset by the pixels they fill.
            let key = stack.blocks.count > 1 ? stack.whole : block.run.area
            guard let known = firstOfArea[key] else {
                firstOfArea[key] = block
                continue
            }
            let isOneRank = stack.blocks.count == 1 || known.rank == block.rank
            guard known.frame != block.frame || !isOneRank else { continue }
            let (one, other) =
                isOneRank
                ? ("holds frames of \(words(block.frame))", "of \(words(known.frame))")
                : ("has \(block.rank) dimension\(block.rank == 1 ? "" : "s")", "\(known.rank)")
            verdicts.report(
                "'\(Wording.excerpt(block.name, limit: 80))' \(one), "
                    + "'\(Wording.excerpt(known.name, limit: 80))' \(other)",
                at: [.object(path: stack.blocks.count > 1 ? block.name : first?.path ?? "", attribute: nil)],
                values: [("file", .text(block.name)), ("first", .text(known.name))],
                subjects: [Subject(.dataset, "blocks"), Subject(.dataset, stack.path)])
            break
        }
    }
}

private func words(_ shape: [Int]) -> String { shape.map(String.init).joined(separator: " x ") }
