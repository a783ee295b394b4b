// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
internal import JSON

/// What single properties become in a draft of InvenioRDM.
extension InvenioDraft {
    func party(_ party: Party) -> JSONValue {
        let isPerson = party.isPerson
        let identifiers = party.identifiers.compactMap { identifier -> JSONValue? in
            guard let scheme = identifier.scheme?.value.lowercased(),
                InvenioVocabulary.nameSchemes.contains(scheme)
            else { return nil }
            return .object(["scheme": .string(scheme), "identifier": .string(Self.bare(identifier.value.value))])
        }
        var names = Set<String>()
        let affiliations = party.affiliations.filter { names.insert($0.name.value).inserted }
        return .object([
            "person_or_org": .object([
                "type": .string(isPerson ? "personal" : "organizational"),
                "name": isPerson ? nil : .text(party.name),
                "given_name": isPerson ? .text(party.given) : nil,
                // The server asks for a family name; one name alone is taken for it.
                "family_name": isPerson ? .text(party.family ?? party.name) : nil,
                "identifiers": .list(identifiers),
            ]),
            "affiliations": .list(affiliations.map { .object(["name": .text($0.name)]) }),
            "role": party.role.map { .object(["id": .string($0.value.lowercased())]) },
        ])
    }

    /// The value of an identifier that is written as an address.
    static func bare(_ address: String) -> String {
        for prefix in ["https://orcid.org/", "http://orcid.org/", "https://ror.org/", "https://isni.org/isni/"]
        where address.hasPrefix(prefix) { return String(address.dropFirst(prefix.count)) }
        return address
    }

    /// A day or a range of days; what it was before stands in the description.
    func date(_ date: RecordDate) -> JSONValue {
        let text = date.date.value
        var days = text.split(separator: "/").map { String($0.prefix { $0 != "T" }) }
        if days.count == 2, days[0] == days[1] { days.removeLast() }
        let shown = days.joined(separator: "/")
        let words = [shown == text ? nil : text, date.information?.value].compactMap { $0 }
        return .object([
            "date": .string(shown), "type": .object(["id": .string((date.type?.value ?? "Other").lowercased())]),
            "description": words.isEmpty ? nil : .string(words.joined(separator: "; ")),
        ])
    }

    func alternate(_ alternate: AlternateIdentifier) -> JSONValue {
        let words = [alternate.type?.value, alternate.value.value].compactMap { $0 }.joined(separator: " ")
        return .object(["scheme": .string("other"), "identifier": .string(words)])
    }

    func related(_ related: RelatedIdentifier) -> JSONValue? {
        guard let type = related.type?.value, let scheme = InvenioVocabulary.relatedSchemes[type],
            let relation = related.relation?.value, !InvenioVocabulary.unknownRelations.contains(relation)
        else { return nil }
        return .object([
            "scheme": .string(scheme), "identifier": .text(related.value),
            "relation_type": .object(["id": .string(relation.lowercased())]),
            "resource_type": related.resourceType.flatMap { InvenioVocabulary.resourceType($0.value) }.map {
                .object(["id": .string($0)])
            },
        ])
    }

    func rights(_ rights: Rights) -> JSONValue? {
        if let identifier = rights.identifier, rights.scheme?.value.uppercased() != "OTHER" {
            return .object(["id": .string(identifier.value.lowercased())])
        }
        guard let title = rights.text ?? rights.address else { return nil }
        return .object(["title": .object(["en": .text(title)]), "link": .text(rights.address)])
    }

    func location(_ place: GeoLocation) -> JSONValue {
        let longitude = JSONValue.numeral(place.longitude)
        let latitude = JSONValue.numeral(place.latitude)
        var point: JSONValue?
        if let longitude, let latitude {
            point = .object(["type": .string("Point"), "coordinates": .array([longitude, latitude])])
        }
        return .object(["place": .text(place.name), "geometry": point])
    }

    func funding(_ reference: FundingReference) -> JSONValue {
        let isKnown = reference.identifierType?.value == "ROR"
        let funder = isKnown ? reference.identifier.map { Self.bare($0.value) } : nil
        let address = reference.awardAddress.map {
            JSONValue.array([.object(["scheme": .string("url"), "identifier": .string($0.value)])])
        }
        let hasAward = reference.awardNumber != nil || reference.awardTitle != nil
        return .object([
            "funder": .object([
                "id": funder.map { .string($0) }, "name": funder == nil ? .text(reference.funder) : nil,
            ]),
            "award": hasAward
                ? .object([
                    "number": .text(reference.awardNumber),
                    "title": reference.awardTitle.map { .object(["en": .string($0.value)]) },
                    "identifiers": address,
                ]) : nil,
        ])
    }
}

/// Words of DataCite in the vocabularies of InvenioRDM.
enum InvenioVocabulary {
    static let nameSchemes: Set<String> = ["orcid", "ror", "isni", "gnd"]

    /// Relations of later kernels than InvenioRDM 14 knows.
    static let unknownRelations: Set<String> = ["Other", "HasTranslation", "IsTranslationOf"]

    static let relatedSchemes = [
        "ARK": "ark", "arXiv": "arxiv", "bibcode": "ads", "DOI": "doi", "EAN13": "ean13", "EISSN": "eissn",
        "Handle": "handle", "IGSN": "igsn", "ISBN": "isbn", "ISSN": "issn", "ISTC": "istc", "LISSN": "lissn",
        "PMID": "pmid", "PURL": "purl", "UPC": "upc", "URL": "url", "URN": "urn", "w3id": "w3id",
    ]

    /// The id of a description type: "TechnicalInfo" becomes "technical-info".
    static func descriptionType(_ type: String) -> String {
        var id = ""
        for character in type {
            if character.isUppercase, !id.isEmpty { id.append("-") }
            id += character.lowercased()
        }
        return id
    }

    /// The id of a general type; nil where InvenioRDM has none.
    static func resourceType(_ general: String) -> String? {
        resourceTypes[general]
    }

    private static let resourceTypes = [
        "Audiovisual": "video", "Book": "publication-book", "BookChapter": "publication-section",
        "Collection": "dataset", "ConferencePaper": "publication-conferencepaper",
        "ConferenceProceeding": "publication-conferenceproceeding", "DataPaper": "publication-datapaper",
        "Dataset": "dataset", "Dissertation": "publication-dissertation", "Event": "event", "Image": "image",
        "Instrument": "instrument", "Journal": "publication-journal", "JournalArticle": "publication-article",
        "Model": "model", "Other": "other", "OutputManagementPlan": "publication-datamanagementplan",
        "PeerReview": "publication-peerreview", "PhysicalObject": "physicalobject", "Poster": "poster",
        "Preprint": "publication-preprint", "Presentation": "presentation", "Report": "publication-report",
        "Software": "software", "Sound": "video", "Standard": "publication-standard", "Text": "publication",
        "Workflow": "workflow",
    ]
}
