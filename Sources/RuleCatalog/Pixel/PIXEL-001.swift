// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let pixel001 = Rule(
        "PIXEL-001", .A, "index or precedence of an array is not a permutation", applies: .imgCIF,
        what: """
            For each array of ARRAY_STRUCTURE_LIST the values of index are 1 to D, once each, and so are those of \
            precedence; D is 2 or 3. A repeated key of the category belongs to DICT-006.
            """,
        why: """
            Precedence says which index runs fastest in memory; when it is no permutation the image cannot be laid \
            out.
            """,
        fix: """
            Give one row for each index, 1 to the number of dimensions, and number precedence from 1 for the fastest.
            """,
        references: ["imgCIF _array_structure_list.index, _array_structure_list.precedence"],
        needs: ["DICT-006"],
        checks: [.text(permutations)])
}

private func permutations(_ view: TextView, _ verdicts: inout Verdicts) {
    for block in view.blocks {
        guard let list = block.category("array_structure_list"), list.isComplete,
            let indices = list.column("index"),
            verdicts.isSound(Subject(.category, "array_structure_list", in: block.name))
        else { continue }
        let arrays = list.column("array_id")
        guard let precedences = list.column("precedence") else {
            if indices.count > 1 {
                verdicts.report(
                    "array '\(arrays?.text(0) ?? "1")' has index \(words(indices, Array(0..<indices.count))) and no precedence",
                    at: [.text(offset: list.offset, item: nil, row: nil)], values: [],
                    subjects: [Subject(.array, arrays?.text(0) ?? "1", in: block.name)])
            }
            continue
        }
        var rows: [(array: String, rows: [Int])] = []
        var known: [String: Int] = [:]
        for row in 0..<indices.count {
            let array = arrays?.text(row) ?? "1"
            if let place = known[array] {
                rows[place].rows.append(row)
            } else {
                known[array] = rows.count
                rows.append((array, [row]))
            }
        }
        for (array, members) in rows {
            // Sections repeat an index; what counts is that each index has one precedence.
            var pairs: [(index: Int?, precedence: Int?)] = []
            for row in members where pairs.count <= 3 {
                let pair = (index: indices.integer(row), precedence: precedences.integer(row))
                if !pairs.contains(where: { $0 == pair }) { pairs.append(pair) }
            }
            guard
                !isPermutation(pairs.map(\.index)) || !isPermutation(pairs.map(\.precedence)) || pairs.count < 2
                    || pairs.count > 3
            else { continue }
            verdicts.report(
                "array '\(array)' has index \(words(indices, members)) and precedence \(words(precedences, members))",
                at: members.map { indices.place($0) }, values: [("array", .text(array))],
                subjects: [Subject(.array, array, in: block.name)])
        }
    }
}

private func isPermutation(_ values: [Int?]) -> Bool {
    values.compactMap { $0 }.sorted() == Array(1...max(1, values.count))
}

private func words(_ column: CIF.Column, _ rows: [Int]) -> String {
    rows.prefix(6).map { Wording.excerpt(column.raw($0), limit: 12) }.joined(separator: ", ")
}
