// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImgCIF
import RuleEngine

/// Compression and byte order of each binary section against what ARRAY_STRUCTURE says of its array.
func sectionsAgainstLoops(_ view: TextView, _ verdicts: inout Verdicts) {
    guard !view.document.binarySections.isEmpty else { return }
    for block in view.blocks {
        guard let ids = block.column("_array_structure.id") else { continue }
        for one in SectionOfArray.all(view, block) where one.section.fault == nil && one.test.fault == nil {
            guard let row = (0..<ids.count).first(where: { ids.text($0) == one.array }) else { continue }
            for (item, found) in [
                ("_array_structure.compression_type", one.section.conversion ?? "none"),
                ("_array_structure.byte_order", one.section.header("X-Binary-Element-Byte-Order") ?? ""),
            ] {
                guard let column = block.column(item), row < column.count, let stated = column.text(row),
                    !found.isEmpty, plain(found) != plain(stated), isKnown(plain(stated))
                else { continue }
                verdicts.report(
                    "image of array '\(Wording.excerpt(one.array))' is \(plain(found)), \(item) has "
                        + "'\(Wording.excerpt(stated))'",
                    at: [one.place, column.place(row)],
                    values: [("item", .text(item)), ("found", .text(found)), ("stated", .text(stated))],
                    subjects: [Subject(.category, item + " of " + one.array, in: block.name)])
            }
        }
    }
}

/// A word of a section in the words of the dictionary: `x-CBF_BYTE_OFFSET` is byte_offset.
private func plain(_ word: String) -> String {
    var word = word.lowercased().filter { $0 != "\"" }[...]
    for prefix in ["x-cbf_", "cbf_"] where word.hasPrefix(prefix) { word = word.dropFirst(prefix.count) }
    return String(word)
}

/// Words outside the dictionary are DICT-002.
private func isKnown(_ word: String) -> Bool {
    [
        "byte_offset", "canonical", "nibble_offset", "none", "packed", "packed_v2", "little_endian", "big_endian",
    ].contains(word)
}
