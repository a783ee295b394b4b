// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction

/// A category as rows, with the places of its values; an absent category has no rows.
struct Table {
    let name: String
    let category: CIF.Category?
    let source: SourceID

    init(_ name: String, in block: SourcedBlock) {
        self.name = name
        category = block.block.category(name)
        source = block.source
    }

    var exists: Bool { category != nil }
    var rowCount: Int { category?.rowCount ?? 0 }
    var rows: Range<Int> { 0..<rowCount }

    /// The column of an item named without its category, such as `depends_on`.
    func column(_ item: String) -> CIF.Column? { category?.column(item) }

    /// The place of a value; the category itself when the item is absent.
    func place(_ item: String, _ row: Int) -> Place {
        guard let column = column(item), row >= 0, row < column.count else { return place }
        return column.place(row, in: source)
    }

    /// The place of a row: its first value.
    func place(ofRow row: Int) -> Place {
        guard let column = category?.columns.first, row >= 0, row < column.count else { return place }
        return .text(offset: column.offset(row), item: nil, row: row + 1, in: source)
    }

    /// The place where the category begins.
    var place: Place {
        guard let category else { return .file(source) }
        return .text(offset: category.offset, item: "_" + name, row: nil, in: source)
    }

    func text(_ item: String, _ row: Int) -> String? {
        guard let column = column(item), row >= 0, row < column.count else { return nil }
        return column.text(row)
    }

    func sourcedText(_ item: String, _ row: Int) -> Sourced<String>? {
        guard let column = column(item), row >= 0, row < column.count, let text = column.text(row) else { return nil }
        return Sourced(text, .stated(column.place(row, in: source)))
    }

    func number(_ item: String, _ row: Int) -> Sourced<Double>? {
        guard let column = column(item), row >= 0, row < column.count, let number = column.number(row) else {
            return nil
        }
        return Sourced(number.value, .stated(column.place(row, in: source)))
    }

    func integer(_ item: String, _ row: Int) -> Sourced<Int>? {
        guard let column = column(item), row >= 0, row < column.count, let number = column.integer(row) else {
            return nil
        }
        return Sourced(number, .stated(column.place(row, in: source)))
    }

    /// The text of a value that is no number although something stands there: '?', or words; '.' stands for the default.
    func unknown(_ item: String, _ row: Int) -> Sourced<String>? {
        guard let column = column(item), row >= 0, row < column.count, column.number(row) == nil else { return nil }
        let raw = column.raw(row)
        return raw == "." || raw.isEmpty ? nil : Sourced(raw, .stated(column.place(row)))
    }

    /// A number with its decimals, as tolerances need it.
    func stated(_ item: String, _ row: Int) -> Stated? {
        guard let column = column(item), row >= 0, row < column.count, let number = column.number(row) else {
            return nil
        }
        return Stated(
            value: number.value, decimals: number.decimals, uncertainty: number.uncertainty,
            place: column.place(row, in: source))
    }

    /// The first of several items that has a text in this row.
    func firstText(_ items: [String], _ row: Int) -> Sourced<String>? {
        for item in items {
            if let text = sourcedText(item, row) { return text }
        }
        return nil
    }

    /// The first number of an item in any of the rows.
    func firstNumber(_ item: String, rows: [Int]) -> Sourced<Double>? {
        for row in rows {
            if let number = number(item, row) { return number }
        }
        return nil
    }

    /// The first text of an item in any of the rows.
    func firstText(_ item: String, rows: [Int]) -> Sourced<String>? {
        for row in rows {
            if let text = sourcedText(item, row) { return text }
        }
        return nil
    }

    /// The rows that belong to one data collection: those whose `diffrn_id` names it or is not given.
    func rows(of collection: String?) -> [Int] {
        guard let collection, let column = column("diffrn_id") else { return Array(rows) }
        return rows.filter { row in
            guard row < column.count, let id = column.text(row) else { return true }
            return id == collection
        }
    }
}

extension CIF.Column {
    /// The place of a value: byte offset, item, row from 1 for loops.
    func place(_ row: Int, in source: SourceID = .main) -> Place {
        guard row >= 0, row < count else { return .text(offset: nameOffset, item: name, row: nil, in: source) }
        return .text(offset: offset(row), item: name, row: isLooped ? row + 1 : nil, in: source)
    }
}
