// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The directions that coordinates refer to.
///
/// - Source: geometry.md section 2.
public enum FrameOfReference: String, Sendable, Hashable {
    case imgCIF
    case mcStas = "McStas"
    /// fast +X, slow -Y, Z to the source: files without axes.
    case image
}

/// The incident beam.
public struct Beam: Sendable {
    /// Ångström; several for one frame with weights, or one a frame. Values that are not positive are kept as stated.
    public var wavelengths: Sourced<[Double]>?
    /// One weight for each wavelength; they need not add up to 1.
    public var weights: Sourced<[Double]>?
    /// What stands where a wavelength was looked for and could not be used ("0", "?", "text"), with its place.
    public var unusableWavelength: Sourced<String>?
    /// Electronvolt, when the source gives an energy.
    public var energy: Sourced<Double>?
    /// The kind of particle; nil when the source does not say.
    public var probe: Sourced<Probe>?
    /// The particle that the words for the source name, such as "Synchrotron X-ray Source"; nil when they name none.
    public var sourceProbe: Sourced<Probe>?
    /// Unit vector from source to sample and on, in the frame of the experiment.
    public var direction: Sourced<Vector3>
    /// Polarisation: fraction and angle of the normal, or Stokes I, Q, U, V, as stated.
    public var polarisationRatio: Sourced<Double>?
    /// Degrees from Y to the normal of the plane of polarisation, as imgCIF counts them.
    public var polarisationNormal: Sourced<Double>?
    /// I, Q, U and V, in this order.
    public var stokes: Sourced<[Double]>?
    /// How many lists of weights there are: 1, or one for each shot.
    public var weightRows = 1
    /// Flux and intensity as stated, whatever their units, with the item that states them.
    public var fluxes: [(item: String, value: Sourced<[Double]>)] = []
    /// Wavelengths that the file states once more elsewhere, angstrom, with the item that states them.
    public var otherWavelengths: [(item: String, value: Sourced<Double>)] = []
    /// Photon energies that the file states once more elsewhere, electronvolt, with the item that states them.
    public var otherEnergies: [(item: String, value: Sourced<Double>)] = []
    /// Size of the beam where it meets the sample, millimetres, with the item that states it.
    public var sizes: [(item: String, value: Sourced<[Double]>)] = []
    /// Divergence and spread of wavelengths as stated, whatever their units, with the item that states them.
    public var spreads: [(item: String, value: Sourced<[Double]>)] = []
    /// Fractions that attenuators let through, with the item that states them.
    public var transmissions: [(item: String, value: Sourced<[Double]>)] = []
    /// Photons a second of the whole beam; one value, or one a frame.
    public var totalFlux: Sourced<[Double]>?
    /// Photons a second and square micrometre; one value, or one a frame.
    public var fluxDensity: Sourced<[Double]>?
    /// Standard deviations of the direction along X and Y in degrees, and their covariance, in the frame of the experiment.
    public var divergence: Sourced<Divergence>?
    /// Millimetres along X and Y, or one extent for both.
    public var size: Sourced<[Double]>? { sizes.first?.value.map { Array($0.prefix(2)) } }

    public init(direction: Sourced<Vector3>) { self.direction = direction }
}

/// The axes that carry the sample.
public struct Goniometer: Sendable {
    /// The innermost axis, the one nearest the sample; nil when the source names none.
    public var sampleAxis: Sourced<AxisID>?
    /// Every axis of the goniometer in the order of the source.
    public var axes: [AxisID]
    /// Where the goniometer is described.
    public var place: Place

    public init(sampleAxis: Sourced<AxisID>?, axes: [AxisID], place: Place) {
        self.sampleAxis = sampleAxis
        self.axes = axes
        self.place = place
    }
}

/// A beam centre as a header, item or field states it.
public struct StatedBeamCentre: Sendable {
    /// The numbers as stated, in `unit`.
    public var value: FastSlow<Double>
    /// "px", "mm", or the word of the file; nil when the file does not say.
    public var unit: String?
    /// The item, key or field that states it.
    public var item: String
    /// The scan it is about, nil for all.
    public var scan: String?
    /// True when it is meant at zero swing (headers, `reference_center_*`).
    public var isAtZeroSwing: Bool
    /// Where it is stated.
    public var place: Place

