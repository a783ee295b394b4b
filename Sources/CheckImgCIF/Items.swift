// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF

extension CheckImgCIF {
    /// A value as the reference holds it: `.` is nothing, `?` is missing, all else is text, quoted or not.
    enum Cell: Hashable {
        case nothing, missing
        case text(String)

        var words: String {
            switch self {
            case .nothing: return "'.'"
            case .missing: return "'?'"
            case .text(let text): return "'\(text)'"
            }
        }

        /// Its comparison with a text: a missing value on either side ends the test.
        func equals(_ other: Cell, _ name: String) throws(Stop) -> Bool {
            if self == .missing || other == .missing { throw Stop("\(name) is '?'") }
            return self == other
        }

        func equals(_ text: String, _ name: String) throws(Stop) -> Bool { try equals(.text(text), name) }

        /// Its reading of a decimal number: the whole text, without an uncertainty.
        func number(_ name: String) throws(Stop) -> Double {
            guard case .text(let text) = self else { throw noNumber(name) }
            if let number = Number(text), number.uncertainty == nil { return number.value }
            switch text.lowercased() {
            case "inf", "+inf", "infinity", "+infinity": return .infinity
            case "-inf", "-infinity": return -.infinity
            case "nan", "+nan", "-nan": return .nan
            default: throw noNumber(name)
            }
        }

        /// Its reading of a whole number: sign and digits alone.
        func integer(_ name: String) throws(Stop) -> Int {
            guard case .text(let text) = self, let value = Int(text) else { throw noNumber(name) }
            return value
        }

        private func noNumber(_ name: String) -> Stop {
            let limit: String? =
                switch self {
                case .nothing: "it reads '.' as no number, where the dictionary has a default"
                case .text(let text) where Number(text) != nil:
                    "it reads no number with a standard uncertainty or in another form"
                default: nil
                }
            return Stop("\(name) is \(words)", limit: limit)
        }
    }

    /// The items of a block after the preparation of the reference, and its loops.
    struct Items {
        private let block: CIF.Block
        /// DIFFRN_SCAN and DIFFRN_SCAN_AXIS written without loop, which the preparation makes loops of one row.
        private let madeLoops: [String: [String]]

        init(_ block: CIF.Block) {
            self.block = block
            var made: [String: [String]] = [:]
            for (category, items) in Self.prepared {
                let key = "\(category).\(items[0])"
                if let column = block.column(key), !column.isLooped {
                    made[category] = items.map { "\(category).\($0)" }
                }
            }
            madeLoops = made
        }

        private static let prepared = [
            (
                "_diffrn_scan_axis",
                [
                    "axis_id", "displacement_range", "angle_range", "angle_start", "angle_increment",
                    "displacement_increment", "displacement_start",
                ]
            ),
            ("_diffrn_scan", ["id", "frames"]),
        ]

        private static func category(_ name: String) -> String { String(name.prefix { $0 != "." }) }

        func has(_ name: String) -> Bool {
            block.column(name) != nil || madeLoops[Self.category(name)]?.contains(name) == true
        }

        /// One of the values of an item is '?'.
        func hasMissing(_ name: String) -> Bool {
            guard let column = block.column(name) else { return has(name) }
            return (0..<column.count).contains { column.kind($0) == .unknown }
        }

        /// The texts of an item, each once, and how many values differ from one another, nulls included.
        func distinct(_ name: String) -> (texts: [String], count: Int) {
            guard let column = block.column(name) else { return ([], has(name) ? 1 : 0) }
            let texts = column.codes().names
            let rows = 0..<column.count
            let nulls = [ValueKind.inapplicable, .unknown].filter { kind in rows.contains { column.kind($0) == kind } }
            return (texts, texts.count + nulls.count)
        }

        /// The values of an item.
        func values(_ name: String) throws(Stop) -> [Cell] {
            if let column = block.column(name) { return (0..<column.count).map { Self.cell(column, $0) } }
            if has(name) { return [.missing] }
            throw Stop("\(name) is absent")
        }

        static func cell(_ column: CIF.Column, _ row: Int) -> Cell {
            switch column.kind(row) {
            case .inapplicable: return .nothing
            case .unknown: return .missing
            default: return .text(column.text(row) ?? "")
            }
        }

        /// The loop that holds an item: no rows when the item stands alone or is absent.
        func loop(_ name: String) -> Rows {
            if let made = madeLoops[Self.category(name)], made.contains(name) {
                return Rows(columns: made.map { ($0, block.column($0)) }, count: 1)
            }
            guard let key = block.column(name), key.isLooped,
                let loop = block.loops.first(where: { $0.names.contains { $0.lowercased() == key.folded } })
            else { return Rows(columns: [], count: 0) }
            return Rows(columns: loop.names.map { ($0.lowercased(), block.column($0)) }, count: loop.rowCount)
        }
    }

    /// The rows of a loop.
    struct Rows {
        private let columns: [String: CIF.Column?]
        let count: Int

        init(columns: [(name: String, column: CIF.Column?)], count: Int) {
            self.columns = Dictionary(columns.map { ($0.name, $0.column) }, uniquingKeysWith: { first, _ in first })
            self.count = count
        }

        var isEmpty: Bool { columns.isEmpty }

        func has(_ name: String) -> Bool { columns[name] != nil }

        func value(_ name: String, _ row: Int) throws(Stop) -> Cell {
            guard let column = columns[name] else { throw Stop("\(name) is not in its loop") }
            guard let column else { return .missing }
            return Items.cell(column, row)
        }
    }
}
