// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
public import Findings
import RuleCatalog
import RuleEngine

extension Inspection {
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
        let origins = OriginWords(sources: material.sources)
        func lines(_ notes: [ReaderNotes.Line]) -> [Line] { notes.map { Line(term: $0.term, words: $0.words) } }
        self.init(
            path: path, kind: material.kind, definition: material.definition,
            experiments: material.experiments.map { view in
                let summary = ExperimentSummary(view.experiment, graph: view.graph)
                return Item(summary: summary, table: view.rawDataTable(summary), origins: origins)
            }, withoutExperiment: material.withoutExperiment.sentence,
            failures: reading.failures + reading.cutImages(path),
            notes: material.tree.flatMap(ReaderNotes.init).map {
                Notes(storage: lines($0.storage), readers: lines($0.readers))
            })
        header = HeaderFacts(material, origins)
        layout = lines(material.tree.flatMap(StorageLayout.init)?.lines ?? [])
    }
}
