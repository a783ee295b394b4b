// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
public import JSON

/// Documents of the search interface of PaNOSC: a dataset and the document that it belongs to.
///
/// - Source: panosc-eu/search-api:common/models.
extension CatalogueEntry {
    /// A Dataset with techniques, instrument, samples, parameters and files.
    public var panoscDataset: JSONValue {
        .object([
            "pid": .text(record.identifier) ?? .string(""),
            "title": .text(record.title),
            "isPublic": .bool(record.embargo == nil),
            "creationDate": .string(
                times?.start ?? "\(record.date("Collected")?.value.prefix(10) ?? today[...])T00:00:00Z"),
            "size": .integer(files.reduce(0) { $0 &+ $1.size }),
            "techniques": .array(
                techniques.map {
                    .object(["pid": .string($0.address), "name": .string($0.label), "panetId": .string($0.id)])
                }),
            "instrument": instrument.map { name in
                let pid = record.relatedIdentifiers.first { $0.relation?.value == "IsCollectedBy" }?.value
                return .object([
                    "pid": .text(pid) ?? .string(name), "name": .string(name),
                    "facility": .string(facility?.names.first?.value ?? facts.facility?.value ?? ""),
                ])
            },
            "samples": .array(sample.map { [.object(["name": .string($0)])] } ?? []),
            "parameters": .array(
                quantities.map { quantity in
                    .object([
                        "name": .string(quantity.key), "value": Self.number(quantity.value),
                        "unit": .string(quantity.unit),
                    ])
                }),
            "files": .array(
                files.map { file in
                    .object([
                        "name": .string(file.path.split(separator: "/").last.map(String.init) ?? file.path),
                        "path": .string(file.path), "size": .integer(file.size),
                    ])
                }),
        ])
    }

    /// The Document: what is cited.
    public var panoscDocument: JSONValue {
        .object([
            "pid": .text(record.identifier) ?? .string(""),
            "isPublic": .bool(record.embargo == nil),
            "type": .string("publication"),
            "title": .text(record.title),
            "summary": .text(record.description("Abstract")),
            "doi": .text(record.identifier),
            "startDate": times.map { .string($0.start) },
            "endDate": times.map { .string($0.end) },
            "releaseDate": record.embargo.map { .string("\($0.until.value)T00:00:00Z") },
            "license": .text(record.rights.first?.identifier),
            "keywords": .array(keywords.map { .string($0) }),
            "members": .array(
                record.creators.map { party in
                    .object([
                        "role": .string("creator"),
                        "person": .object([
                            "fullName": .text(party.name), "orcid": .text(party.identifier("ORCID")),
                        ]),
                    ])
                }),
            "datasets": .array([panoscDataset]),
        ])
    }
}
