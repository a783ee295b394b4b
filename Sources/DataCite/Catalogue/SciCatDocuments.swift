// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
public import JSON

/// Documents of SciCat 4: a raw dataset, its files, and the published data.
///
/// - Source: SciCatProject/scicat-backend-next:src/datasets/dto, src/origdatablocks/dto, src/published-data/dto.
extension CatalogueEntry {
    /// `dataset.json`, the body of `POST /datasets`.
    public var sciCatDataset: JSONValue {
        let creators = record.creators.compactMap { $0.name?.value }
        let created = times?.start ?? "\(record.date("Collected")?.value.prefix(10) ?? today[...])T00:00:00Z"
        return .object([
            "type": .string("raw"),
            "datasetName": .text(record.title),
            "description": .text(record.description("Abstract")),
            "owner": .string(creators.joined(separator: "; ")),
            "ownerGroup": .string(owner ?? proposal ?? "unknown"),
            "principalInvestigator": creators.first.map { .string($0) },
            "contactEmail": .string(record.contact?.email?.value ?? ""),
            "sourceFolder": .string(folder),
            "creationTime": .string(created),
            "startTime": times.map { .string($0.start) },
            "endTime": times.map { .string($0.end) },
            "creationLocation": .string(location),
            "dataFormat": .text(facts.definition),
            "size": .integer(files.reduce(0) { $0 &+ $1.size }),
            "numberOfFiles": .integer(files.count),
            "license": .text(record.rights.first?.identifier),
            "isPublished": .bool(false),
            "keywords": .list(keywords.map { .string($0) }),
            "techniques": .list(
                techniques.map { .object(["pid": .string($0.address), "name": .string($0.label)]) }),
            "proposalIds": proposal.map { .array([.string($0)]) },
            "sampleIds": sample.map { .array([.string($0)]) },
            "instrumentIds": instrument.map { .array([.string($0)]) },
            "scientificMetadata": .object(
                quantities.map { quantity in
                    JSONMember(
                        quantity.key,
                        .object([
                            "value": Self.number(quantity.value), "unit": .string(quantity.unit),
                        ]))
                }),
        ])
    }

    /// `origdatablocks.json`, the body of `POST /origdatablocks`.
    ///
    /// - Parameter dataset: The pid that SciCat gave to the dataset; nil: it is not known yet.
    public func sciCatFiles(dataset: String? = nil) -> JSONValue {
        .object([
            "datasetId": dataset.map { .string($0) },
            "size": .integer(files.reduce(0) { $0 &+ $1.size }),
            "chkAlg": files.contains { $0.sha256 != nil } ? .string("sha256") : nil,
            "dataFileList": .array(
                files.map { file in
                    .object([
                        "path": .string(file.path), "size": .integer(file.size),
                        "time": .string(file.time ?? "\(today)T00:00:00Z"), "chk": file.sha256.map { .string($0) },
                    ])
                }),
        ])
    }

    /// `publisheddata.json`, the body of `POST /publisheddata`.
    ///
    /// - Parameter datasets: The pids that SciCat gave.
    public func sciCatPublication(datasets: [String] = []) -> JSONValue {
        .object([
            "title": .text(record.title),
            "abstract": .text(record.description("Abstract")) ?? .string(""),
            "datasetPids": .array(datasets.map { .string($0) }),
            "metadata": record.restAttributes,
        ])
    }

    private var location: String {
        [facility?.names.first?.value ?? facts.facility?.value, instrument].compactMap { $0 }.joined(separator: ":")
    }

    static func number(_ value: Double) -> JSONValue { Int(exactly: value).map { .integer($0) } ?? .number(value) }
}
