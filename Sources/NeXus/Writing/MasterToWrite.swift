// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

/// One scan that is to be written as an entry of NXmx, with everything that the file is to say of it.
///
/// - Source: docs/guide/convert.md.
public struct MasterToWrite: Sendable {
    /// The extent of the stored images.
    public struct ImageShape: Sendable, Hashable {
        public var frames: Int
        /// Arrays or modules one above the other; 1 for plain images.
        public var planes: Int
        public var slow: Int
        public var fast: Int

        public init(frames: Int, planes: Int, slow: Int, fast: Int) {
            self.frames = frames
            self.planes = planes
            self.slow = slow
            self.fast = fast
        }

        /// Of one frame, slowest first; without planes where there is one.
        public var frame: [Int] { planes == 1 ? [slow, fast] : [planes, slow, fast] }
    }

    /// When the scan was taken, in the form of NX_DATE_TIME; nil where nothing says so.
    public struct Times: Sendable, Hashable {
        public var start: String?
        public var end: String?
        public var endEstimated: String?
        /// Of the clock that the dates were told by.
        public var zone: String?
        /// Seconds from `start` to each frame, where they are not evenly spaced.
        public var frameStarts: [Double]?

        public init() {}
    }

    /// Its first scan is what is written; options have been applied to it.
    public var experiment: Experiment
    public var facts: RecordedFacts
    /// From the frame of the experiment to McStas.
    public var rotation: FrameRotation
    public var origin = PixelOriginChoice.keep
    public var sense = RotationSense.keep
    public var shape: ImageShape
    public var times = Times()
    /// Bits of each pixel, [planes, slow, fast]; nil where none was made.
    public var mask: [UInt8]?
    /// Bits of the counter, where readers need to be told; nil for others.
    public var bitDepth: Int?
    /// Fraction that the attenuator lets through; nil where it is not known.
    public var transmission: Double?
    /// Photons a second at each frame, where they differ; nil: the one of the facts.
    public var fluxes: [Double]?
    /// The files of a virtual dataset, with the path of the images in each; empty for one file. The links beside the
    /// dataset are made with it.
    public var blocks: [(file: String, path: String)] = []
    /// Path of the entry.
    public var entry = "/entry"

    public init(_ experiment: Experiment, facts: RecordedFacts, rotation: FrameRotation, shape: ImageShape) {
        self.experiment = experiment
        self.facts = facts
        self.rotation = rotation
        self.shape = shape
    }

    var scan: Scan? { experiment.scans.first }
    var detector: Detector? { experiment.detectors.first }
    var detectorPath: String { entry + "/instrument/detector" }

    /// The path of the stored images.
    public var dataPath: String { entry + "/data/data" }
}

/// Why a scan has no place in NXmx.
public enum MasterFault: Error, Sendable, Hashable {
    case noScan
    case noDetector
    case panel(id: String, PlacementFault)
    case chain(ChainFault)

    /// What is so, without a full stop.
    public var sentence: String {
        switch self {
        case .noScan: "the source describes no scan"
        case .noDetector: "the source describes no detector"
        case .panel(let id, let fault): "panel '\(id)' has no place: \(fault.sentence)"
        case .chain(let fault): fault.sentence
        }
    }
}
