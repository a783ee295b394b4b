// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What the readers made of one input; the engine runs the rules on it.
public struct Material: Sendable {
    public var kind: FileKind
    /// Application definition that the file names, such as NXmx; nil for imgCIF.
    public var definition: String?
    public var text: TextView?
    public var tree: TreeView?
    public var experiments: [ExperimentView]
    /// Why there is no experiment, when there is none.
    public var withoutExperiment: String
    /// Set when the file could not be read at all by this program: a reader that died, with the signal or limit.
    public var readerEnd: String?

    public init(
        kind: FileKind, definition: String? = nil, text: TextView? = nil, tree: TreeView? = nil,
        experiments: [ExperimentView] = [], withoutExperiment: String = "the file describes no experiment",
        readerEnd: String? = nil
    ) {
        self.kind = kind
        self.definition = definition
        self.text = text
        self.tree = tree
        self.experiments = experiments
        self.withoutExperiment = withoutExperiment
        self.readerEnd = readerEnd
    }

    /// The rule speaks about files of this kind.
    func isMeantBy(_ rule: Rule) -> Bool {
        switch kind {
        case .imgcif, .cbf, .minicbf: return rule.applies == .imgCIF || rule.applies == .both
        case .nexus, .hdf5:
            switch rule.applies {
            case .anyNeXus, .both: return true
            case .nxmx: return definition == "NXmx"
            case .imgCIF, .package: return false
            }
        case .smv, .tiff: return rule.applies == .both
        case .unknown: return rule.applies == .anyNeXus && rule.id.area == "FILE"
        }
    }
}
