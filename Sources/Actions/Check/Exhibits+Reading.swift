// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Findings
import Frames
import HDF5
import NeXus
import RuleCatalog
import RuleEngine

extension Exhibits {
    private static let mostSheets = 4
    /// Axes, scans and panels that a table of a letter is made from.
    private static let mostOfSummary = 2_000

    /// The frames that were decoded for the check, and nothing else.
    init(framesOf reading: FileReading) {
        self.init()
        stacks = (reading.material.frames?.parts ?? []).flatMap { $0.frames.stacks.map(Stack.init) }
    }

    /// What a page shows of a file that was read and checked.
    init(_ reading: FileReading, path: String, settings: ReadingSettings) {
        self.init(framesOf: reading)
        let material = reading.material
        let origins = OriginWords(sources: material.sources)
        sheets = material.experiments.prefix(Self.mostSheets).map { view in
            let summary = ExperimentSummary(view.experiment, graph: view.graph, most: Self.mostOfSummary)
            return RawDataSheet(view.rawDataTable(summary), id: summary.id, origins: origins)
        }
        if let notes = material.tree.flatMap(ReaderNotes.init) {
            storage = notes.storage.map { Line(term: $0.term, words: $0.words) }
            readers = notes.readers.map { Line(term: $0.term, words: $0.words) }
        }
        shares = Self.shares(material, settings)
        var seen = Set<String>()
        files = (material.kinship.linked + material.kinship.frames).filter { seen.insert($0).inserted }
        draw(reading, path: path, settings: settings)
    }
}

extension Exhibits {
    private static let mostEntries = 4
    private static let mostAbsent = 200

    /// How much is there of what the application definitions ask for that the file was checked with.
    private static func shares(_ material: Material, _ settings: ReadingSettings) -> [Share] {
        guard let files = material.tree?.files, let library = settings.library else { return [] }
        let tree = NeXusTree(files)
        return material.applied.filter { $0.standard == "nexus" }.prefix(mostEntries).flatMap { applied -> [Share] in
            let releases = settings.definitions.isEmpty ? [applied.release] : settings.definitions
            guard let definition = applied.definition,
                let found = DefinitionCompleteness(
                    of: tree, entry: applied.path, definition: definition, releases: releases, library: library)
            else { return [] }
            return [
                ("required", found.required), ("recommended", found.recommended), ("optional", found.optional),
            ].map { occurrence, share in
                Share(
                    entry: applied.path, definition: "\(definition) \(applied.release)", occurrence: occurrence,
                    asked: share.asked, absent: Array(share.absent.prefix(mostAbsent)), lacking: share.absent.count)
            }
        }
    }
}

extension Exhibits.Stack {
    private static let mostCells = 20_000

    fileprivate init(_ stack: ExperimentFrames.Stack) {
        self.init(
            name: stack.name, announced: stack.announced,
            cells: stack.frames.prefix(Self.mostCells).compactMap(Exhibits.Cell.init))
    }
}

extension Exhibits.Cell {
    /// nil for a frame that this run passed over by choice.
    fileprivate init?(_ reading: ExperimentFrames.Reading) {
        let number = reading.frame + 1
        switch reading.outcome {
        case .success(let facts):
            let counts = facts.counts
            let state: State =
                counts.counts == 0 || counts.greatest == 0 ? .empty : counts.above > 0 ? .saturated : .decoded
            self.init(
                frame: number, state: state, total: counts.mean.map { $0 * Double(counts.counts) }, words: "")
        case .failure(.passedOver): return nil
        case .failure(let fault):
            let isMissing = fault == .absent || fault == .unwritten
            self.init(
                frame: number, state: isMissing ? .missing : .undecodable, total: nil, words: fault.sentence)
        }
    }
}
