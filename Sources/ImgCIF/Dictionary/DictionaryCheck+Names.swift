// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CIF
internal import Diffraction

extension DictionaryCheck {
    // MARK: Names

    /// Names of no dictionary, with the nearest known one; the first twenty one by one.
    func unknownNames(_ names: KnownColumns) -> [DictionaryFinding] {
        let shown = names.unknown.prefix(20).map { column in
            let nearest = nearestName(to: column.folded)
            return DictionaryFinding(
                .unknownName(.one(column.name, nearest: nearest)), places: [column.place(-1)], block: names.block.name)
        }
        let rest = names.unknown.dropFirst(20)
        guard let first = rest.first else { return shown }
        return shown + [
            DictionaryFinding(
                .unknownName(.others(first: first.name, count: rest.count)),
                places: rest.prefix(3).map { $0.place(-1) }, count: rest.count, block: names.block.name)
        ]
    }

    private func nearestName(to folded: String) -> String? {
        var best: (distance: Int, name: String)?
        let wanted = Array(folded.utf8)
        for name in facts.names {
            guard let distance = EditDistance.between(wanted, name, atMost: best?.distance ?? nearestWithin) else {
                continue
            }
            // The alphabet decides between equals, so that the offer does not depend on hashing.
            if best.map({ distance < $0.distance || (distance == $0.distance && name < $0.name) }) ?? true {
                best = (distance, name)
            }
        }
        return best.flatMap { facts.item($0.name)?.name.lowercased() == $0.name ? facts.item($0.name)?.name : $0.name }
    }

    // MARK: Advice

    /// Advice on names that are replaced or deprecated.
    func deprecation(of use: KnownColumns.Use, _ names: KnownColumns) -> [DictionaryFinding] {
        let item = facts.items[use.item]
        let folded = use.column.folded
        var replacement: String?
        var isDeprecated = true
        if item.name == KnownDefects.radiationType.old {
            guard KnownDefects.radiationType.others.allSatisfy({ names.column($0) == nil }) else { return [] }
            replacement = KnownDefects.radiationType.others.first
        } else if item.isReplaced {
            replacement = item.replacements.first
        } else if let other = KnownDefects.deprecated[folded] {
            replacement = other
        } else if folded.hasPrefix("_\(KnownDefects.formerCategory.name).") {
            replacement = KnownDefects.formerCategory.now + folded.drop { $0 != "." }
        } else {
            isDeprecated = false
        }
        guard isDeprecated else { return [] }
        return [
            DictionaryFinding(
                .deprecated(.init(name: use.column.name, replacement: replacement)), places: [use.column.place(-1)],
                block: names.block.name)
        ]
    }

    // MARK: Aliases

    /// Values that differ under two names of one item.
    func aliases(_ names: KnownColumns, _ line: (Int) -> Int) -> [DictionaryFinding] {
        var pairs = names.byItem.values.filter { $0.count > 1 }.map { uses in
            let primary = uses.first { !$0.isAlias } ?? uses[0]
            return (primary.column, uses.filter { $0.column.folded != primary.column.folded }.map(\.column))
        }
        for (other, name) in KnownDefects.sameItem {
            if let primary = names.block.column(name), let second = names.block.column(other) {
                pairs.append((primary, [second]))
            }
        }
        var faults: [DictionaryFinding] = []
        for (primary, others) in pairs.sorted(by: { $0.0.nameOffset < $1.0.nameOffset }) {
            for other in others {
                var cases = Cases()
                for row in 0..<min(primary.count, other.count) where !Self.areAlike(primary, other, row) {
                    cases.add(row)
                }
                if primary.count != other.count { cases.add(min(primary.count, other.count)) }
                guard let row = cases.rows.first else { continue }
                faults.append(
                    DictionaryFinding(
                        .aliasDiffers(
                            .init(
                                name: primary.name, shown: shown(primary, row), alias: other.name,
                                shownOfAlias: shown(other, row), lineOfAlias: line(other.offset(row)))),
                        places: cases.places(primary), count: cases.count, block: names.block.name))
            }
        }
        return faults
    }

    private static func areAlike(_ first: CIF.Column, _ second: CIF.Column, _ row: Int) -> Bool {
        if let one = first.number(row), let other = second.number(row) { return one.value == other.value }
        return first.text(row) == second.text(row)
    }

    /// A value for messages: at most 60 characters of one line.
    func shown(_ column: CIF.Column, _ row: Int) -> String {
        let text = column.raw(row)
        let line = text.prefix { !$0.isNewline }
        return line.count > 60 || line.count < text.count ? String(line.prefix(57)) + "..." : text
    }
}

/// Edits between names.
enum EditDistance {
    /// The number of characters to insert, delete or exchange; nil beyond a bound.
    static func between(_ first: [UInt8], _ name: String, atMost bound: Int) -> Int? {
        let second = Array(name.utf8)
        guard abs(first.count - second.count) <= bound else { return nil }
        var previous = Array(0...second.count)
        for (row, byte) in first.enumerated() {
            var current = [row + 1]
            current.reserveCapacity(second.count + 1)
            var least = row + 1
            for (column, other) in second.enumerated() {
                let cost = min(
                    previous[column] + (byte == other ? 0 : 1), previous[column + 1] + 1, current[column] + 1)
                current.append(cost)
                least = min(least, cost)
            }
            guard least <= bound else { return nil }
            previous = current
        }
        return previous[second.count] <= bound ? previous[second.count] : nil
    }
}
