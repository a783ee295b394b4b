// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

/// What the keys of the comment header mean, in the units of the model.
///
/// - Source: conversion.md section 5.
extension ImageHeader {
    /// Ångström.
    public var wavelength: Sourced<Double>? { number("Wavelength").flatMap { $0.value > 0 ? $0 : nil } }

    /// The wavelength as written, when it cannot be used.
    public var unusableWavelength: Sourced<String>? {
        wavelength == nil ? entry("Wavelength").map { Sourced($0.value, .stated($0.place)) } : nil
    }

    /// Millimetres; the header has metres.
    public var distance: Sourced<Double>? { number("Detector_distance")?.map { $0 * 1000 } }

    /// Beam centre in pixels along fast and slow, meant at zero swing.
    public var beamCentre: Sourced<FastSlow<Double>>? {
        guard let text = text("Beam_xy") else { return nil }
        let numbers = HeaderNumbers.all(in: text.value)
        guard numbers.count >= 2 else { return nil }
        return text.map { _ in FastSlow(fast: numbers[0], slow: numbers[1]) }
    }

    /// Millimetres along fast and slow; the header has metres.
    public var pixelSize: Sourced<FastSlow<Double>>? {
        guard let text = text("Pixel_size") else { return nil }
        let numbers = HeaderNumbers.all(in: text.value)
        guard let first = numbers.first, first > 0 else { return nil }
        let second = numbers.count > 1 ? numbers[1] : first
        return text.map { _ in FastSlow(fast: first * 1000, slow: second * 1000) }
    }

    /// Degrees about the fast direction.
    public var swing: Sourced<Double>? { angle("Detector_2theta") }

    /// Degrees at the start of the frame: `Start_angle`, else the key that `Oscillation_axis` names.
    public var startAngle: Sourced<Double>? {
        angle("Start_angle") ?? oscillationAxisName.flatMap { angle($0) }
    }

    /// Degrees from start to end of the frame.
    public var angleIncrement: Sourced<Double>? { angle("Angle_increment") }

    /// `Oscillation_axis` as written.
    public var oscillationAxis: Sourced<String>? { text("Oscillation_axis") }

    /// The word of `Oscillation_axis`, such as `omega`; nil when it is not one of the usual angles.
    var oscillationAxisName: String? {
        guard let stated = oscillationAxis?.value else { return nil }
        let word = stated.prefix { $0.isLetter }.lowercased()
        return ["omega", "phi", "kappa", "chi"].contains(word) ? word : nil
    }

    /// Seconds.
    public var exposure: Sourced<Double>? { number("Exposure_time") }

    /// Seconds from frame to frame.
    public var period: Sourced<Double>? { number("Exposure_period") }

    /// The greatest valid count.
    public var countCutoff: Sourced<Double>? { number("Count_cutoff") }

    /// The text of `Detector:`.
    public var detector: Sourced<String>? { text("Detector") }

    /// The word before "sensor", Silicon for example.
    public var sensorMaterial: Sourced<String>? {
        guard let text = text("sensor"), let word = text.value.split(separator: " ").first else { return nil }
        return text.map { _ in String(word) }
    }

    /// Millimetres; the header has metres.
    public var sensorThickness: Sourced<Double>? {
        guard let text = text("sensor"), let metres = HeaderNumbers.all(in: text.value).first else { return nil }
        return text.map { _ in metres * 1000 }
    }

    /// The fraction of polarisation; its plane is not given.
    public var polarisation: Sourced<Double>? { number("Polarization") }

    /// Photons a second; 0 says nothing.
    public var flux: Sourced<Double>? { number("Flux").flatMap { $0.value == 0 ? nil : $0 } }

    /// `Filter_transmission` or `Transmission` as written: per cent above 1, ambiguous up to 1.
    public var transmission: Sourced<Double>? { number("Filter_transmission") ?? number("Transmission") }

    /// Electronvolt; 0 says nothing.
    public var threshold: Sourced<Double>? { number("Threshold_setting").flatMap { $0.value == 0 ? nil : $0 } }

    /// The line that holds a date, as written.
    public var date: Sourced<String>? {
        entries.first { $0.key.isEmpty && HeaderNumbers.looksLikeDate($0.value) }.map {
            Sourced($0.value, .stated(.header(offset: $0.offset, key: "date", in: $0.source)))
        }
    }

    /// Any angle of the header in degrees; -9999 says nothing.
    public func angle(_ key: String) -> Sourced<Double>? { number(key).flatMap { $0.value == -9999 ? nil : $0 } }

    /// The first number of a value.
    public func number(_ key: String) -> Sourced<Double>? {
        guard let text = text(key), let number = HeaderNumbers.all(in: text.value).first else { return nil }
        return text.map { _ in number }
    }

    private func entry(_ key: String) -> Entry? { entries.first { $0.key.lowercased() == key.lowercased() } }
}

/// Numbers in the free text of image headers.
enum HeaderNumbers {
    /// Every number that begins a word, in order: `172e-6 m x 172e-6 m`, `(1231.55, 1257.19) pixels`.
    static func all(in text: String) -> [Double] {
        text.split { " \t,()".contains($0) }.compactMap { word in
            guard let value = Double(word), value.isFinite else { return nil }
            return value
        }
    }

    /// A year of four digits and a separator, as in `2011-07-14T12:45:19.719` and `2010/Oct/21 15:13:38.462`.
    static func looksLikeDate(_ text: String) -> Bool {
        let year = text.prefix { $0.isNumber }
        guard year.count == 4, let next = text.dropFirst(4).first else { return false }
        return next == "-" || next == "/"
    }
}
