// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import JSON
internal import Transport

/// The body of a record as InvenioRDM takes it: access, files, metadata.
///
/// - Source: inveniosoftware/invenio-rdm-records:invenio_rdm_records/services/schemas.
public struct RecordBody: Sendable, Hashable {
    public let value: JSONValue
    /// The day of publication was filled in here: on another day it is another.
    private var isDated = false

    /// - Throws: For what is no object with metadata and a title.
    public init(_ value: JSONValue) throws(DepositStop) {
        guard let metadata = value["metadata"], metadata.members != nil,
            let title = metadata["title"]?.string, title.count >= 3
        else {
            throw DepositStop(
                .refusal, "the record has no metadata with a title of three characters at least",
                remedy: "give a record of InvenioRDM: an object with access, files and metadata")
        }
        if value["pids"]?.members?.isEmpty == true {
            throw DepositStop(
                .refusal, "the record has an empty 'pids', by which a server drops the DOI",
                remedy: "leave 'pids' out")
        }
        self.value = value
    }

    /// Reads a record from a file.
    public init(reading path: String) throws(DepositStop) {
        try self.init(try Self.json(path))
    }

    private static func json(_ path: String) throws(DepositStop) -> JSONValue {
        let bytes: [UInt8]
        do throws(Failure) {
            guard let whole = try Source.open(Name(path)).whole(most: 16 << 20) else {
                throw Failure(attempt: "read", subject: path, code: .limit("16 MB"), words: "it has more than 16 MB")
            }
            bytes = whole[0..<whole.count]
        } catch {
            throw DepositStop(error)
        }
        do throws(JSONFault) {
            return try JSONReader.read(bytes)
        } catch {
            throw DepositStop(.refusal, "'\(path)' is no JSON: \(error)", remedy: "mend the record")
        }
    }

    public var title: String { value["metadata"]?["title"]?.string ?? "" }

    /// The last day of the embargo; nil without one.
    var embargoEnd: String? {
        guard let embargo = value["access"]?["embargo"], embargo["active"]?.bool == true else { return nil }
        return embargo["until"]?.string
    }

    /// The record with a day of publication: a new version has none, and a server gives it the day of its draft.
    func dated(_ today: String) -> RecordBody {
        let metadata = value["metadata"] ?? .object([])
        guard metadata["publication_date"] == nil else { return self }
        return RecordBody(
            dated: value.replacing("metadata", with: metadata.replacing("publication_date", with: .string(today))))
    }

    private init(dated value: JSONValue) {
        self.value = value
        isDated = true
    }

    /// Where a server does not hold what this record says.
    func differences(held: JSONValue) -> [RecordComparison.Difference] {
        RecordComparison.differences(sent: value, held: held).filter {
            !isDated || $0.place != "metadata.publication_date"
        }
    }

    /// The DOI of another registrar, where the record brings one along.
    var externalDOI: String? {
        guard let doi = value["pids"]?["doi"], doi["provider"]?.string == "external" else { return nil }
        return doi["identifier"]?.string
    }

    /// Fails for an embargo that has ended.
    func check(today: String) throws(DepositStop) {
        if let end = embargoEnd, end <= today {
            throw DepositStop(
                .refusal, "the embargo of the record ends on \(end), which is not after today, \(today)",
                remedy: "give a later day, or leave the embargo out")
        }
    }

    /// The identifiers among which the marker of a draft stands.
    static let markerScheme = "other"

    /// The body with a word by which the draft is found again when the answer to it is lost; it stands there until the
    /// record is written with its DOI.
    func marked(_ marker: String) -> JSONValue {
        let metadata = value["metadata"] ?? .object([])
        let own = metadata["identifiers"]?.elements ?? []
        let mark = JSONValue.object([
            JSONMember("scheme", .string(Self.markerScheme)), JSONMember("identifier", .string(marker)),
        ])
        return value.replacing("metadata", with: metadata.replacing("identifiers", with: .array(own + [mark])))
    }

    /// A draft carries the marker.
    static func holds(_ marker: String, _ draft: JSONValue) -> Bool {
        (draft["metadata"]?["identifiers"]?.elements ?? []).contains { $0["identifier"]?.string == marker }
    }
}

extension JSONValue {
    /// The object with one member replaced, or added at its end.
    func replacing(_ name: String, with value: JSONValue) -> JSONValue {
        guard case .object(var members) = self else { return .object([JSONMember(name, value)]) }
        if let index = members.firstIndex(where: { $0.name == name }) {
            members[index] = JSONMember(name, value)
        } else {
            members.append(JSONMember(name, value))
        }
        return .object(members)
    }
}