    public init(
        value: FastSlow<Double>, unit: String?, item: String, scan: String? = nil, isAtZeroSwing: Bool, place: Place
    ) {
        self.value = value
        self.unit = unit
        self.item = item
        self.scan = scan
        self.isAtZeroSwing = isAtZeroSwing
        self.place = place
    }
}

/// A detector and its panels.
public struct Detector: Sendable {
    /// The id of the source, unique among the detectors of a sound file.
    public var id: String
    /// Make and model, in the words of the source.
    public var description: Sourced<String>?
    /// The manufacturer, where the source names it apart.
    public var make: Sourced<String>?
    /// Panels in the order of the source.
    public var panels: [Panel]
    /// Axes that move the detector, pixel axes left out, in the order of the source.
    public var axes: [AxisID]
    /// Stated distances with the item that states them, millimetres.
    public var statedDistances: [(item: String, value: Sourced<Double>)]
    /// Beam centres as headers, items or fields state them.
    public var statedBeamCentres: [StatedBeamCentre]
    /// Millimetres.
    public var sensorThickness: Sourced<Double>?
    /// Such as `Silicon` or `Si`, in the words of the source.
    public var sensorMaterial: Sourced<String>?
    /// Greatest valid count, inclusive.
    public var saturation: Sourced<Double>?
    /// Least valid count, inclusive.
    public var underload: Sourced<Double>?
    /// The value of pixels that hold no count.
    public var undefinedValue: Sourced<Double>?
    /// Counts for each photon, or as the source defines it.
    public var gain: Sourced<Double>?
    /// Factor that turns stored values into counts.
    public var scalingFactor: Sourced<Double>?
    /// How stored values become counts, where the source says so in a word (imgCIF).
    public var storedScale: Sourced<StoredScale>?
    /// Pixels that the writer states for the whole detector, of which an image may be a region.
    public var announcedSize: Sourced<FastSlow<Int>>?
    /// Bits of the counter as read out.
    public var bitDepth: Sourced<Int>?
    /// Bits of the stored image, where the writer keeps them apart and readers of its files take these.
    public var imageDepth: Sourced<Int>?
    /// Energies from which photons are counted, electronvolt.
    public var thresholds: [Sourced<Double>] = []
    /// Where the detector is described.
    public var place: Place

    public init(id: String, panels: [Panel] = [], axes: [AxisID] = [], place: Place) {
        self.id = id
        self.panels = panels
        self.axes = axes
        self.statedDistances = []
        self.statedBeamCentres = []
        self.place = place
    }
}

/// How stored values become counts: a word of the dictionary, with the numbers that it asks for.
public struct StoredScale: Sendable, Hashable {
    /// Such as `linear`, `scaling_offset` or `sqrt_scaled`.
    public var word: String
    /// Factor; nil where none is stated.
    public var scaling: Double?
    /// Added to the scaled value; nil where none is stated.
    public var offset: Double?

    public init(word: String, scaling: Double?, offset: Double?) {
        self.word = word
        self.scaling = scaling
        self.offset = offset
    }
}

/// Facts that identify a data set, as stated.
public struct Identity: Sendable {
    /// The title of the data set, or the name of the block.
    public var title: Sourced<String>?
    /// The DOI, without resolver.
    public var doi: Sourced<String>?
    /// The facility, such as a synchrotron.
    public var facility: Sourced<String>?
    /// The beamline at the facility.
    public var beamline: Sourced<String>?
    /// The instrument, or the make of a laboratory source.
    public var instrument: Sourced<String>?
    /// What the source is, such as "Synchrotron X-ray Source".
    public var sourceType: Sourced<String>?
    /// The name of the sample or crystal.
    public var sample: Sourced<String>?
    /// Kelvin, of the sample.
    public var temperature: Sourced<Double>?
    /// When the first frame began, as written.
    public var startTime: Sourced<String>?
    /// When the last frame ended, as written.
    public var endTime: Sourced<String>?
    /// When the end was foreseen, as NXmx states it beside the true end.
    public var endTimeEstimated: Sourced<String>?

    public init() {}
}

