// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
public import JSON

extension PublicationRecord {
    /// The record as the body of `PUT /dois/{doi}` of the DataCite REST interface.
    ///
    /// - Parameter event: "publish", "register" or "hide"; nil changes no state.
    /// - Source: support.datacite.org, REST API; names of attributes by datacite/lupo:app/lib/params_sanitizer.rb.
    public func restJSON(event: String? = nil) -> JSONValue {
        .object([
            "data": .object([
                "type": .string("dois"),
                "attributes": .object((event.map { [JSONMember("event", .string($0))] } ?? []) + attributes),
            ])
        ])
    }

    /// The attributes of the REST interface, without those of the type JSON:API.
    public var restAttributes: JSONValue { .object(attributes) }

    private var attributes: [JSONMember] {
        (JSONValue.object([
            "doi": .text(identifier),
            "url": .text(url),
            "creators": .list(creators.map { $0.rest }),
            "titles": .list(
                titles.map {
                    .object(["title": .text($0.text), "titleType": .text($0.kind), "lang": .text($0.language)])
                }),
            "publisher": publisher.map {
                .object([
                    "name": .text($0.name), "publisherIdentifier": .text($0.identifier),
                    "publisherIdentifierScheme": .text($0.scheme), "schemeUri": .text($0.schemeAddress),
                    "lang": .text($0.language),
                ])
            },
            "publicationYear": .numeral(publicationYear),
            "types": resourceType.map {
                .object(["resourceTypeGeneral": .text($0.general), "resourceType": .text($0.text)])
            },
            "subjects": .list(subjects.map { $0.rest }),
            "contributors": .list(contributors.map { $0.rest }),
            "dates": .list(
                dates.map {
                    .object([
                        "date": .text($0.date), "dateType": .text($0.type), "dateInformation": .text($0.information),
                    ])
                }),
            "language": .text(language),
            "alternateIdentifiers": .list(
                alternateIdentifiers.map {
                    .object(["alternateIdentifier": .text($0.value), "alternateIdentifierType": .text($0.type)])
                }),
            "relatedIdentifiers": .list(relatedIdentifiers.map { $0.rest }),
            "sizes": .list(sizes.map { .string($0.value) }),
            "formats": .list(formats.map { .string($0.value) }),
            "version": .text(version),
            "rightsList": .list(rights.map { $0.rest }),
            "descriptions": .list(
                descriptions.map {
                    .object([
                        "description": .text($0.text), "descriptionType": .text($0.kind), "lang": .text($0.language),
                    ])
                }),
            "geoLocations": .list(geoLocations.map { $0.rest }),
            "fundingReferences": .list(fundingReferences.map { $0.rest }),
            "schemaVersion": .string(KernelFour.namespace),
        ]).members) ?? []
    }
}

extension Party {
    fileprivate var rest: JSONValue {
        .object([
            "name": .text(name), "nameType": .text(kind), "givenName": .text(given), "familyName": .text(family),
            "lang": .text(language),
            "contributorType": .text(role),
            "nameIdentifiers": .list(
                identifiers.map {
                    .object([
                        "nameIdentifier": .text($0.value), "nameIdentifierScheme": .text($0.scheme),
                        "schemeUri": .text($0.schemeAddress),
                    ])
                }),
            "affiliation": .list(
                affiliations.map {
                    .object([
                        "name": .text($0.name), "affiliationIdentifier": .text($0.identifier),
                        "affiliationIdentifierScheme": .text($0.scheme), "schemeUri": .text($0.schemeAddress),
                    ])
                }),
        ])
    }
}

extension RecordSubject {
    fileprivate var rest: JSONValue {
        .object([
            "subject": .text(text), "subjectScheme": .text(scheme), "schemeUri": .text(schemeAddress),
            "valueUri": .text(valueAddress), "classificationCode": .text(classificationCode), "lang": .text(language),
        ])
    }
}

extension RelatedIdentifier {
    fileprivate var rest: JSONValue {
        .object([
            "relatedIdentifier": .text(value), "relatedIdentifierType": .text(type), "relationType": .text(relation),
            "relationTypeInformation": .text(relationInformation), "resourceTypeGeneral": .text(resourceType),
            "relatedMetadataScheme": .text(metadataScheme), "schemeUri": .text(schemeAddress),
            "schemeType": .text(schemeType),
        ])
    }
}

extension Rights {
    fileprivate var rest: JSONValue {
        .object([
            "rights": .text(text), "rightsUri": .text(address), "rightsIdentifier": .text(identifier),
            "rightsIdentifierScheme": .text(scheme), "schemeUri": .text(schemeAddress), "lang": .text(language),
        ])
    }
}

extension GeoLocation {
    fileprivate var rest: JSONValue {
        let hasPoint = longitude != nil || latitude != nil
        return .object([
            "geoLocationPlace": .text(name),
            "geoLocationPoint": hasPoint
                ? .object(["pointLongitude": .numeral(longitude), "pointLatitude": .numeral(latitude)]) : nil,
        ])
    }
}

extension FundingReference {
    fileprivate var rest: JSONValue {
        .object([
            "funderName": .text(funder), "funderIdentifier": .text(identifier),
            "funderIdentifierType": .text(identifierType), "schemeUri": .text(schemeAddress),
            "awardNumber": .text(awardNumber), "awardUri": .text(awardAddress), "awardTitle": .text(awardTitle),
        ])
    }
}
