// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CIF
public import Diffraction
internal import HDF5
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
    /// Pixels that were read; nil: nobody read them.
    public var frames: FramesView?
    /// Nil for what is no archive.
    public var archive: ArchiveView?
    /// Nil for what is no package.
    public var package: PackageView?
    /// Nil for what holds no record of a publication.
    public var record: RecordView?
    /// The images of one template; nil for a single file.
    public var series: SeriesView?
    /// Why there is no experiment, when there is none.
    public var withoutExperiment: Reason
    /// Every file that the reading reached; places name them by number.
    public let sources: SourceList
    /// What the file is to the others of its data set.
    public var kinship = Kinship()
    /// Set when the file could not be read at all by this program: a reader that died, with the signal or limit.
    public var readerEnd: String?

    public init(
        kind: FileKind, definition: String? = nil, text: TextView? = nil, tree: TreeView? = nil,
        experiments: [ExperimentView] = [], withoutExperiment: Reason = .absent("the file describes no experiment"),
        sources: SourceList? = nil, readerEnd: String? = nil
    ) {
        self.kind = kind
        self.definition = definition
        self.text = text
        self.tree = tree
        self.experiments = experiments
        self.withoutExperiment = withoutExperiment
        self.readerEnd = readerEnd
        self.sources = sources ?? Self.sources(text, tree)
    }

    /// The document, or the files of the set, in the order in which their readers number them.
    private static func sources(_ text: TextView?, _ tree: TreeView?) -> SourceList {
        if let document = text?.document {
            let lines = SourceList.Lines.document {
                let position = document.position(of: $0)
                return (position.line, position.column)
            }
            return SourceList([SourceList.Entry(name: "", role: .main, lines: lines)])
        }
        let files = tree?.files?.files ?? []
        return SourceList(
            files.enumerated().map { SourceList.Entry(name: $1.name, role: $0 == 0 ? .main : .linked) })
    }

    /// The file is of a kind that no reader takes, or cannot be opened.
    public var isUnread: Bool { tree != nil && tree?.files == nil }

    /// The file is of a kind that no reader takes, or is checked through its master.
    var isOfOtherKind: Bool { isUnread && [.smv, .tiff, .unknown].contains(kind) || kinship.part != nil }

    /// Its writer holds the file, or it changed while it was read.
    var isBeingWritten: Bool { failures.contains { $0.code == .locked || $0.code == .changed } }

    /// There was something to check: an experiment, or classes of a definition.
    var isChecked: Bool {
        !experiments.isEmpty || !applied.isEmpty || text != nil || series != nil || package != nil
            || record != nil
    }

    /// The rule speaks about files of this kind.
    func isMeantBy(_ rule: Rule) -> Bool {
        if kinship.part != nil, rule.id.area != "FILE" { return false }
        return rule.isMeant(for: kind, definition: definition, hasRecord: record != nil)
    }
}

extension Rule {
    /// The rule speaks about files of a kind, and of the application definition that they name.
    public func isMeant(for kind: FileKind, definition: String?, hasRecord: Bool = false) -> Bool {
        switch kind {
        case .imgcif, .cbf, .minicbf: return applies == .imgCIF || applies == .both
        case .nexus, .hdf5:
            switch applies {
            case .anyNeXus, .both: return true
            case .nxmx: return definition == "NXmx"
            case .imgCIF, .package: return false
            }
        case .smv, .tiff: return applies == .both || ["GEOM-022", "IMAGE-014", "IMAGE-017", "IMAGE-018"].contains(id)
        case .manifest: return readsPackage || (hasRecord && readsRecord)
        case .record: return readsRecord
        case .unknown: return applies == .anyNeXus && id.area == "FILE"
        }
    }

    /// The rule reads a package.
    public var readsPackage: Bool {
        checks.contains { check in
            if case .package = check { true } else { false }
        }
    }
}

extension Rule {
    /// The rule reads the record of a publication.
    public var readsRecord: Bool {
        checks.contains { check in
            if case .record = check { true } else { false }
        }
    }
}

/// The material of one run where all rules reach it: it has a dozen members, and is not copied for each rule.
final class HeldMaterial {
    let material: Material

    /// For each experiment the broken loop that it rests on, see `ExperimentView.brokenLoop`.
    let brokenLoops: [String?]

    init(_ material: Material) {
        self.material = material
        brokenLoops = material.experiments.map(\.brokenLoop)
    }
}
