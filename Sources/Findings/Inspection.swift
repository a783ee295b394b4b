// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
public import JSON
public import Transport

/// What a file describes, without a verdict.
public struct Inspection: Sendable {
    /// One experiment with its numbers.
    public struct Item: Sendable {
        public let summary: ExperimentSummary
        /// The table of a Raw Data Letter.
        public let sheet: RawDataSheet
        /// As programs read it.
        public let record: JSONValue
        private let origins: OriginWords

        public init(summary: ExperimentSummary, table: RawDataTable, origins: OriginWords) {
            self.summary = summary
            sheet = RawDataSheet(table, id: summary.id, origins: origins)
            self.origins = origins
            record = JSONValue(summary.tree, origins)
        }

        /// Where a value comes from: "26:13 _axis.vector[1]", "/entry/sample", "assumed: …".
        public func words(on origin: Origin) -> String { origins.words(on: origin) }
    }

    /// How an HDF5 file is stored, and what readers make of it.
    public struct Notes: Sendable {
        public let storage: [Line]
        public let readers: [Line]

        public init(storage: [Line], readers: [Line]) {
            self.storage = storage
            self.readers = readers
        }
    }

    /// A term and what is so.
    public struct Line: Sendable {
        public let term: String
        public let words: String

        public init(term: String, words: String) {
            self.term = term
            self.words = words
        }
    }

    public let path: String
    public let kind: FileKind
    public let definition: String?
    public let experiments: [Item]
    /// Why there is no experiment, when there is none.
    public let withoutExperiment: String
    public let failures: [Failure]
    /// The comment header of an image; nil without one.
    public var header: HeaderFacts?
    /// How much of the file is read for a frame and for a sinogram; empty for what is no HDF5 file with frames.
    public var layout: [Line] = []
    /// Nil for what is no HDF5 file.
    public let notes: Notes?

    public init(
        path: String, kind: FileKind, definition: String?, experiments: [Item], withoutExperiment: String,
        failures: [Failure], notes: Notes?
    ) {
        self.path = path
        self.kind = kind
        self.definition = definition
        self.experiments = experiments
        self.withoutExperiment = withoutExperiment
        self.failures = failures
        self.notes = notes
    }
}
