// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import DataCite
import Diffraction
import RuleEngine

extension Rule {
    static let meta023 = Rule(
        "META-023", .C, "recommended property of the DataCite record is absent", applies: .package,
        what: """
            The record has an abstract, a subject, a contributor, the date Collected and a related identifier, as DataCite \
            recommends. One finding lists what is absent.
            """,
        why: "The data are found by fewer searches, and nobody learns what they are of.",
        fix: "Write abstract, keywords and related in publication.json5; the rest comes from the data.",
        references: ["DataCite Metadata Schema 4.7, recommended properties"],
        checks: [.record(lackingProperties)])
}

private func lackingProperties(_ view: RecordView, _ verdicts: inout Verdicts) {
    let record = view.record
    func has(_ type: String) -> Bool { record.dates.contains { $0.type?.value.lowercased() == type } }
    let abstract = record.descriptions.contains { $0.kind?.value == "Abstract" && !$0.text.value.isBlank }
    let list: [(name: String, isThere: Bool)] = [
        ("abstract", abstract), ("subject", !record.subjects.isEmpty), ("contributor", !record.contributors.isEmpty),
        ("date Collected", has("collected")), ("related identifier", !record.relatedIdentifiers.isEmpty),
    ]
    let missing = list.filter { !$0.isThere }.map(\.name)
    guard let first = missing.first else { return }
    let name = first.split(separator: " ").joined(separator: "-").lowercased() + "-missing"
    verdicts.tell(
        name, "the DataCite record lacks \(missing.joined(separator: ", "))", at: [record.place],
        [("list", .list(missing.map { .text($0) }))])
}
