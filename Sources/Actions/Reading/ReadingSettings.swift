// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
public import Frames
public import HDF5
public import ImgCIF
public import NeXus
public import RuleEngine
public import Transport

/// How files are read, whatever is done with them.
public struct ReadingSettings: Sendable {
    /// How far links to other files are followed (--follow).
    public enum Following: Sendable, Hashable {
        /// No other file is opened.
        case none
        /// Files beside the one that holds the link, by relative names without '..'.
        case dataset
    }

    public var following = Following.dataset
    /// The application definition to take instead of the one the file names (--as).
    public var definition: String?
    /// The entry or subentry to look at, by its path (--entry); nil for all.
    public var entry: String?
    /// NeXus definitions to check against; nil: files are read, not checked against definitions.
    public var library: DefinitionLibrary?
    /// Releases and folders of definitions, later ones over earlier ones (--definitions); empty: what a file declares.
    public var definitions: [String] = []

    /// imgCIF dictionaries to check against; nil: files are read, not checked against dictionaries.
    public var dictionaries: DictionaryLibrary?
    /// What the generic checkers are told by the parameters of rules.
    public var checkers = CheckerParameters()

    /// Where libhdf5 is asked for values that our own reader cannot unpack; nil: they are not read.
    public var foreign: ForeignReader?

    /// Who opens inputs and what they name, when this process may not; nil: this process.
    public var opener: (any Opener)?

    /// What stands on this machine for locations that descriptions name (--sub, --local).
    public var substitutes = Substitutes()
    /// Who opens locations that nothing of this machine stands for; nil: they are passed over.
    public var remote: (any Network)?

    /// Which frames are decoded.
    public var frames = FrameSampling.none
    /// Of frames that are decoded, what their pictures are drawn from is kept.
    public var keepsPictures = false

    /// Bytes of a file up to which its digest is taken while its frames are read; nil: nobody asks for it.
    public var digestsUpTo: Int?
    /// Digests of the files beside a container that hold its frames are taken while these are read.
    public var digestsFrameFiles = false

    /// The number of the file among those that one model is made of; its places carry it.
    public var source = SourceID.main

    /// What records of publications are checked with; nil: their schema and tables are not known.
    public var record: RecordSettings?
    /// Instruments that experiments are compared with; nil: none is known.
    public var instruments: InstrumentShelf?

    public init() {}
}
