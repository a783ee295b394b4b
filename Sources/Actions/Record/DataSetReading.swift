// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import DataCite
public import Diffraction
import Frames
import HDF5
import ImgCIF
import NeXus
import RuleCatalog
import RuleEngine
public import Transport

/// Data files read for what a record can tell of them; no pixel is looked at.
public struct DataSetReading: Sendable {
    /// What the files say.
    public private(set) var facts = DataSetFacts()
    /// The files that places of the facts lead to.
    public private(set) var sources: [SourceList.Entry] = []
    /// Files that could not be read.
    public private(set) var failures: [Failure] = []

    /// Reads descriptions and master files; images without a description by their headers.
    ///
    /// - Parameters:
    ///   - paths: All files of the data set; those that a master leads to are passed over.
    ///   - first: The number of the first source in the list of the whole reading.
    ///   - rules: The folder with the table of goniometers.
    public init(_ paths: [String], first: Int, settings: ReadingSettings, rules: RulesFolder) {
        var settings = settings
        settings.frames = .none
        settings.library = nil
        settings.definitions = []
        settings.dictionaries = nil
        settings.source = .main
        var images: [String] = []
        for path in paths {
            let kind: ContentKind
            do throws(Failure) {
                let source = try Input.open([path], by: settings.opener)
                kind = ContentKind.of(
                    try source.bytes(at: 0, count: min(source.size, 4096)),
                    hasSuperblock: try Superblock.locate(in: source) != nil)
            } catch {
                failures.append(error)
                continue
            }
            switch kind {
            case .smv, .tiff: images.append(path)
            case .hdf5, .cif:
                let reading = FileReading(path, settings: settings)
                guard [.imgcif, .nexus, .hdf5].contains(reading.material.kind) else {
                    images.append(path)
                    continue
                }
                failures += reading.failures
                if reading.material.kinship.part == nil { add(reading.material, path, first: first) }
            case .empty, .pointer, .other: continue
            }
        }
        // A description of the images tells more than their headers.
        if facts.frames == nil, !images.isEmpty { addHeaders(images, settings: settings, rules: rules) }
    }

    private mutating func add(_ material: Material, _ path: String, first: Int) {
        guard !material.experiments.isEmpty else { return }
        let shift = first + sources.count
        for entry in material.sources.entries {
            let name = entry.role == .main ? path : entry.name
            sources.append(entry.named(name))
        }
        let tree = material.tree?.files.map(NeXusTree.init)
        for view in material.experiments {
            facts.add(view.experiment, shift: shift)
            if let tree { facts.add(NamesOfEntry(tree, entry: view.experiment.id), shift: shift) }
            if let block = view.block { facts.add(block, shift: shift) }
        }
        let isNeXus = material.tree != nil
        let name = isNeXus ? material.definition ?? "NeXus" : "imgCIF"
        if facts.definition == nil { facts.definition = Leaf(name, .stated(.file(SourceID(position: shift)))) }
    }

    /// The description that `describe` would write of the images, read back.
    private mutating func addHeaders(_ images: [String], settings: ReadingSettings, rules: RulesFolder) {
        do throws(Failure) {
            let run = try DescriptionRun(
                images, request: DescriptionRun.Request(), settings: settings, rules: rules)
            failures += run.failures
            let origin = Origin.derived(
                "the headers of \(images.count) image\(images.count == 1 ? "" : "s"), first '\(Escaping.line(images[0]))'"
            )
            for view in FileReading(description: Array(run.text.utf8), settings: settings).material.experiments {
                facts.add(view.experiment, shift: 0)
            }
            facts.moveAll(to: origin)
            if facts.definition == nil { facts.definition = Leaf("CBF", origin) }
            facts.title = nil
        } catch {
            failures.append(error)
        }
    }
}

extension SourceList.Entry {
    /// The same file under the name by which it was asked for.
    func named(_ name: String) -> SourceList.Entry { SourceList.Entry(name: name, role: role, sharing: self) }
}
