// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The settings of one axis over the frames of a scan, at the start of each frame; degrees or millimetres.
public enum SettingSeries: Sendable {
    /// One value for every frame.
    case constant(Double)
    /// start + k * step for frame index k from 0; a frame ends at its start + increment.
    case uniform(start: Double, step: Double, increment: Double)
    /// One value a frame; ends where the source gives them.
    case explicit(starts: [Double], ends: [Double]?)
}

/// What DIFFRN_SCAN_AXIS, or AXIS with `_end` and `_increment_set`, states of one axis in one scan.
public struct ScanAxis: Sendable {
    /// The axis that is set.
    public var axis: AxisID
    /// Its settings at the start of the frames.
    public var settings: SettingSeries
    /// imgCIF as stated, for the tests of ranges. Angle items in degrees, displacement items in millimetres.
    public var angle: StatedRange
    /// Displacements as stated, millimetres.
    public var displacement: StatedRange
    /// NeXus: number of values of the field, of `_end` and of `_increment_set`.
    public var valueCount: Int?
    /// NeXus: number of values of the field `_end`; nil without one.
    public var endCount: Int?
    /// NeXus: number of values of the field `_increment_set`; nil without one.
    public var incrementSetCount: Int?
    /// What stands in the place of the start or the increment and is no number, as written: '?', or a text.
    public var unknown: Sourced<String>?
    /// NeXus: `_increment_set` as stated, degrees or millimetres; one value, or one a frame.
    public var incrementSet: Sourced<[Double]>?
    /// NeXus: `_end` and `_increment_set` in the units of their own fields, degrees or millimetres; readers take the
    /// unit of the axis for both, whatever they carry.
    public var ownEnds: Sourced<[Double]>?
    /// `_increment_set` in the unit of its own field, degrees or millimetres.
    public var ownIncrements: Sourced<[Double]>?
    /// NeXus: settings that the file states once more, one a frame, degrees, with the item that states them.
    public var otherSettings: [(item: String, value: Sourced<[Double]>)] = []
    /// NeXus: steps from frame to frame that the file states beside the settings, degrees, with the item that states them.
    public var otherSteps: [(item: String, value: Sourced<Double>)] = []
    /// Where it is stated.
    public var place: Place

    public init(
        axis: AxisID, settings: SettingSeries, angle: StatedRange = StatedRange(),
        displacement: StatedRange = StatedRange(), valueCount: Int? = nil, endCount: Int? = nil,
        incrementSetCount: Int? = nil, place: Place
    ) {
        self.axis = axis
        self.settings = settings
        self.angle = angle
        self.displacement = displacement
        self.valueCount = valueCount
        self.endCount = endCount
        self.incrementSetCount = incrementSetCount
        self.place = place
    }
}

/// Start, increment, range and restart increment as the file states them; nil where it does not say.
public struct StatedRange: Sendable {
    /// Setting at the start of the first frame.
    public var start: Stated?
    /// Change of the setting within one frame.
    public var increment: Stated?
    /// Change of the setting from the first to the end of the last frame.
    public var range: Stated?
    /// Change of the setting between the end of one frame and the start of the next.
    public var restartIncrement: Stated?

    public init(start: Stated? = nil, increment: Stated? = nil, range: Stated? = nil, restartIncrement: Stated? = nil) {
        self.start = start
        self.increment = increment
        self.range = range
        self.restartIncrement = restartIncrement
    }
}

/// A number as written: value, number of decimals, standard uncertainty and place.
public struct Stated: Sendable, Hashable {
    /// The number, in the unit its holder states.
    public var value: Double
    /// Digits after the decimal point as printed; tolerances add half a unit of the last.
    public var decimals: Int
    /// Standard uncertainty, in the unit of the value; nil when none is stated.
    public var uncertainty: Double?
    /// Where it is stated.
    public var place: Place

    public init(value: Double, decimals: Int, uncertainty: Double? = nil, place: Place) {
        self.value = value
        self.decimals = decimals
        self.uncertainty = uncertainty
        self.place = place
    }
}

/// A setting that a source states of an axis whose direction it does not give; nothing is placed by it.
public struct UnplacedSetting: Sendable {
    /// The key of the source, such as "Kappa".
    public var name: String
    /// The number, in the unit its holder states.
    public var value: Sourced<Double>
    /// "deg" or "mm".
    public var unit: String

    public init(name: String, value: Sourced<Double>, unit: String) {
        self.name = name
        self.value = value
        self.unit = unit
    }
}

/// Where the image of a frame lies, as its source names it; nil where it does not say.
public struct FrameImage: Sendable, Hashable {
    /// Address or name of the file, as written; nil when the source does not say.
    public var location: String?
    /// Member of an archive.
    public var member: String?
    /// Path inside the format.
    public var path: String?
    /// Image number inside the file.
    public var frame: String?
    /// Format of the file, in the words of the source.
    public var format: String?
    /// Kind of the archive, in the words of the source.
    public var archive: String?

    /// What of an image can be told and compared for itself.
    public enum Part: Sendable, Hashable, CaseIterable {
        case location, archive, member, path, frame, format
    }

    /// One part, as written.
    public func text(_ part: Part) -> String? {
        switch part {
        case .location: location
        case .archive: archive
        case .member: member
        case .path: path
        case .frame: frame
        case .format: format
        }
    }

    public init(
        location: String?, member: String?, path: String?, frame: String?, format: String? = nil, archive: String? = nil
    ) {
        self.format = format
        self.archive = archive
        self.location = location
        self.member = member
        self.path = path
        self.frame = frame
    }
}

/// One sweep or series of stills.
public struct Scan: Sendable {
    /// The id of the scan, unique in a sound file.
    public var id: String
    /// The number of frames, by what the file states or by what it lists.
    public var frameCount: Sourced<Int>
    /// Frame numbers as listed, in the order of the file; nil when nothing is listed.
    public var frameNumbers: Sourced<[Int]>?
    /// Number of images that the data hold (NXmx: first dimension of the signal), when known without reading pixels.
    public var imageCount: Sourced<Int>?
    /// What the source says of each axis in this scan.
    public var axes: [ScanAxis]
    /// Settings that are stated of axes without a direction, at the first frame.
    public var unplaced: [UnplacedSetting] = []
    /// The image of a frame counted from 0, with its place; made when asked for. Nil when the source names no images.
    public var image: (@Sendable (Int) -> Sourced<FrameImage>?)?
    /// Where the source states one part of the image of a frame; the whole image where nil.
    public var placeOfImage: (@Sendable (Int, FrameImage.Part) -> Place?)?
    /// Dates and times as stated.
    public var startDate: Sourced<String>?
    /// When the last frame ended, as written.
    public var endDate: Sourced<String>?
    /// Seconds of exposure; one value, or one a frame.
    public var exposure: Sourced<[Double]>?
    /// Seconds from the start of one frame to the next; one value, or one a frame.
    public var period: Sourced<[Double]>?
    /// Where it is stated.
    public var place: Place

    public init(
        id: String, frameCount: Sourced<Int>, frameNumbers: Sourced<[Int]>? = nil, imageCount: Sourced<Int>? = nil,
        axes: [ScanAxis], exposure: Sourced<[Double]>? = nil, period: Sourced<[Double]>? = nil, place: Place
    ) {
        self.id = id
        self.frameCount = frameCount
        self.frameNumbers = frameNumbers
        self.imageCount = imageCount
        self.axes = axes
        self.exposure = exposure
        self.period = period
        self.place = place
    }
}
