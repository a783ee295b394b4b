// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import DataCite
public import Findings

/// The record of a publication as rules of the view `record` read it: DataCite XML, or what an author file makes.
public struct RecordView: Sendable {
    public let record: PublicationRecord
    /// Where the record breaks the schema.
    public let breaches: [SchemaBreach]
    /// Why the schema was not asked; nil when it was.
    public let unvalidated: Reason?
    /// Where record and data, or two data files, say different things.
    public let contradictions: [Contradiction]
    /// Facilities, techniques, licences and organisations.
    public let tables: RecordTables
    /// The controlled lists of the schema; nil where they could not be read.
    public let schema: SchemaFacts?
    /// The day, ISO 8601; nil: nothing is called future.
    public let today: String?
    /// Properties that the repository fills when a draft is made: "identifier", "publisher".
    public let awaited: Set<String>
    /// The record was made by us from an author file and data; else it was read.
    public let isAssembled: Bool

    public init(
        record: PublicationRecord, breaches: [SchemaBreach] = [], unvalidated: Reason? = nil,
        contradictions: [Contradiction] = [], tables: RecordTables = RecordTables(), schema: SchemaFacts? = nil,
        today: String? = nil, awaited: Set<String> = [],
        isAssembled: Bool = false
    ) {
        self.record = record
        self.breaches = breaches
        self.unvalidated = unvalidated
        self.contradictions = contradictions
        self.tables = tables
        self.schema = schema
        self.today = today
        self.awaited = awaited
        self.isAssembled = isAssembled
    }
}
