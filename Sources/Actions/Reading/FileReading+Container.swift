// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Frames
import HDF5
import NeXus
import RuleCatalog
import RuleEngine
import Transport

extension FileReading {
    /// Reads an HDF5 file and the files that it links to.
    init(container source: Source, head: [UInt8], superblock: Superblock?, settings: ReadingSettings) {
        let path = source.name.text
        let size = source.size
        do {
            let files = try FileSet.read(
                source, follow: settings.following == .none ? .none : .dataset, policy: .nexus,
                foreign: settings.foreign)
            let tree = NeXusTree(files)
            let entries = tree.entries
            let kind: FileKind = entries.isEmpty ? .hdf5 : .nexus
            let definition = settings.definition ?? entries.lazy.compactMap { tree.definitionName(of: $0) }.first
            let reading = ExperimentReading(tree)
            let check = DefinitionCheck(tree, settings: settings)
            let view = TreeView(
                name: path, size: size, head: Array(head.prefix(64)), superblock: superblock, files: files, kind: kind,
                definition: definition, conformance: check.conformance, frames: reading.frames,
                masked: reading.frames.maskedAreas(of: reading.experiments, in: files),
                writer: WriterSight(files.files.compactMap { file in file.identity.map { (file.name, $0) } }))
            let experiments = reading.experiments.map { experiment in
                ExperimentView(
                    experiment: experiment, kind: kind, scope: experiment.id,
                    instruments: settings.instruments?.ask)
            }
            let failures = files.main.faults.prefix(Self.faultLimit).map { fault in
                Failure(
                    attempt: "read the object", subject: fault.place, code: fault.failure.code,
                    words: fault.failure.cause,
                    remedy: "look at it with h5dump -p -H, and write the file again if it is damaged")
            }
            let without = entries.isEmpty ? "the file has no NXentry" : "no entry describes a diffraction experiment"
            let unread = settings.following == .none ? [] : view.unreadNeeds.map(Self.failure)
            self.init(
                material: Material(
                    kind: kind, definition: definition, tree: view, experiments: experiments,
                    withoutExperiment: .absent(without)), size: size,
                failures: Array(failures) + unread + [check.failure].compactMap { $0 })
            material.applied = check.applied
            material.kinship = Kinship(tree, frames: reading.frames, isUndescribed: reading.experiments.isEmpty)
            if settings.entry == nil, let layout = WriterLayout(tree) {
                material.kinship.part = WriterPart(layout == .data ? .data : .meta)
            }
        } catch {
            let tree = TreeView(
                name: path, size: size, head: Array(head.prefix(64)), superblock: superblock, files: nil, kind: .hdf5,
                writer: WriterSight(source.identity.map { [(path, $0)] } ?? []))
            self.init(
                material: Material(
                    kind: .hdf5, tree: tree, withoutExperiment: .unread("the file could not be read")),
                size: size, failures: [error])
        }
    }

    private static func failure(_ need: UnreadNeed) -> Failure {
        let code: Failure.Code =
            switch need.cause {
            case .refused: .refused(need.words)
            case .failed: .damaged
            case .form: .form(need.words)
            case .limit: .limit(need.words)
            }
        return Failure(
            attempt: "follow", subject: need.path, code: code, words: need.words,
            remedy: "put what it leads to beside the file, in a form that can be read")
    }

    /// Faults beyond these say nothing new.
    private static let faultLimit = 10
}

extension WriterSight {
    /// Looks at the times of files and at the locks that are held on them.
    fileprivate init(_ files: [(name: String, identity: Transport.Identity)]) {
        let held = files.isEmpty ? [] : WriterLocks.files()
        self.init(
            lastChange: files.map { file in
                Double(file.identity.modified.seconds) + Double(file.identity.modified.nanoseconds) / 1e9
            }.max(), locked: files.filter { held.contains($0.identity.key) }.map(\.name))
    }
}

extension Kinship {
    /// What the links of an HDF5 file say.
    init(_ tree: NeXusTree, frames: FrameMap, isUndescribed: Bool) {
        self.init()
        let files = tree.files.files
        for file in files.dropFirst() {
            if case .absent = file.state { continue }
            linked.append(file.path)
        }
        var seen = Set<Int>()
        for store in frames.stores where files.indices.contains(store.file) && seen.insert(store.file).inserted {
            self.frames.append(files[store.file].path)
        }
        let hasDefinition = tree.entries.contains { tree.definitionName(of: $0) != nil }
        self.isUndescribed = isUndescribed && !hasDefinition
        if tree.describesNothing { foreignWords = "HDF5 without NXentry" }
    }
}
