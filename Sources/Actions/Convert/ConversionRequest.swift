// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

/// What a user asks of a conversion to NXmx.
///
/// - Source: docs/guide/convert.md.
public struct ConversionRequest: Sendable {
    /// How frames are packed.
    public enum Compression: Sendable, Hashable {
        case bitshuffleLZ4
        case gzip(level: Int)
        case none
    }

    /// One file for each scan, or one entry for each scan in one file.
    public enum Scans: String, Sendable, CaseIterable { case separate, together }

    /// What becomes of numbers that are missing in a series, and of frames that cannot be decoded.
    public enum Gaps: String, Sendable, CaseIterable { case split, fill, refuse }

    /// What is compared before a file gets its name.
    public enum Verification: String, Sendable, CaseIterable { case none, metadata, pixels }

    /// The type of stored integers.
    public enum ElementChoice: String, Sendable, CaseIterable { case int32, uint16 }

    /// How a header that says `Filter_transmission 0.25` is meant.
    public enum Transmission: String, Sendable, CaseIterable { case percent, fraction }

    public var output: String?
    public var scans = Scans.separate
    public var framesPerFile: Int?
    public var compression = Compression.bitshuffleLZ4
    public var element = ElementChoice.int32
    public var origin = PixelOriginChoice.keep
    public var sense = RotationSense.keep
    /// Positive direction in the image frame; nil where none was given.
    public var goniometerAxis: Vector3?
    /// The direction that is up, in the frame of the source; nil: as the source has gravity.
    public var up: Vector3?
    /// A name of the table of beamlines, or a file with axis loops.
    public var instrument: String?
    /// An experiment list with the geometry to take.
    public var geometry: String?
    public var sampleName: String?
    public var instrumentName: String?
    public var sourceName: String?
    public var sensorMaterial: String?
    /// Millimetres.
    public var sensorThickness: Double?
    public var startTime: String?
    /// `Europe/London` or `+01:00`.
    public var timeZone: String?
    public var transmission: Transmission?
    public var gaps = Gaps.split
    /// `gaps` was given, and is not what is done without a word.
    public var gapsAreChosen = false
    public var isStrict = false
    /// Stored square roots and logarithms become counts, as 32-bit reals.
    public var linearises = false
    public var verification = Verification.metadata
    /// Ångström.
    public var wavelength: Double?
    /// Beam centre, distance and exposure that headers lack.
    public var given = GivenFacts()
    /// The experiment of a list that is taken, from 1; nil for all.
    public var experiment: Int?
    public var takesMD5 = true
    public var replaces = false
    public var resumes = false
    public var jobs: Int?
    /// Bytes.
    public var memory: Int?
    public var isDryRun = false
    /// "imprimatur" and its version.
    public var program = "imprimatur"
    public var version = ""
    /// Now, in seconds since 1970; SOURCE_DATE_EPOCH where it is set.
    public var now = 0
    /// The options that shape the file, as they were written; told in the file.
    public var words: [String] = []

    public init() {}
}

/// Why a scan is not converted: one sentence, and what helps.
struct ConversionRefusal: Error, Hashable {
    let sentence: String
    let remedy: String

    init(_ sentence: String, _ remedy: String) {
        self.sentence = sentence
        self.remedy = remedy
    }
}
