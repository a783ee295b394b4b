// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What a source states of one image that the model does not hold and NXmx has a place for; nil where it is silent.
///
/// - Source: docs/guide/convert.md.
public struct RecordedFacts: Sendable {
    // MARK: Source and beam

    /// Words for the kind of source, as written.
    public var sourceType: String?
    /// Milliampere.
    public var current: Double?
    /// Kilowatt.
    public var power: Double?
    /// Kilovolt.
    public var voltage: Double?
    /// Material of the target of a tube.
    public var target: String?
    /// Words for the monochromator, as written.
    public var monochromator: String?
    /// Degrees and their square, along X and Y of the source.
    public var divergence: Divergence?
    /// Photons a second.
    public var totalFlux: Double?
    /// Photons a second and square centimetre.
    public var fluxDensity: Double?
    /// What a header says of the attenuator, per cent or fraction.
    public var transmission: Double?

    // MARK: Detector

    /// Such as `CCD` or `pixel array`.
    public var detectorType: String?
    /// The id of the detector in its file.
    public var detectorName: String?
    /// What stands behind `S/N`.
    public var serialNumber: String?
    /// Seconds.
    public var deadTime: Double?
    /// Words for the setting of the gain, as written.
    public var gainSetting: String?
    /// Component of an axis, by the id of the axis.
    public var components: [AxisID: String] = [:]
    /// Turns a stored value into intensity: (value + offset) · factor.
    public var scalingFactor: Double?
    /// Is added to a stored value before it is multiplied.
    public var dataOffset: Double?
    /// A scale that has no place, such as the square root; nil for others.
    public var unplacedScale: String?
    /// By what the root or logarithm of `unplacedScale` was multiplied.
    public var unplacedScaling: Double?

    // MARK: Images

    /// When the image was taken, as written.
    public var date: String?
    /// First plane of each array in the stored image, by the id of the array, in the order of storing.
    public var planeOfArray: [String: Int] = [:]
    /// Seconds by the deprecated `exposure_time`, which may be the exposure or the period.
    public var deprecatedExposure: Double?

    public init() {}
}
