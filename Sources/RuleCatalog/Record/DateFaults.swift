// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import DataCite
import Diffraction
import RuleEngine

/// Dates of a record: their form, order, zone and whether they lie ahead.
extension Verdicts {
    mutating func tellDates(_ view: RecordView) {
        for date in view.record.dates {
            let text = date.date.value
            let type = date.type?.value ?? "date"
            func values(_ fault: String) -> [NamedDatum] {
                [("property", .text("date \(type)")), ("value", .text(text)), ("fault", .text(fault))]
            }
            switch RecordDay.read(text) {
            case .failure(.form):
                tell(
                    "date-syntax", "date \(type) is '\(Wording.excerpt(text))', which is no date or range of W3CDTF",
                    at: date.date, in: view, values("form"))
            case .failure(.noZone):
                tell(
                    "date-zone", "date \(type) is '\(Wording.excerpt(text))', a time without its zone", at: date.date,
                    in: view, values("no zone"))
            case .success(let days):
                if let start = days.start, let end = days.end, start.instant > end.instant {
                    tell(
                        "date-order", "date \(type) is '\(Wording.excerpt(text))', which ends before it begins",
                        at: date.date, in: view, values("order"))
                } else if let today = view.today.flatMap({ try? W3CDate.read($0).get() }),
                    !["Available", "Valid", "Coverage", "Other"].contains(type),
                    let last = days.end ?? days.start, last.instant >= today.instant + 2 * 86_400
                {
                    tell(
                        "date-future", "date \(type) is '\(Wording.excerpt(text))', which is still to come",
                        at: date.date, in: view, values("future"))
                }
            }
        }
    }
}

/// A date or a range as records have it.
enum RecordDay {
    /// A single date has no end; open ranges lack one of the two.
    static func read(_ text: String) -> Result<(start: W3CDate?, end: W3CDate?), W3CDate.Fault> {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.contains(where: { !$0.isEmpty }) else { return .failure(.form) }
        var dates: [W3CDate?] = []
        for part in parts {
            guard !part.isEmpty else {
                dates.append(nil)
                continue
            }
            switch W3CDate.read(part) {
            case .success(let date): dates.append(date)
            case .failure(let fault): return .failure(fault)
            }
        }
        return .success((dates[0], dates.count > 1 ? dates[1] : nil))
    }
}
