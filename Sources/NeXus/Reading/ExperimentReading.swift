// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
public import HDF5

/// The experiments of a NeXus file set, and what could not be read on the way.
public struct ExperimentReading: Sendable {
    /// One for each NXentry and NXsubentry with the definition NXmx, in the order of their paths, and one for each
    /// entry without a definition that a DECTRIS detector wrote.
    public let experiments: [Experiment]
    /// Things that are there and cannot be used; the model has nil in their place.
    public let faults: [ReadingFault]
    /// Where the frames of the files lie.
    public let frames: FrameMap

    /// Reads every experiment. Never fails: what is absent or of another type is nil in the model.
    ///
    /// Coordinates are in the McStas frame; a file without axes is in the image frame.
    /// - Source: NXmx of the NeXus definitions; nexus.md sections 4 and 8; geometry.md.
    public init(_ tree: NeXusTree) {
        var experiments: [Experiment] = []
        var faults: [ReadingFault] = []
        var signals: [(entry: String, blocks: [Node])] = []
        for entry in Self.entries(of: tree) {
            let definition = Self.definition(of: entry, in: tree)
            let reader = EntryReader(tree: tree, entry: entry)
            switch definition?.lowercased() {
            case "nxmx": experiments.append(reader.experiment(faults: &faults, signals: &signals))
            case nil:
                if reader.hasModules {
                    experiments.append(reader.experiment(faults: &faults, signals: &signals))
                } else if let master = DectrisMaster(tree: tree, entry: entry) {
                    experiments.append(master.experiment(faults: &faults, signals: &signals))
                }
            default: continue
            }
        }
        var reader = FrameMapReader(tree)
        let frames = reader.map(signals, detectors: experiments.flatMap(\.detectors))
        for index in experiments.indices { experiments[index].frameMap = frames }
        self.frames = frames
        self.experiments = experiments
        self.faults = faults
    }

    /// Reads every experiment of a set of files.
    public init(_ files: FileSet) { self.init(NeXusTree(files)) }

    /// NXentry groups and the NXsubentry groups in them.
    private static func entries(of tree: NeXusTree) -> [Node] {
        tree.groups("NXentry", in: tree.root, customaryName: "entry").flatMap { entry in
            [entry] + tree.groups("NXsubentry", in: entry)
        }
    }

    private static func definition(of entry: Node, in tree: NeXusTree) -> String? {
        guard let node = tree.child("definition", of: entry), let dataset = tree.dataset(node) else { return nil }
        return dataset.value.firstString.map(trimmed) ?? ""
    }
}
