// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import CIF
public import Diffraction
public import HDF5
public import ImageHeaders
public import ImgCIF

/// A CIF document as rules of the view `cif` read it.
public struct TextView: Sendable {
    public let document: CIF.Document
    /// What the reader made of the blocks that hold imgCIF items.
    public let readings: [BlockReading]
    /// Blocks with an item of an imgCIF category, in the order of `readings`; these are checked.
    public let blocks: [CIF.Block]
    /// Names of the blocks that hold nothing of imgCIF.
    public let passedOver: [String]
    public let kind: FileKind
    /// What the dictionary checks found, for the rules of area DICT.
    public let conformance: Conformance
    /// What the dictionaries in use say; nil when none is.
    public let dictionary: DictionaryFacts?
    /// Gives the instruments that experiments are compared with.
    private let instruments: (@Sendable () -> InstrumentLibrary?)?
    /// Results that several rules need.
    public let memo = Memo()

    /// - Parameter readings: `document.readBlocks()`.
    public init(
        document: CIF.Document, readings: [BlockReading], kind: FileKind,
        conformance: Conformance = .notRun(.mode("no dictionary is in use")), dictionary: DictionaryFacts? = nil,
        instruments: (@Sendable () -> InstrumentLibrary?)? = nil
    ) {
        self.document = document
        self.instruments = instruments
        self.dictionary = dictionary
        self.readings = readings.filter { document.blocks.indices.contains($0.blockIndex) }
        let read = Set(self.readings.map(\.blockIndex))
        self.blocks = self.readings.map { document.blocks[$0.blockIndex] }
        self.passedOver = document.blocks.indices.filter { !read.contains($0) }.map { document.blocks[$0].name }
        self.kind = kind
        self.conformance = conformance
    }

    /// One view of each experiment of each block.
    public var experiments: [ExperimentView] {
        zip(readings, blocks).flatMap { reading, block in
            reading.experiments.map {
                ExperimentView(
                    experiment: $0, kind: kind, scope: block.name, block: block, reading: reading,
                    instruments: instruments)
            }
        }
    }
}

/// An HDF5 file, and the files it links to, as rules of the view `nexus` read them.
///
/// Shared by all rules: it holds much, and a copy for each of them would cost more than most checks.
public final class TreeView: Sendable {
    /// Name as given by the user.
    public let name: String
    public let size: Int
    /// The first bytes of the file, at most 64.
    public let head: [UInt8]
    /// The superblock, when a signature is there, also when the rest cannot be read.
    public let superblock: HDF5.Superblock?
    /// Nil when the file cannot be opened.
    public let files: HDF5.FileSet?
    public let kind: FileKind
    /// Application definition that the file names, such as NXmx.
    public let definition: String?
    /// What the definition checks found, for the rules of area NX.
    public let conformance: Conformance
    /// Where the frames lie that the file presents.
    public let frames: FrameMap
    /// Areas of its frames that nothing fills and that the mask of the detector covers.
    public let masked: [Area]
    /// Whoever writes the files.
    public let writer: WriterSight
    /// Results that several rules need.
    public let memo = Memo()

    public init(
        name: String, size: Int, head: [UInt8], superblock: HDF5.Superblock?, files: HDF5.FileSet?, kind: FileKind,
        definition: String? = nil, conformance: Conformance = .notRun(.mode("no definition is in use")),
        frames: FrameMap = .empty, masked: [Area] = [], writer: WriterSight = .none
    ) {
        self.frames = frames
        self.masked = masked
        self.writer = writer
        self.name = name
        self.size = size
        self.head = head
        self.superblock = superblock
        self.files = files
        self.kind = kind
        self.definition = definition
        self.conformance = conformance
    }
}

/// An experiment as rules of the view `experiment` read it; shared by all rules, as a `TreeView` is.
public final class ExperimentView: Sendable {
    public let experiment: Diffraction.Experiment
    public let kind: FileKind
    /// Block of an imgCIF, entry of a NeXus file: the scope of the subjects of findings.
    public let scope: String
    /// The block that the experiment was read from; nil for NeXus.
    public let block: CIF.Block?
    /// What the reader made of that block, with the way from frames to images; nil for NeXus.
    public let reading: BlockReading?
    /// The axes, ready to be followed.
    public let graph: AxisGraph
    /// Where each panel stands in each scan.
    public let sightings: [Sighting]
    private let instruments: (@Sendable () -> InstrumentLibrary?)?
    /// Results that several rules need.
    public let memo = Memo()

    /// Where the frames lie: those of the files of a NeXus set, or of the block; nil where nothing describes any.
    public var frameMap: FrameMap? { experiment.frameMap ?? reading?.frames.map }

    public init(
        experiment: Diffraction.Experiment, kind: FileKind, scope: String, block: CIF.Block? = nil,
        reading: BlockReading? = nil, instruments: (@Sendable () -> InstrumentLibrary?)? = nil
    ) {
        self.experiment = experiment
        self.instruments = instruments
        self.kind = kind
        self.scope = scope
        self.block = block
        self.reading = reading
        self.graph = experiment.axisGraph
        self.sightings = Sighting.all(of: experiment, graph: graph)
    }

    /// The instruments that experiments are compared with, read when they are asked for; nil where none is known.
    public var library: InstrumentLibrary? { instruments?() }
}

/// What a generic checker (NXDL, DDLm) found, to be told by the rules that own the faults.
public enum Conformance: Sendable {
    case notRun(Reason)
    /// What it found, and what of it could not be looked at.
    case run([Deviation], notChecked: [NotChecked] = [])
}

/// One fault that a generic checker found, with the rule that tells it.
public struct Deviation: Sendable {
    public let rule: RuleID
    /// First line, in the words of the rule.
    public let message: String
    public let places: [Place]
    public let count: Int
    public let values: [NamedDatum]
    public let subjects: [Subject]
    /// What to write in this case; nil: what the rule says.
    public let fix: String?

    public init(
        rule: RuleID, message: String, places: [Place], count: Int = 1, values: [NamedDatum] = [],
        subjects: [Subject] = [], fix: String? = nil
    ) {
        self.rule = rule
        self.message = message
        self.places = places
        self.count = count
        self.values = values
        self.subjects = subjects
        self.fix = fix
    }
}
