// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CIF
internal import Diffraction

extension DictionaryCheck {
    /// Type, uncertainty, range and states of one column.
    func valueFaults(of use: KnownColumns.Use, _ names: KnownColumns) -> [DictionaryFinding] {
        let item = facts.items[use.item]
        var faults: [DictionaryFinding] = []
        if !KnownDefects.typesElsewhere.contains(use.column.folded) {
            faults +=
                item.isNumber ? numbers(use.column, item, names.block.name) : texts(use.column, item, names.block.name)
        }
        if !item.states.isEmpty, !KnownDefects.statesElsewhere.contains(use.column.folded) {
            faults += states(use.column, item, names.block.name)
        }
        return faults
    }

    // MARK: Numbers

    private func numbers(_ column: CIF.Column, _ item: DictionaryFacts.Item, _ block: String) -> [DictionaryFinding] {
        var wrong = Cases()
        var uncertain = Cases()
        var outside = Cases()
        let takesUncertainty = item.purpose == "Measurand" || item.purpose == nil
        let range = KnownDefects.rangesElsewhere.contains(column.folded) ? nil : item.range
        let isList = item.container.map { $0 != "Single" && $0 != "Implied" } ?? false
        for row in 0..<column.count {
            switch column.kind(row) {
            case .inapplicable, .unknown: continue
            case .list where isList: continue
            case .binary where item.contents == "Complex": continue
            case .bare:
                guard let number = column.number(row) else {
                    wrong.add(row)
                    continue
                }
                if number.uncertainty != nil {
                    if !takesUncertainty { uncertain.add(row) }
                } else if item.contents == "Integer", column.integer(row) == nil {
                    wrong.add(row)
                    continue
                }
                if let range, !range.contains(number.value) { outside.add(row) }
            default: wrong.add(row)
            }
        }
        var faults: [DictionaryFinding] = []
        if let row = wrong.rows.first {
            faults.append(
                wrongType(column, row, wrong, item.contents == "Integer" ? .wholeNumber : .number, block))
        }
        if let row = uncertain.rows.first {
            faults.append(
                DictionaryFinding(
                    .uncertainty(.init(name: column.name, shown: shown(column, row), raw: column.raw(row))),
                    places: uncertain.places(column), count: uncertain.count, block: block))
        }
        if let row = outside.rows.first, let range {
            faults.append(
                DictionaryFinding(
                    .outsideRange(
                        .init(name: column.name, shown: shown(column, row), raw: column.raw(row), range: range.text)),
                    places: outside.places(column), count: outside.count, block: block))
        }
        return faults
    }

    private func wrongType(
        _ column: CIF.Column, _ row: Int, _ cases: Cases, _ form: DictionaryFault.OtherType.Form, _ block: String
    ) -> DictionaryFinding {
        let text = column.text(row)
        let isQuoted = if case .quoted = column.kind(row) { true } else { false }
        return DictionaryFinding(
            .otherType(
                .init(
                    name: column.name, text: text, form: form, unit: text.flatMap(Self.trailingUnit),
                    isQuotedNumber: isQuoted && text.map { Number($0) != nil } ?? false)),
            places: cases.places(column), count: cases.count, block: block)
    }

    /// The letters behind a number, as in `0.98 A` or `100mm`.
    private static func trailingUnit(_ text: String) -> String? {
        let number = text.prefix { "+-.0123456789()eE".contains($0) }
        let rest = text.dropFirst(number.count).drop { $0 == " " }
        guard !rest.isEmpty, rest.allSatisfy({ $0.isLetter || "%/^-2".contains($0) }), Number(String(number)) != nil
        else {
            return nil
        }
        return String(rest)
    }

    // MARK: Words

    private func texts(_ column: CIF.Column, _ item: DictionaryFacts.Item, _ block: String) -> [DictionaryFinding] {
        guard let contents = item.contents, let form = Self.forms[contents] else { return [] }
        let isSingle = item.container == "Single"
        var wrong = Cases()
        for row in 0..<column.count {
            switch column.kind(row) {
            case .inapplicable, .unknown, .binary: continue
            case .list, .table:
                if isSingle { wrong.add(row) }
            case .bare where contents == "Word" || contents == "Code": continue
            default:
                if let text = column.text(row), isSingle, !Self.isOfType(text, contents) { wrong.add(row) }
            }
        }
        guard let row = wrong.rows.first else { return [] }
        return [wrongType(column, row, wrong, form, block)]
    }

    private static let forms: [String: DictionaryFault.OtherType.Form] = [
        "Word": .word, "Code": .word, "Name": .name, "Tag": .dataName, "Date": .date, "DateTime": .dateTime,
        "Text": .text, "Uri": .uri, "Iri": .iri,
    ]

    private static func isOfType(_ text: String, _ contents: String) -> Bool {
        switch contents {
        case "Word", "Code", "Name", "Uri", "Iri": !text.utf8.contains { $0 <= 32 }
        case "Tag": text.hasPrefix("_") && !text.utf8.contains { $0 <= 32 }
        case "Date": isDate(text)
        // A full-date of RFC 3339 is one as well: DDLm, and the examples of the dictionary.
        case "DateTime": text.utf8.count >= 10 && isDate(String(text.prefix(10)))
        default: true
        }
    }

    /// `YYYY-MM-DD` with a month and day that exist.
    private static func isDate(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], let month = Int(parts[1]), let day = Int(parts[2]) else {
            return false
        }
        return Int(parts[0]) != nil && (1...12).contains(month) && (1...31).contains(day)
    }

    // MARK: States

    private func states(_ column: CIF.Column, _ item: DictionaryFacts.Item, _ block: String) -> [DictionaryFinding] {
        let (codes, words) = column.codes()
        let isFolded = item.contents == "Code"
        let exact = Set(isFolded ? item.states.map { $0.lowercased() } : item.states)
        let numbers = item.isNumber ? item.states.compactMap { Number($0)?.value } : []
        let bad = words.map { word in
            if let value = Number(word)?.value, numbers.contains(value) { return false }
            return !exact.contains(isFolded ? word.lowercased() : word)
        }
        guard bad.contains(true) else { return [] }
        var cases: [UInt32: Cases] = [:]
        for (row, code) in codes.enumerated() where Int(code) < bad.count && bad[Int(code)] {
            cases[code, default: Cases()].add(row)
        }
        return cases.sorted { $0.key < $1.key }.prefix(8).map { code, found in
            DictionaryFinding(
                .outsideList(.init(name: column.name, value: words[Int(code)], states: item.states)),
                places: found.places(column), count: found.count, block: block)
        }
    }
}
