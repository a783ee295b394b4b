// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction

/// From start and end, as files state them, to the date Collected.
enum CollectionTime {
    /// A range, or a single date; nil where the start cannot be read. Without zone it is days, never times.
    static func range(from start: Leaf, to end: Leaf?, notes: inout [String]) -> Leaf? {
        guard let first = plain(start, &notes) else { return nil }
        let last = end.flatMap { plain($0, &notes) }
        guard let last else { return Leaf(first.text, start.origin) }
        guard first.date.instant <= last.date.instant else {
            note(
                "the data end at \(last.text), before they begin at \(first.text); the date Collected is the start",
                &notes)
            return Leaf(first.text, start.origin)
        }
        var texts = [first.text, last.text]
        // A range of a day and a time is none.
        if (first.date.seconds == nil) != (last.date.seconds == nil) {
            texts = [first.date.dayText, last.date.dayText]
        }
        if texts[0] == texts[1] { texts.removeLast() }
        return Leaf(texts.joined(separator: "/"), start.origin)
    }

    /// From the earlier start to the later end.
    static func united(_ one: Leaf?, _ other: Leaf?) -> Leaf? {
        guard let one else { return other }
        guard let other else { return one }
        let texts = [one, other].flatMap { $0.value.split(separator: "/").map(String.init) }
        let dates = texts.compactMap { text in (try? W3CDate.read(text).get()).map { (text: text, date: $0) } }
        guard let first = dates.min(by: { $0.date.instant < $1.date.instant }),
            let last = dates.max(by: { $0.date.instant < $1.date.instant })
        else { return one }
        let hasTimes = dates.allSatisfy { $0.date.seconds != nil }
        let ends = hasTimes ? [first.text, last.text] : [first.date.dayText, last.date.dayText]
        return Leaf(
            ends[0] == ends[1] ? ends[0] : ends.joined(separator: "/"), .derived("the times of several scans"))
    }

    /// A time with its zone, or else the day.
    private static func plain(_ leaf: Leaf, _ notes: inout [String]) -> (text: String, date: W3CDate)? {
        var text = String(leaf.value.split(whereSeparator: \.isWhitespace).joined(separator: "T"))
        // "+0100" for "+01:00".
        if let sign = text.lastIndex(where: { $0 == "+" || $0 == "-" }), text.contains("T"),
            text[sign...].count == 5, text[text.index(after: sign)...].allSatisfy(\.isNumber)
        {
            text.insert(":", at: text.index(sign, offsetBy: 3))
        }
        guard case .success(let date) = W3CDate.read(text, needsZone: false) else {
            note("'\(leaf.value.prefix(60))' is no date, and is left out of the record", &notes)
            return nil
        }
        guard date.seconds != nil, date.zone == nil else { return (text, date) }
        var day = date
        day.seconds = nil
        note("'\(text)' has no zone; the record has the day alone", &notes)
        return (day.dayText, day)
    }

    private static func note(_ sentence: String, _ notes: inout [String]) {
        if !notes.contains(sentence) { notes.append(sentence) }
    }
}
