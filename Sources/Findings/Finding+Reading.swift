// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import JSON

extension Finding {
    static func decode(_ object: ReportObject, texts: (RuleID) -> RuleText?) throws(ReportFault) -> Finding {
        let rule = try object.rule("rule")
        guard let level = Level(rawValue: try object.text("level")) else { throw object.fault("level") }
        let text: RuleText
        if let title = object.optionalText("title") {
            text = RuleText(
                title: title, why: try object.text("why"), fix: try object.text("fix"),
                references: object.value["references"]?.elements?.compactMap(\.string) ?? [])
        } else {
            guard let known = texts(rule) else { throw object.fault("title") }
            text = RuleText(
                title: known.title, why: known.why, fix: try object.text("fix"), references: known.references)
        }
        return Finding(
            rule: rule, level: level, title: text.title, message: try object.text("message"),
            count: try object.integer("count"),
            places: try object.list("places") { one throws(ReportFault) in try ResolvedPlace.decode(one) },
            values: try (object.value["values"]?.members ?? []).map { member throws(ReportFault) in
                guard let value = Datum(member.value) else { throw object.fault("values.\(member.name)") }
                return DatumField(member.name, value)
            },
            why: text.why, fix: text.fix, references: text.references, isPreview: try object.bool("preview"),
            answer: try answer(object), isKnown: object.value["known"]?.bool ?? false)
    }

    private static func answer(_ object: ReportObject) throws(ReportFault) -> Answer? {
        guard let value = object.value["answer"], value != .null else { return nil }
        let answer = ReportObject(value, path: "answer.")
        return Answer(
            rule: try answer.rule("rule"), file: answer.optionalText("file"), place: answer.optionalText("place"),
            answer: try answer.text("answer"),
            author: answer.optionalText("author"), date: answer.optionalText("date"),
            expires: answer.optionalText("expires"))
    }
}

extension ResolvedPlace {
    static func decode(_ object: ReportObject) throws(ReportFault) -> ResolvedPlace {
        let file = object.optionalText("file")
        if object.value["line"] != nil {
            let kind = Kind.text(
                line: try object.integer("line"), column: try object.integer("column"),
                item: object.optionalText("item"), row: object.value["row"]?.integer)
            return ResolvedPlace(file: file, kind: kind)
        }
        if let path = object.optionalText("path") {
            return ResolvedPlace(
                file: file, kind: .object(path: path, attribute: object.optionalText("attribute")),
                byWayOf: object.optionalText("byWayOf"))
        }
        guard let frames = object.optionalText("frames") else { return ResolvedPlace(file: file, kind: .file) }
        var ranges: [ClosedRange<Int>] = []
        for words in frames.split(separator: ",") {
            let ends = words.split(separator: "-").compactMap { Int($0) }
            guard let first = ends.first, let last = ends.last, first <= last else { throw object.fault("frames") }
            ranges.append(first...last)
        }
        return ResolvedPlace(file: file, kind: .frames(scan: try object.text("scan"), ranges: ranges))
    }
}

extension Datum {
    /// Nil for what no finding states: null and truth values.
    init?(_ value: JSONValue) {
        switch value {
        case .null, .bool: return nil
        case .integer(let integer): self = .integer(integer)
        case .number(let number): self = .number(number)
        case .string(let text): self = .text(text)
        case .array(let elements):
            var items: [Datum] = []
            for element in elements {
                guard let item = Datum(element) else { return nil }
                items.append(item)
            }
            self = .list(items)
        case .object(let members):
            if let number = Self.number(value), members.count == 1 {
                self = .number(number)
            } else if members.map(\.name) == ["value", "unit"], let unit = value["unit"]?.string,
                let number = value["value"].flatMap({ $0.double ?? Self.number($0) })
            {
                self = .quantity(number, unit: unit)
            } else {
                var fields: [DatumField] = []
                for member in members {
                    guard let value = Datum(member.value) else { return nil }
                    fields.append(DatumField(member.name, value))
                }
                self = .record(fields)
            }
        }
    }

    /// The number behind { "number": "inf" }.
    private static func number(_ value: JSONValue) -> Double? {
        switch value["number"]?.string {
        case "inf": .infinity
        case "-inf": -.infinity
        case "nan": .nan
        default: nil
        }
    }
}
