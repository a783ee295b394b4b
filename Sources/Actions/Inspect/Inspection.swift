// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
public import JSON
public import RuleCatalog
public import RuleEngine
public import Transport

/// What a file describes, without a verdict.
public struct Inspection: Sendable {
    /// One experiment with its numbers.
    public struct Item: Sendable {
        public let summary: ExperimentSummary
        /// The table of a Raw Data Letter.
        public let table: RawDataTable
        /// As programs read it.
        public let record: JSONValue
        let origins: OriginWords

        /// Where a value comes from: "26:13 _axis.vector[1]", "/entry/sample", "assumed: …".
        public func words(on origin: Origin) -> String { origins.words(on: origin) }
    }

    public let path: String
    public let kind: FileKind
    public let definition: String?
    public let experiments: [Item]
    /// Why there is no experiment, when there is none.
    public let withoutExperiment: String
    public let failures: [Failure]
    /// How an HDF5 file is stored, and what readers make of it.
    public let notes: ReaderNotes?

    /// Reads a file.
    public init(_ path: String, settings: ReadingSettings) { self.init([path], settings: settings) }

    /// The same for the words of an input: its path, and the folder that links do not lead out of.
    public init(_ words: [String], settings: ReadingSettings) {
        self.init(FileReading(words, settings: settings), path: words.first ?? "")
    }

    /// What is left to say of a file whose reader ended; `end` says how, in words.
    public init(_ path: String, endedBy end: String) {
        self.init(FileReading(path, endedBy: end), path: path)
    }

    init(_ reading: FileReading, path: String) {
        let material = reading.material
        self.path = path
        kind = material.kind
        definition = material.definition
        withoutExperiment = material.withoutExperiment.sentence
        failures = reading.failures
        notes = material.tree.flatMap(ReaderNotes.init)
        let origins = OriginWords(sources: material.sources)
        experiments = material.experiments.map { view in
            let summary = ExperimentSummary(view.experiment, graph: view.graph)
            return Item(
                summary: summary, table: view.rawDataTable(summary), record: JSONValue(summary.tree, origins),
                origins: origins)
        }
    }
}

/// Turns origins into words that lead a person to the place.
struct OriginWords: Sendable {
    let sources: SourceList

    func words(on origin: Origin) -> String {
        switch origin {
        case .stated(let place): return words(on: place)
        case .defaulted(let item): return "default of \(item)"
        case .assumed(let sentence): return "assumed: \(sentence)"
        case .option(let option): return "given by \(option)"
        case .derived(let sentence): return "derived: \(sentence)"
        }
    }

    private func words(on place: Place) -> String {
        switch place.spot {
        case .file: return "file"
        case .text(let offset, let item, let row):
            let more = item.map { " \($0)" } ?? ""
            return position(offset, place.source) + more + (row.map { " row \($0)" } ?? "")
        case .object(let path, let attribute): return path + (attribute.map { "@\($0)" } ?? "")
        case .header(let offset, let key): return position(offset, place.source) + " header \(key)"
        case .frames(_, let ranges): return FrameRanges.words(ranges)
        }
    }

    private func position(_ offset: Int, _ source: SourceID) -> String {
        guard let position = sources.position(of: offset, in: source) else { return "byte \(offset)" }
        return "\(position.line):\(position.column)"
    }
}

extension JSONValue {
    /// The summary as JSON, with origins as words.
    init(_ value: SummaryValue, _ origins: OriginWords) {
        switch value {
        case .null: self = .null
        case .text(let text): self = .string(text)
        case .integer(let integer): self = .integer(integer)
        case .number(let number): self = .number(number)
        case .origin(let origin): self = .string(origins.words(on: origin))
        case .list(let items): self = .array(items.map { JSONValue($0, origins) })
        case .object(let members): self = .object(members.map { JSONMember($0.name, JSONValue($0.value, origins)) })
        }
    }
}
