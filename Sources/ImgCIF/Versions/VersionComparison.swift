// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import CIF
public import Diffraction

/// Two versions of one description, number by number: META-007.
///
/// Rows are matched by their keys, so that layout, the order of loops and rows, and the way a number is written pass.
public enum VersionComparison {
    /// Categories whose numbers are compared, with the items that tell their rows apart.
    private static let categories: [(name: String, keys: [String])] = [
        ("diffrn_radiation_wavelength", ["id"]), ("axis", ["id"]), ("array_structure_list", ["array_id", "index"]),
        ("array_structure_list_axis", ["axis_set_id", "axis_id"]), ("diffrn_scan", ["id"]),
        ("diffrn_scan_axis", ["scan_id", "axis_id"]),
    ]

    /// Categories whose numbers of rows are compared.
    private static let counted = [
        "diffrn_scan", "diffrn_scan_frame", "diffrn_data_frame", "array_data", "array_data_external_data",
    ]

    /// The numbers that differ, in the order of the categories; none when the two share no axis and so are no versions.
    ///
    /// - Cost: Linear in the number of rows.
    public static func differences(_ first: BlockReading, _ second: BlockReading, in a: CIF.Block, _ b: CIF.Block)
        -> [ItemDifference]
    {
        let sides = (SourcedBlock(a, in: first.source), SourcedBlock(b, in: second.source))
        guard areVersions(Table("axis", in: sides.0), Table("axis", in: sides.1)) else { return [] }
        var found: [ItemDifference] = []
        for (name, keys) in categories {
            found += numbers(Table(name, in: sides.0), Table(name, in: sides.1), keys: keys)
        }
        for name in counted {
            let (x, y) = (Table(name, in: sides.0), Table(name, in: sides.1))
            guard x.rowCount != y.rowCount, x.exists, y.exists else { continue }
            found.append(
                ItemDifference(
                    item: "rows of \(name.uppercased())", row: "",
                    first: ComparedValue(text: "\(x.rowCount)", origin: .stated(x.place)),
                    second: ComparedValue(text: "\(y.rowCount)", origin: .stated(y.place))))
        }
        return found
    }

    /// Half of the axes of either, and more, have the same names.
    private static func areVersions(_ first: Table, _ second: Table) -> Bool {
        let ids = [first, second].map { table in Set(table.rows.compactMap { table.text("id", $0) }) }
        let common = ids[0].intersection(ids[1]).count
        return common > 0 && 2 * common >= max(ids[0].count, ids[1].count)
    }

    private static func numbers(_ first: Table, _ second: Table, keys: [String]) -> [ItemDifference] {
        guard let category = first.category, let other = second.category else { return [] }
        var rows: [[String]: Int] = [:]
        func key(_ table: Table, _ row: Int) -> [String] { keys.map { table.text($0, row) ?? "" } }
        for row in second.rows.reversed() { rows[key(second, row)] = row }
        let alone = first.rowCount == 1 && second.rowCount == 1
        var found: [ItemDifference] = []
        for column in category.columns {
            let item = String(column.name.drop { $0 != "." }.dropFirst())
            guard !keys.contains(item.lowercased()), let twin = other.column(item) else { continue }
            for row in first.rows where row < column.count {
                let name = key(first, row)
                guard let match = rows[name] ?? (alone ? 0 : nil), match < twin.count,
                    let x = value(column, row), let y = value(twin, match), x != y
                else { continue }
                found.append(
                    ItemDifference(
                        item: column.name, row: alone ? "" : name.joined(separator: ", "),
                        first: ComparedValue(
                            text: column.raw(row), origin: .stated(column.place(row, in: first.source))),
                        second: ComparedValue(
                            text: twin.raw(match), origin: .stated(twin.place(match, in: second.source)))))
            }
        }
        return found
    }

    /// A number; 0 for what is left out, which the dictionary takes for it; nil for texts and for what is unknown.
    private static func value(_ column: CIF.Column, _ row: Int) -> Double? {
        if let number = column.number(row) { return number.value }
        return column.kind(row) == .inapplicable ? 0 : nil
    }
}
