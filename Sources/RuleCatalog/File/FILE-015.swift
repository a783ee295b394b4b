// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import RuleEngine

extension Rule {
    static let file015 = Rule(
        "FILE-015", .B, "data files of one scan differ in element type or filter", applies: .anyNeXus,
        what: """
            Type and filters of all blocks data_NNNNNN and of all sources of a virtual dataset of one scan, and the \
            type of the virtual dataset over them.
            """,
        why: """
            Readers take type and filter of the first block: the others cannot be decoded, and the largest values, \
            which flag pixels, change with the type.
            """,
        fix: "Write all blocks of a scan with one type and one filter.",
        references: ["BCDA-APS/apstools#1007", "dials/dials#2669"], needs: ["FILE-001", "FILE-014"],
        checks: [.tree(unlikeTypes)])
}

private func unlikeTypes(_ view: TreeView, _ verdicts: inout Verdicts) {
    guard let files = view.files else { return }
    for stack in view.imageStacks {
        let blocks = StoredBlock.all(stack, view.frames, files)
        guard let first = blocks.first else { continue }
        let shown = stack.blocks.first.flatMap { block in
            block.mappings > 0 ? files.files[block.file].snapshot?.objects[block.object].dataset?.type.words : nil
        }
        var other: (name: String, is: String, first: String, was: String)?
        if let shown, shown != first.dataset.type.words {
            other = (first.name, first.dataset.type.words, stack.path, shown)
        }
        for block in blocks.dropFirst() where other == nil {
            if block.dataset.type.words != first.dataset.type.words {
                other = (block.name, block.dataset.type.words, first.name, first.dataset.type.words)
            } else if filters(block) != filters(first) {
                other = (block.name, filters(block), first.name, filters(first))
            }
        }
        guard let other else { continue }
        verdicts.report(
            "'\(Wording.excerpt(other.name, limit: 80))' holds \(other.is), "
                + "'\(Wording.excerpt(other.first, limit: 80))' \(other.was)",
            at: [.object(path: stack.path, attribute: nil)],
            values: [("file", .text(other.name)), ("first", .text(other.first))],
            subjects: [Subject(.dataset, stack.path)])
    }
}

private func filters(_ block: StoredBlock) -> String {
    let names = block.dataset.filters.map { $0.name.isEmpty ? "filter \($0.id)" : $0.name }
    return names.isEmpty ? "data without filter" : "data behind " + names.joined(separator: ", ")
}
