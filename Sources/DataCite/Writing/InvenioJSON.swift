// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
public import JSON

/// Writes a record as the body of a draft of InvenioRDM.
///
/// - Source: inveniosoftware/invenio-rdm-records:invenio_rdm_records/services/schemas; measured on InvenioRDM 14.
public struct InvenioDraft: Sendable {
    /// What the draft says of its DOI.
    public enum Identifier: Sendable {
        /// Nothing: the server keeps what it has, and reserves one on request.
        case unstated
        /// What the server answered, sent back as it is.
        case kept(JSONValue)
        /// A DOI that somebody else registers.
        case external(String)
    }

    /// The record that is to be written.
    public var record: PublicationRecord
    /// Ids of subjects that the server was asked for and has: addresses of terms.
    public var knownSubjects: Set<String> = []
    /// What is said of the DOI.
    public var identifier = Identifier.unstated
    /// The day of the publication where the record has neither embargo nor date, ISO 8601.
    public var today: String?

    public init(_ record: PublicationRecord) { self.record = record }

    /// The body of `POST /api/records` and `PUT /api/records/{id}/draft`.
    public var json: JSONValue {
        .object([
            "access": access,
            "files": .object(["enabled": .bool(true)]),
            "pids": pids,
            "metadata": metadata,
        ])
    }

    /// The day of publication: end of the embargo, else Available, Issued, Submitted, today, the year.
    public var publicationDate: String? {
        if let until = record.embargo?.until.value { return until }
        for type in ["Available", "Issued", "Submitted"] {
            if let date = record.date(type)?.value { return String(date.prefix { $0 != "T" && $0 != "/" }) }
        }
        return today ?? record.publicationYear?.value
    }

    private var access: JSONValue {
        guard let embargo = record.embargo else {
            return .object(["record": .string("public"), "files": .string("public")])
        }
        return .object([
            "record": .string("public"), "files": .string("restricted"),
            "embargo": .object([
                "active": .bool(true), "until": .text(embargo.until),
                "reason": .text(embargo.reason) ?? .string(Embargo.words),
            ]),
        ])
    }

    private var pids: JSONValue? {
        switch identifier {
        case .unstated: nil
        case .kept(let value): value
        case .external(let doi):
            .object(["doi": .object(["identifier": .string(doi), "provider": .string("external")])])
        }
    }

    private var metadata: JSONValue {
        let abstract = record.descriptions.firstIndex { $0.kind?.value == "Abstract" }
        var other = record.descriptions
        if let abstract { other.remove(at: abstract) }
        return .object([
            "resource_type": .object([
                "id": .string(
                    InvenioVocabulary.resourceType(record.resourceType?.general?.value ?? "Dataset") ?? "dataset")
            ]),
            "title": .text(record.title),
            "additional_titles": .list(record.titles.dropFirst().map(additionalTitle)),
            "publisher": .text(record.publisher?.name),
            "publication_date": publicationDate.map { .string($0) },
            "version": .text(record.version),
            "creators": .list(record.creators.map(party)),
            "contributors": .list(record.contributors.map(party)),
            "subjects": .list(subjects),
            "dates": .list(record.dates.map(date)),
            "languages": record.language.flatMap { Languages.threeLetters($0.value) }.map {
                .array([.object(["id": .string($0)])])
            },
            "identifiers": .list(record.alternateIdentifiers.map(alternate)),
            "related_identifiers": .list(record.relatedIdentifiers.compactMap(related)),
            "sizes": .list(record.sizes.map { .string($0.value) }),
            "formats": .list(record.formats.map { .string($0.value) }),
            "rights": .list(record.rights.compactMap(rights)),
            "description": abstract.map { .string(Self.paragraphs(record.descriptions[$0].text.value)) },
            "additional_descriptions": .list(other.map(additionalDescription)),
            "locations": JSONValue.list(record.geoLocations.map(location)).map { .object(["features": $0]) },
            "funding": .list(record.fundingReferences.map(funding)),
        ])
    }

    /// A text as HTML, each line a paragraph.
    static func paragraphs(_ text: String) -> String {
        text.split(separator: "\n").map { "<p>\(escaped(String($0)))</p>" }.joined()
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.append(character)
            }
        }
        return result
    }

    private func language(_ leaf: Leaf?) -> JSONValue? {
        leaf.flatMap { Languages.threeLetters($0.value) }.map { .object(["id": .string($0)]) }
    }

    private func additionalTitle(_ title: RecordText) -> JSONValue {
        let type =
            ["AlternativeTitle": "alternative-title", "Subtitle": "subtitle", "TranslatedTitle": "translated-title"][
                title.kind?.value ?? ""] ?? "other"
        return .object([
            "title": .text(title.text), "type": .object(["id": .string(type)]), "lang": language(title.language),
        ])
    }

    private func additionalDescription(_ description: RecordText) -> JSONValue {
        let type = InvenioVocabulary.descriptionType(description.kind?.value ?? "Other")
        return .object([
            "description": .string(
                description.text.value.contains("\n")
                    ? Self.paragraphs(description.text.value) : Self.escaped(description.text.value)),
            "type": .object(["id": .string(type)]), "lang": language(description.language),
        ])
    }

    /// Each subject as the server knows it, else its words and its address as two free ones.
    private var subjects: [JSONValue] {
        record.subjects.flatMap { subject -> [JSONValue] in
            guard let address = subject.valueAddress?.value else { return [.object(["subject": .text(subject.text)])] }
            if knownSubjects.contains(address) { return [.object(["id": .string(address)])] }
            return [.object(["subject": .text(subject.text)]), .object(["subject": .string(address)])]
        }
    }
}

extension Embargo {
    /// What the end of an embargo is called where no reason is given.
    public static let words = "end of embargo"
}
