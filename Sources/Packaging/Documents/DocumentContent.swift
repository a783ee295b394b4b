// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import DataCite
import Diffraction

/// What documents of a deposit are made of.
public struct DocumentContent: Sendable {
    /// A file of the deposit that documents list.
    public struct File: Sendable {
        public let name: String
        /// Bytes.
        public let size: Int
        /// Hexadecimal, lower case.
        public let sha256: String
        /// Members of a volume; nil for a file as it is.
        public let members: Int?
        /// It holds data; else it tells of them.
        public let isData: Bool
    }

    public var record: PublicationRecord
    public var facts: DataSetFacts
    public var files: [File] = []
    /// Day of the documents, YYYY-MM-DD.
    public var date: String
    /// The sample as the author calls it; nil where only the data do.
    public var sample: String?
    /// The text of the licence; nil where the tables hold none.
    public var licenceText: String?
    /// What `check` said of the data: one line a finding.
    public var findings: [String] = []

    public init(record: PublicationRecord, facts: DataSetFacts, date: String) {
        self.record = record
        self.facts = facts
        self.date = date
    }

    /// Names of the creators as a citation has them.
    var names: [String] { record.creators.compactMap(Self.name) }

    static func name(_ party: Party) -> String? {
        if let family = party.family?.value {
            return party.given.map { "\(family), \($0.value)" } ?? family
        }
        return party.name?.value
    }

    /// The first licence with an identifier.
    var licence: Rights? { record.rights.first { $0.identifier != nil } ?? record.rights.first }

    /// The address of the DOI.
    var doiAddress: String? { record.identifier.map { "https://doi.org/\($0.value)" } }
}
