// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CIF
internal import Diffraction

extension DictionaryCheck {
    /// Rows of one category against its key and class.
    func rows(of category: CIF.Category, _ names: KnownColumns, _ line: (Int) -> Int) -> [DictionaryFinding] {
        guard let known = facts.category(category.name) else { return [] }
        let block = names.block.name
        if known.kind == .set {
            guard category.rowCount > 1, !isSharedOut(category, names) else { return [] }
            return [
                DictionaryFinding(
                    .severalRows(.init(category: known.name, rows: category.rowCount)),
                    places: [.text(offset: category.offset, item: nil, row: nil)], count: category.rowCount,
                    block: block)
            ]
        }
        guard known.kind == .loop, category.rowCount > 0, !known.keys.isEmpty else { return [] }
        var faults: [DictionaryFinding] = []
        var parts: [KeyPart] = []
        for key in known.keys {
            let column = names.column(key)
            let stand = standIn(for: key, names)
            if let column, column.isLooped == category.isLooped {
                parts.append(KeyPart(column, isFolded: facts.item(key)?.contents == "Code", standIn: stand))
                if stand == nil, let fault = emptyKey(column, block) { faults.append(fault) }
            } else if stand == nil, category.rowCount > 1 || category.isLooped {
                faults.append(
                    DictionaryFinding(
                        .key(.absent(key, category: known.name)),
                        places: [.text(offset: category.offset, item: nil, row: nil)], block: block))
                return faults
            }
        }
        for name in KnownDefects.keysBeside[category.name, default: []] {
            if let column = names.column(name), column.isLooped == category.isLooped {
                parts.append(KeyPart(column, isFolded: false, standIn: nil))
            }
        }
        if !KnownDefects.keysElsewhere.contains(category.name), faults.isEmpty, category.isComplete {
            faults += repeated(parts, known, category, names, line)
        }
        return faults
    }

    /// True for the data collections of a block that describes several, and for what belongs to one of them: the model
    /// takes such blocks, and LINK-009 looks after them.
    private func isSharedOut(_ category: CIF.Category, _ names: KnownColumns) -> Bool {
        guard let ids = names.column("_diffrn.id"), ids.count > 1 else { return false }
        return category.name == "diffrn" || category.name.hasPrefix("diffrn_")
    }

    /// The one value that a key without value can take: its default, or that of the only row it can point to.
    func standIn(for key: String, _ names: KnownColumns) -> String? {
        if key.lowercased() == KnownDefects.newKey { return names.column("_diffrn_radiation.id")?.text(0) ?? "1" }
        guard let item = facts.item(key) else { return nil }
        if let value = item.defaultValue { return value }
        guard let link = item.link, let target = facts.item(link) else { return nil }
        let column = names.column(link)
        if facts.category(target.category)?.kind == .set { return column?.text(0) ?? "1" }
        guard let column, column.count == 1 else { return nil }
        return column.text(0)
    }

    private func emptyKey(_ column: CIF.Column, _ block: String) -> DictionaryFinding? {
        var empty = Cases()
        for row in 0..<column.count where column.kind(row).isNull { empty.add(row) }
        guard let row = empty.rows.first else { return nil }
        return DictionaryFinding(
            .key(.empty(column.name, raw: column.raw(row), rows: empty.count)), places: empty.places(column),
            count: empty.count, block: block)
    }

    // MARK: Repeated keys

    /// One item of a key with its values as numbers.
    private struct KeyPart {
        let column: CIF.Column
        let codes: [UInt32]
        /// Rows with '?': unknown, and so not the same as another.
        let unknown: Set<Int>

        init(_ column: CIF.Column, isFolded: Bool, standIn: String?) {
            self.column = column
            let (codes, names) = column.codes()
            var numbers: [String: UInt32] = [:]
            let shared = names.map { name -> UInt32 in
                let text = isFolded ? name.lowercased() : name
                let next = UInt32(truncatingIfNeeded: numbers.count)
                return numbers[text]
                    ?? {
                        numbers[text] = next
                        return next
                    }()
            }
            unknown =
                codes.contains(.max) ? Set((0..<column.count).filter { column.kind($0) == .unknown }) : []
            let null = standIn.flatMap { numbers[isFolded ? $0.lowercased() : $0] } ?? UInt32.max
            self.codes = codes.map { Int($0) < shared.count ? shared[Int($0)] : null }
        }
    }

    private func repeated(
        _ parts: [KeyPart], _ known: DictionaryFacts.Category, _ category: CIF.Category, _ names: KnownColumns,
        _ line: (Int) -> Int
    ) -> [DictionaryFinding] {
        guard let first = parts.first, category.rowCount > 1 else { return [] }
        // Pairs of numbers become one number, part by part, so that one table of 64-bit keys serves any key.
        var combined = first.codes
        for part in parts.dropFirst() {
            var pairs: [UInt64: UInt32] = [:]
            pairs.reserveCapacity(combined.count)
            for row in 0..<min(combined.count, part.codes.count) {
                let pair = UInt64(combined[row]) << 32 | UInt64(part.codes[row])
                let next = UInt32(truncatingIfNeeded: pairs.count)
                combined[row] =
                    pairs[pair]
                    ?? {
                        pairs[pair] = next
                        return next
                    }()
            }
        }
        var firstRows: [UInt32: Int] = [:]
        firstRows.reserveCapacity(combined.count)
        var cases = Cases()
        var original: Int?
        for row in 0..<min(category.rowCount, combined.count) {
            if parts.contains(where: { $0.unknown.contains(row) }) { continue }
            guard let earlier = firstRows[combined[row]] else {
                firstRows[combined[row]] = row
                continue
            }
            if original == nil { original = earlier }
            cases.add(row)
        }
        guard let row = cases.rows.first, let original else { return [] }
        let key = parts.map { shown($0.column, row) }.joined(separator: ", ")
        return [
            DictionaryFinding(
                .repeatedKey(
                    .init(category: known.name, shown: key, line: line(first.column.offset(original)))),
                places: cases.places(first.column), count: cases.count, block: names.block.name)
        ]
    }
}
