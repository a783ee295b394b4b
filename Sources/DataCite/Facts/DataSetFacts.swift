// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

/// What the data say of themselves that a record can tell, each with its place; nil where they do not say.
///
/// Made from experiments of any container; see `add(_:)`. Several experiments become one data set.
public struct DataSetFacts: Sendable {
    /// The DOI that the data name.
    public var doi: Leaf?
    public var title: Leaf?
    public var facility: Leaf?
    public var beamline: Leaf?
    public var sample: Leaf?
    /// W3CDTF, a single date or a range.
    public var collected: Leaf?
    public var probe: Sourced<Probe>?
    /// Ångström, each once.
    public var wavelengths: [Sourced<Double>] = []
    public var frames: Sourced<Int>?
    public var scans = 0
    /// No axis turns.
    public var isStills = false
    /// Degrees of a frame.
    public var increment: Sourced<Double>?
    /// Degrees of all frames of a scan.
    public var range: Sourced<Double>?
    /// Name of the axis that turns.
    public var axis: Leaf?
    /// Seconds of a frame.
    public var exposure: Sourced<Double>?
    /// Millimetres along the beam.
    public var distance: Sourced<Double>?
    /// Kelvin.
    public var temperature: Sourced<Double>?
    /// Fraction that attenuators let through.
    public var transmission: Sourced<Double>?
    public var detector: Leaf?
    /// Millimetres along fast and slow.
    public var pixelSize: Sourced<FastSlow<Double>>?
    public var bitDepth: Sourced<Int>?
    /// "NXmx", "imgCIF", "CBF".
    public var definition: Leaf?
    /// "HDF5" or "CIF", for the sentence on the form of the data.
    public var container: Leaf?
    /// Such as "bitshuffle and LZ4".
    public var compression: Leaf?
    /// Numbers of proposals, visits, collections, with what they are.
    public var alternates: [AlternateIdentifier] = []
    /// Instruments, papers and data sets that the data name.
    public var related: [RelatedIdentifier] = []
    /// Persons that the data name; proposed only.
    public var proposedCreators: [Party] = []
    /// Grants that the data name; proposed only.
    public var proposedFunding: [FundingReference] = []
    /// What was left out and why, one sentence each.
    public var notes: [String] = []
    /// Statements of the data that contradict each other.
    public var disagreements: [Contradiction] = []

    public init() {}

    /// Lets every value come from one origin, for facts whose places nobody could go to.
    public mutating func moveAll(to origin: Origin) {
        func moved<Value>(_ value: Sourced<Value>?) -> Sourced<Value>? { value.map { Sourced($0.value, origin) } }
        doi = moved(doi)
        title = moved(title)
        facility = moved(facility)
        beamline = moved(beamline)
        sample = moved(sample)
        collected = moved(collected)
        probe = moved(probe)
        wavelengths = wavelengths.map { Sourced($0.value, origin) }
        frames = moved(frames)
        increment = moved(increment)
        range = moved(range)
        axis = moved(axis)
        exposure = moved(exposure)
        distance = moved(distance)
        temperature = moved(temperature)
        transmission = moved(transmission)
        detector = moved(detector)
        pixelSize = moved(pixelSize)
        bitDepth = moved(bitDepth)
        disagreements = disagreements.map { one in
            Contradiction(
                property: one.property, stated: Leaf(one.stated.value, origin), found: Leaf(one.found.value, origin))
        }
    }
}

/// Two statements about one property that cannot both be right.
public struct Contradiction: Sendable, Equatable {
    /// The property, such as "sample".
    public var property: String
    /// What the author or the record says.
    public var stated: Leaf
    /// What the data say.
    public var found: Leaf

    public init(property: String, stated: Leaf, found: Leaf) {
        self.property = property
        self.stated = stated
        self.found = found
    }
}
