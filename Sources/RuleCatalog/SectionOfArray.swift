// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImgCIF
import RuleEngine

/// A binary section with what the loops of its block say of its array.
struct SectionOfArray {
    let section: CIF.BinarySection
    let test: SectionTest
    let array: String
    /// Dimensions by precedence, fastest first; empty when the loops do not give them all.
    let dimensions: [Int]
    /// `_array_structure.encoding_type` in lower case, one blank between words.
    let encoding: String?

    var place: Place { .text(offset: section.offset, item: nil, row: nil) }

    /// The sections of a block with loops, in the order of ARRAY_DATA.
    static func all(_ view: TextView, _ block: CIF.Block) -> [SectionOfArray] {
        guard let data = block.category("array_data"), let column = data.column("data"),
            let list = block.category("array_structure_list")
        else { return [] }
        return (0..<column.count).compactMap { row in
            guard case .binary(let index) = column.kind(row), view.document.binarySections.indices.contains(index)
            else {
                return nil
            }
            let section = view.document.binarySections[index]
            let array = data.column("array_id")?.text(row) ?? "1"
            return SectionOfArray(
                section: section, test: SectionTest(section), array: array, dimensions: dimensions(of: array, list),
                encoding: encoding(of: array, block))
        }
    }

    private static func dimensions(of array: String, _ list: CIF.Category) -> [Int] {
        let ids = list.column("array_id")
        let names = Set(ids?.codes().names ?? [])
        // An only array stands for an unknown one, as everywhere (LINK-002).
        let own = (0..<list.rowCount).filter { row in
            list.column("array_section_id")?.text(row) == nil
                && (ids?.text(row) ?? "1" == array || names.count == 1 && !names.contains(array))
        }
        var sizes: [Int: Int] = [:]
        for row in own {
            let index = list.column("index")?.integer(row) ?? row + 1
            guard let size = list.column("dimension")?.integer(row) else { return [] }
            sizes[list.column("precedence")?.integer(row) ?? index] = size
        }
        let ordered = (1...max(1, sizes.count)).compactMap { sizes[$0] }
        return ordered.count == own.count && own.count > 1 ? ordered : []
    }

    /// The type of all arrays of a block, as `encoding` has it; nil where it states none, or several.
    static func onlyEncoding(of block: CIF.Block) -> String? {
        guard let column = block.category("array_structure")?.column("encoding_type") else { return nil }
        let words = Set((0..<column.count).map { column.text($0) })
        guard words.count == 1, let only = words.first else { return nil }
        return only.map { $0.lowercased().split(separator: " ").joined(separator: " ") }
    }

    private static func encoding(of array: String, _ block: CIF.Block) -> String? {
        guard let structure = block.category("array_structure"), let column = structure.column("encoding_type") else {
            return nil
        }
        let ids = structure.column("id")
        let row = (0..<column.count).first { ids?.text($0) ?? "1" == array } ?? (column.count == 1 ? 0 : nil)
        return row.flatMap { column.text($0) }.map { $0.lowercased().split(separator: " ").joined(separator: " ") }
    }
}