/// One experiment: beam, axes, goniometer, detectors and scans, whatever the container.
///
/// Lengths are millimetres, angles degrees, wavelengths ångströms; coordinates are in `frame`.
public struct Experiment: Sendable {
    /// The id of the collection: `_diffrn.id`, or the path of an entry.
    public var id: String
    /// The frame of reference of every vector and offset.
    public var frame: FrameOfReference
    /// The incident beam.
    public var beam: Beam
    /// Unit vector, downwards.
    public var gravity: Sourced<Vector3>
    /// Axes in the order of the source. Ids may repeat in a faulty file; the first counts.
    public var axes: [Axis]
    /// Every mention of an axis outside AXIS itself, for AXIS-001.
    public var mentions: [AxisMention]
    /// The axes that carry the sample; nil when the source names none.
    public var goniometer: Goniometer?
    /// Detectors in the order of the source.
    public var detectors: [Detector]
    /// Sweeps and series of stills, in the order of the source.
    public var scans: [Scan]
    /// What names the data set.
    public var identity: Identity
    /// Where the image data are described, or nil when nothing describes any.
    public var imageData: Sourced<ImageData>?
    /// Where the frames lie in the end, of this experiment and all else in its files; nil where nobody looked.
    public var frameMap: FrameMap?
    /// Parts that every reader begins with and that are not there with their class.
    public var absentParts: [AbsentPart] = []
    /// Items that are there and were not read, by name; absent in the model without being absent in the source.
    public var unread: [String: UnreadItem] = [:]
    /// Where the experiment is described.
    public var place: Place

    public init(
        id: String, frame: FrameOfReference, beam: Beam, gravity: Sourced<Vector3>, axes: [Axis] = [],
        mentions: [AxisMention] = [], goniometer: Goniometer? = nil, detectors: [Detector] = [], scans: [Scan] = [],
        identity: Identity = Identity(), imageData: Sourced<ImageData>? = nil, place: Place
    ) {
        self.id = id
        self.frame = frame
        self.beam = beam
        self.gravity = gravity
        self.axes = axes
        self.mentions = mentions
        self.goniometer = goniometer
        self.detectors = detectors
        self.scans = scans
        self.identity = identity
        self.imageData = imageData
        self.place = place
    }
}

/// An item that the source names and whose value is not known: behind a filter or a link, never written, of another form.
public struct UnreadItem: Sendable, Hashable {
    /// Path of the field, or name of the item.
    public let name: String
    /// Why it was not read, such as "behind filter 32099".
    public let why: String
    /// It is not there: a link names it, and the rules on links tell where that ends.
    public let isLost: Bool
    /// Another file by way of which links lead to it, by its name as linked.
    public let byWayOf: String?

    public init(_ name: String, _ why: String, isLost: Bool = false, byWayOf: String? = nil) {
        self.name = name
        self.why = why
        self.isLost = isLost
        self.byWayOf = byWayOf
    }

    /// What is so, without a full stop.
    public var sentence: String { "'\(name)'\(byWayOf.map { ", in '\($0)'," } ?? "") is \(why)" }

    /// The same item, with the file by way of which links lead to it.
    public func lying(inFile file: String?) -> UnreadItem { UnreadItem(name, why, isLost: isLost, byWayOf: file) }
}

/// A part of an experiment that is not where readers look for it.
public struct AbsentPart: Sendable, Hashable {
    /// Path of the group that lacks it.
    public let holder: String
    /// A class such as "NXdetector", or the name of a field.
    public let item: String
    /// The name that a group of this class customarily has; nil for fields.
    public let customaryName: String?

    /// The group that by its name or by its class is meant for it.
    public let meant: Meant?

    /// A group that readers pass over.
    public struct Meant: Sendable, Hashable {
        /// Path of the group.
        public let path: String
        /// What it says it is, in words; nil where it says nothing.
        public let says: String?

        public init(path: String, says: String?) {
            self.path = path
            self.says = says
        }
    }

    public init(holder: String, item: String, customaryName: String?, meant: Meant? = nil) {
        self.meant = meant
        self.holder = holder
        self.item = item
        self.customaryName = customaryName
    }
}

/// What is known of the image data without reading pixels.
public struct ImageData: Sendable, Hashable {
    /// "embedded", "external", or the path of the signal.
    public var kind: String
    /// Shape of the stored data, slowest first; empty when unknown.
    public var shape: [Int]
    /// Type of an element in words, such as "signed 32-bit integer".
    public var elementType: String?

    public init(kind: String, shape: [Int] = [], elementType: String? = nil) {
        self.kind = kind
        self.shape = shape
        self.elementType = elementType
    }
}
