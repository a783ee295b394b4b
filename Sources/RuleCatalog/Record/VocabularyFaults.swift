// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import DataCite
import Diffraction
import RuleEngine
import Transport

/// Words of controlled lists, codes of languages, identifiers of licences.
extension Verdicts {
    mutating func tellVocabularies(_ view: RecordView) {
        let record = view.record
        if let language = record.language { tell("language", language, view) }
        for title in record.titles { if let language = title.language { tell("language of a title", language, view) } }
        for description in record.descriptions {
            if let language = description.language { tell("language of a description", language, view) }
        }
        for rights in record.rights {
            guard let identifier = rights.identifier, rights.scheme.map({ $0.value.uppercased() == "SPDX" }) ?? true,
                !view.tables.licences.isEmpty, view.tables.licences[identifier.value] == nil
            else { continue }
            let folded = identifier.value.lowercased()
            let meant = view.tables.licences.keys.first { $0.lowercased() == folded }
            tell(
                "rights-spdx",
                "rightsIdentifier is '\(Wording.excerpt(identifier.value))', which SPDX does not list"
                    + (meant.map { "; '\($0)' is meant" } ?? ""), at: identifier, in: view,
                [("property", .text("rightsIdentifier")), ("value", .text(identifier.value))])
        }
        tellLists(view)
    }

    /// Lists of the schema, where the record was made by us; of one that was read the schema tells.
    private mutating func tellLists(_ view: RecordView) {
        guard view.breaches.allSatisfy({ $0.isVocabulary }), let schema = view.schema else { return }
        let record = view.record
        var words: [(list: String, property: String, leaf: Leaf?)] = []
        for contributor in record.contributors {
            words.append(("contributorType", "contributorType", contributor.role))
        }
        for date in record.dates { words.append(("dateType", "dateType", date.type)) }
        for related in record.relatedIdentifiers {
            words.append(("relationType", "relationType", related.relation))
            words.append(("relatedIdentifierType", "relatedIdentifierType", related.type))
            words.append(("resourceType", "resourceTypeGeneral", related.resourceType))
        }
        for (list, property, leaf) in words {
            guard let leaf, case let known = schema.values(list), !known.contains(leaf.value), view.isAssembled
            else { continue }
            let meant = Spelling.nearest(to: leaf.value, among: known)
            tell(
                "vocabulary",
                "\(property) is '\(Wording.excerpt(leaf.value))', which DataCite \(schema.version) does not list"
                    + (meant.map { "; '\($0)' may be meant" } ?? ""), at: leaf, in: view,
                [("property", .text(property)), ("value", .text(leaf.value))])
        }
    }

    private mutating func tell(_ property: String, _ leaf: Leaf, _ view: RecordView) {
        let parts = leaf.value.split(separator: "-", omittingEmptySubsequences: false)
        guard let first = parts.first,
            parts.allSatisfy({ part in
                (1...8).contains(part.utf8.count) && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
            })
        else {
            // What is no tag at all the schema tells, where it was asked.
            if view.isAssembled { tell(leaf, property, "is no language tag", view) }
            return
        }
        if first.utf8.count == 3, let shorter = Languages.shorter(leaf.value) {
            tell(leaf, property, "has the shorter code '\(shorter)'", view)
        } else if first.utf8.count == 2, !Languages.isKnown(twoLetters: String(first)) {
            tell(leaf, property, "is no language of ISO 639", view)
        }
    }

    private mutating func tell(_ leaf: Leaf, _ property: String, _ fault: String, _ view: RecordView) {
        tell(
            "language", "\(property) is '\(Wording.excerpt(leaf.value))', which \(fault)", at: leaf, in: view,
            [("property", .text(property)), ("value", .text(leaf.value)), ("fault", .text(fault))])
    }
}
