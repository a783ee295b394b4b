// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import DataCite
import Diffraction
import RuleEngine

extension Rule {
    static let meta019 = Rule(
        "META-019", .B, "publication year is not the year in which the data are available", applies: .package,
        what: """
            publicationYear is the year of the date Available where there is one; without it the year is not before that in \
            which the collection ended. Dates that are to come by mistake are told by META-013 alone.
            """,
        why: "The data are cited with a year in which nobody could have them, or in which they did not exist.",
        fix: "Write the year of the end of the embargo, else that of the publication.",
        references: ["DataCite Metadata Schema 4.7, publicationYear"],
        checks: [.record(wrongYear)])
}

private func wrongYear(_ view: RecordView, _ verdicts: inout Verdicts) {
    guard let stated = view.record.publicationYear, stated.value.utf8.count == 4, let year = Int(stated.value) else {
        return
    }
    func last(_ type: String) -> (leaf: Leaf, date: W3CDate)? {
        view.record.dates.lazy.filter { $0.type?.value == type }.compactMap { item in
            guard case .success(let days) = RecordDay.read(item.date.value), let date = days.end ?? days.start else {
                return nil
            }
            return (item.date, date)
        }.first
    }
    func tell(_ name: String, _ property: String, _ leaf: Leaf) {
        verdicts.tell(
            name, "publication year is \(year), date \(property) is \(Wording.excerpt(leaf.value))", at: stated,
            in: view,
            [("year", .integer(year)), ("property", .text(property)), ("date", .text(leaf.value))])
    }
    if let available = last("Available") {
        if available.date.year != year { tell("year-embargo", "Available", available.leaf) }
    } else if let collected = last("Collected"), year < collected.date.year {
        let isAhead = view.today.flatMap { Int($0.prefix(4)) }.map { collected.date.year > $0 } ?? false
        if !isAhead { tell("year-before-collection", "Collected", collected.leaf) }
    }
}
