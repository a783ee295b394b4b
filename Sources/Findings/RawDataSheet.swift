// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
internal import JSON

/// The table of a Raw Data Letter in words: what reports print of a `RawDataTable`.
public struct RawDataSheet: Sendable, Hashable {
    /// One field of the table.
    public struct Field: Sendable, Hashable {
        /// From 1, in the order of the table.
        public let number: Int
        public let name: String
        /// nil for texts.
        public let unit: String?
        /// The item of imgCIF that states it.
        public let item: String
        /// One value, or one for each scan; empty when nothing is known.
        public let values: [Value]
    }

    /// A value of a field.
    public struct Value: Sendable, Hashable {
        /// The value in words, with its unit.
        public let text: String
        /// The scan it is about; nil for all.
        public let scan: String?
        /// More about it.
        public let note: String?
        /// Where it comes from, in words.
        public let source: String
    }

    /// The id of the experiment.
    public let id: String
    /// In the order of the table.
    public let fields: [Field]

    /// Fields with a value.
    public var presentCount: Int { fields.count { !$0.values.isEmpty } }

    /// Names of the fields without one.
    public var missing: [String] { fields.filter(\.values.isEmpty).map(\.name) }

    public init(_ table: RawDataTable, id: String, origins: OriginWords) {
        self.id = id
        fields = table.fields.map { field in
            Field(
                number: field.number, name: field.name, unit: field.unit, item: field.item,
                values: field.values.map {
                    Value(text: $0.text, scan: $0.scan, note: $0.note, source: origins.words(on: $0.origin))
                })
        }
    }
}

extension RawDataSheet {
    /// Writes the members of the object that the writer is in; only for another process of this program.
    func write(into json: inout JSONWriter) {
        json.member("id", id)
        json.array("fields") { json in
            for field in fields {
                json.object { json in
                    json.member("number", field.number)
                    json.member("name", field.name)
                    json.member("unit", field.unit)
                    json.member("item", field.item)
                    json.array("values") { json in
                        for value in field.values {
                            json.object { json in
                                json.member("text", value.text)
                                json.member("scan", value.scan)
                                json.member("note", value.note)
                                json.member("source", value.source)
                            }
                        }
                    }
                }
            }
        }
    }

    init(_ object: ReportObject) throws(ReportFault) {
        id = try object.text("id")
        fields = try object.list("fields") { field throws(ReportFault) in
            Field(
                number: try field.integer("number"), name: try field.text("name"), unit: field.optionalText("unit"),
                item: try field.text("item"),
                values: try field.list("values") { value throws(ReportFault) in
                    Value(
                        text: try value.text("text"), scan: value.optionalText("scan"),
                        note: value.optionalText("note"), source: try value.text("source"))
                })
        }
    }
}
