// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// What the readers made of one input; the engine runs the rules on it.
public struct Material: Sendable {
    /// Path as given by the user.
    public var name = ""
    /// Bytes; 0 when the file cannot be looked at.
    public var size = 0
    /// What could not be looked at.
    public var failures: [Failure] = []
    /// Definitions that were applied.
    public var applied: [AppliedDefinition] = []
    public var kind: FileKind
    /// Application definition that the file names, such as NXmx; nil for imgCIF.
    public var definition: String?
    public var text: TextView?
    public var tree: TreeView?
    public var experiments: [ExperimentView]
    /// Why there is no experiment, when there is none.
    public var withoutExperiment: Reason
    /// Set when the file could not be read at all by this program: a reader that died, with the signal or limit.
    public var readerEnd: String?

    public init(
        kind: FileKind, definition: String? = nil, text: TextView? = nil, tree: TreeView? = nil,
        experiments: [ExperimentView] = [], withoutExperiment: Reason = .absent("the file describes no experiment"),
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

    /// The file is of a kind that no reader takes, or cannot be opened.
    public var isUnread: Bool { tree != nil && tree?.files == nil }

    /// How the check of the file ends.
    func status(isFailing: Bool) -> FileStatus {
        if isFailing { return .fail }
        if isUnread, [.smv, .tiff, .unknown].contains(kind) { return .skipped }
        return failures.isEmpty ? .pass : .indeterminate
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
