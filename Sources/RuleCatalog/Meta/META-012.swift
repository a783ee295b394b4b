// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import DataCite
import Diffraction
import RuleEngine

extension Rule {
    static let meta012 = Rule(
        "META-012", .B, "mandatory property of the DataCite record is absent or empty", applies: .package,
        what: """
            Identifier, creators and titles are there and not blank, and the record is valid by the schema of DataCite 4.7. \
            What the repository fills when a draft is made, the DOI and the publisher, is not asked of an author file.
            """,
        why: "DataCite refuses to register the DOI, or registers a record that names nobody.",
        fix: "Fill the property in publication.json5, or mend the element that is named.",
        references: ["DataCite Metadata Schema 4.7", "datacite/schema:source/meta/kernel-4.7"],
        checks: [.record(absentProperties)])
}

private func absentProperties(_ view: RecordView, _ verdicts: inout Verdicts) {
    let record = view.record
    var told = Set<String>()
    if let identifier = record.identifier, identifier.value.isBlank {
        told.insert("identifier")
        verdicts.tell(
            "doi-empty", "the DataCite record has no identifier: the element is empty", at: identifier, in: view,
            [("property", .text("identifier"))])
    }
    for (party, element) in record.parties where party.name.map(\.value.isBlank) ?? view.isAssembled {
        told.insert(element)
        verdicts.tell(
            "name-empty", "the DataCite record has a \(element) without a name",
            at: [party.name?.origin.place ?? party.place], [("property", .text(element))])
    }
    for title in record.titles where title.text.value.isBlank {
        told.insert("title")
        verdicts.tell(
            "title-empty", "the DataCite record has an empty title", at: title.text, in: view,
            [("property", .text("title"))])
    }
    if view.isAssembled, record.creators.isEmpty {
        told.formUnion(["creators", "resource"])
        verdicts.tell(
            "creators-absent", "the DataCite record has no creators", at: [record.place],
            [("property", .text("creators"))])
    }
    if let reason = view.unvalidated { verdicts.notChecked(reason) }
    for breach in view.breaches {
        // Lists of a record that we made are told by META-013, with the line of the author.
        if told.contains(breach.element) || (view.isAssembled && breach.isVocabulary) { continue }
        verdicts.tell(
            "schema",
            "the schema of DataCite \(view.schema?.version ?? "4.7") does not allow this: "
                + Wording.excerpt(breach.words, limit: 300), at: [breach.place],
            [("property", .text(breach.element))])
    }
}
