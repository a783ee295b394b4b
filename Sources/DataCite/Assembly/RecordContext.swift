// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction

/// What a record takes from the repository, the package and the day, beside author file, data and tables.
public struct RecordContext: Sendable {
    /// The day, ISO 8601.
    public var today: String
    /// The DOI that the repository reserved, bare.
    public var doi: String?
    /// Address of the page of the record.
    public var landingPage: String?
    /// Name of the repository as it is cited.
    public var publisher: String?
    /// DOI of the entry of the repository in re3data, bare.
    public var registry: String?
    /// Where the imgCIF description of the deposit will be.
    public var metadataAddress: String?
    /// Bytes of what is deposited; nil where nobody counted.
    public var bytes: Int?
    /// Media types of what is deposited.
    public var formats: [String] = []
    /// Sentences on volumes and how to unpack them, without full stop.
    public var packing: [String] = []
    /// DOI of the version before, bare.
    public var previousVersion: String?
    /// The data policy that the author file names.
    public var policy: DataPolicy?

    public init(today: String) { self.today = today }
}

/// A record made from all that is known, with what was decided on the way.
///
/// Authority: author file, then data, then tables, then templates.
/// - Source: publication.md, sections 2 and 3.
public struct RecordAssembly: Sendable {
    /// The record.
    public internal(set) var record: PublicationRecord
    /// Where author and data, or two data files, say different things.
    public internal(set) var contradictions: [Contradiction]
    /// What was left out or taken from elsewhere, one sentence each.
    public internal(set) var notes: [String]

    let author: AuthorFile
    let facts: DataSetFacts
    let tables: RecordTables
    let context: RecordContext
    /// The facility where the data were taken; nil where no table has it.
    let facility: Facility?

    /// The facility where the data were taken; nil where no table has it.
    public var place: Facility? { facility }

    /// - Parameter author: Nil where there is no author file yet.
    public init(
        author: AuthorFile?, facts: DataSetFacts, tables: RecordTables = RecordTables(), context: RecordContext
    ) {
        record = PublicationRecord(place: .file)
        contradictions = facts.disagreements
        notes = facts.notes
        self.author = author ?? AuthorFile()
        self.facts = facts
        self.tables = tables
        self.context = context
        let named = self.author.facility ?? self.author.proposal?.facility ?? facts.facility
        facility = named.flatMap { tables.facility($0.value) }
        fillCitation()
        fillPeople()
        fillContext()
        fillRelations()
        fillData()
        fillDescriptions()
        findContradictions()
    }

    /// BCP 47; English where the author names no language.
    var language: Leaf { author.language ?? Leaf("en", .defaulted(item: "language")) }

    static let english = Leaf("en", .derived("the templates are English"))

    func template(_ text: String) -> Leaf { Leaf(text, .derived("the template")) }

    func target(_ text: String) -> Leaf { Leaf(text, .derived("the target")) }
}
