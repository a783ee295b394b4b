// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import JSON

extension Finding {
    /// Writes the members of the object that the writer is in.
    ///
    /// - Parameter fingerprint: Stands in the document form where it is known.
    public func encode(
        _ form: FileReport.Form, fingerprint: Fingerprint? = nil, into json: inout JSONWriter
    ) {
        json.member("rule", rule.description)
        json.member("level", level.rawValue)
        if form == .document { json.member("title", title) }
        json.member("message", message)
        json.member("count", count)
        json.member("preview", isPreview)
        if isKnown { json.member("known", true) }
        if form == .document, let fingerprint { json.member("fingerprint", fingerprint.description) }
        json.array("places") { json in for place in places { json.object { place.write(into: &$0) } } }
        writeValues(into: &json)
        if form == .document { json.member("why", why) }
        // A finding may have a fix of its own, for its container or its case.
        json.member("fix", fix)
        if form == .document {
            json.array("references") { json in for reference in references { json.string(reference) } }
        }
        json.name("answer")
        guard let answer else { return json.null() }
        json.object { json in
            json.member("rule", answer.rule.description)
            if let file = answer.file { json.member("file", file) }
            json.member("place", answer.place)
            json.member("answer", answer.answer)
            json.member("author", answer.author)
            json.member("date", answer.date)
            json.member("expires", answer.expires)
        }
    }
}

extension ResolvedPlace {
    func write(into json: inout JSONWriter) {
        if let file { json.member("file", file) }
        switch kind {
        case .file: break
        case .text(let line, let column, let item, let row):
            json.member("line", line)
            json.member("column", column)
            if let item { json.member("item", item) }
            if let row { json.member("row", row) }
        case .object(let path, let attribute):
            json.member("path", path)
            if let attribute { json.member("attribute", attribute) }
            if let byWayOf { json.member("byWayOf", byWayOf) }
        case .frames(let scan, let ranges):
            json.member("scan", scan)
            let words = ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
            json.member("frames", words.joined(separator: ","))
        }
    }
}

extension Datum {
    /// Writes the value that the writer expects.
    public func write(into json: inout JSONWriter) {
        switch self {
        case .text(let text): json.string(text)
        case .integer(let integer): json.integer(integer)
        case .number(let number): Self.write(number, into: &json)
        case .quantity(let number, let unit):
            json.object { json in
                json.name("value")
                Self.write(number, into: &json)
                json.member("unit", unit)
            }
        case .list(let items): json.array { json in for item in items { item.write(into: &json) } }
        case .record(let fields):
            json.object { json in
                for field in fields {
                    json.name(field.name)
                    field.value.write(into: &json)
                }
            }
        }
    }

    /// A number; one that JSON does not know is named: { "number": "inf" }.
    private static func write(_ number: Double, into json: inout JSONWriter) {
        guard !number.isFinite else { return json.number(number) }
        json.object { $0.member("number", number.isNaN ? "nan" : number < 0 ? "-inf" : "inf") }
    }
}

extension Finding {
    /// Writes the member `values`: those of the sentence, by their names.
    public func writeValues(into json: inout JSONWriter) {
        json.object("values") { json in
            for field in values {
                json.name(field.name)
                field.value.write(into: &json)
            }
        }
    }
}
