// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import HDF5
import RuleEngine

extension Rule {
    static let meta028 = Rule(
        "META-028", .G, "file holds names, paths or addresses of people", applies: .both,
        what: """
            Texts of imgCIF, the headers of images among them, and strings and attributes of HDF5 files: folders below \
            /home, /Users and \\\\Users, and addresses of e-mail. Items that are there to name people (_audit_author, \
            _audit_contact_author, _publ, _citation) are passed over, as are boxes of facilities (support@, info@), \
            addresses of the web and DOIs. The report tells kinds and places, and repeats no text. The check that \
            'imprimatur package build' makes tells it before anything is published; nothing is removed.
            """,
        why: "What is published with a DOI stays: accounts and addresses of people cannot be taken back.",
        fix: "Look at the places before the data are published, and ask those who are named.",
        references: ["Regulation (EU) 2016/679, article 4(1)", "RFC 5322 section 3.4.1"],
        checks: [.text(tracesInTexts), .tree(tracesInStrings)])
}

/// Traces in the order of the file.
private struct Traces {
    var count = 0
    var first: (trace: PersonalTrace, item: String)?
    var places: [Place] = []
    var items: [String] = []

    mutating func add(_ trace: PersonalTrace, _ item: String, _ place: @autoclosure () -> Place) {
        count += 1
        first = first ?? (trace, item)
        if places.count < Engine.placeLimit { places.append(place()) }
        if items.count < 100, items.last != item { items.append(item) }
    }

    func report(_ verdicts: inout Verdicts) {
        guard let first else { return }
        let subject = count == 1 ? "1 place names" : "\(count) places name"
        verdicts.report(
            "\(subject) people or accounts (first: \(first.trace.rawValue) in "
                + "\(Wording.excerpt(first.item, limit: 100)))",
            at: places,
            values: [
                ("n", .integer(count)), ("kind", .text(first.trace.rawValue)),
                ("list", .list(items.map { .text($0) })),
            ], count: count)
    }
}

/// Categories whose items are there to name people.
private let namingCategories = [
    "_audit_author", "_audit_contact_author", "_publ", "_citation", "_journal", "_database", "_audit_link",
]

/// Rows of a loop beyond which only distinct texts of locations are looked at.
private let manyRows = 256

private func tracesInTexts(_ view: TextView, _ verdicts: inout Verdicts) {
    var traces = Traces()
    for block in view.document.blocks {
        for column in block.columns where !namingCategories.contains(where: column.folded.hasPrefix) {
            if column.count > manyRows, !column.folded.hasSuffix(".uri"), !column.folded.hasSuffix("archive_path") {
                // Headers of many images repeat one another; the first rows tell.
                guard column.folded.hasPrefix("_array_data.header_content") else { continue }
            }
            for (text, rows) in column.distinct.prefix(manyRows) {
                guard let trace = PersonalTrace.first(in: text), let row = rows.first else { continue }
                traces.add(trace, column.name, column.place(row))
            }
        }
    }
    traces.report(&verdicts)
}

private func tracesInStrings(_ view: TreeView, _ verdicts: inout Verdicts) {
    guard let files = view.files else { return }
    var traces = Traces()
    for (number, file) in files.files.enumerated() {
        guard let snapshot = file.snapshot else { continue }
        let source = SourceID(position: number)
        for object in snapshot.objects {
            let texts =
                [(nil, object.dataset?.value.texts)] + object.attributes.map { (String?.some($0.name), $0.value.texts) }
            for (attribute, texts) in texts {
                guard let texts, let trace = texts.lazy.compactMap({ PersonalTrace.first(in: $0.string) }).first else {
                    continue
                }
                let path = snapshot.path(of: object.id)
                traces.add(
                    trace, path + (attribute.map { "@" + $0 } ?? ""),
                    .object(path: path, attribute: attribute, in: source))
            }
        }
    }
    traces.report(&verdicts)
}
