// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

/// What the keys of the comment header mean, in the units of the model.
///
/// - Source: conversion.md section 5.
extension ImageHeader {
    /// Ångström.
    public var wavelength: Sourced<Double>? { number(.wavelength).flatMap { $0.value > 0 ? $0 : nil } }

    /// The wavelength as written, when it cannot be used.
    public var unusableWavelength: Sourced<String>? {
        wavelength == nil ? lines(of: .wavelength).first.map { Sourced($0.value, .stated($0.place)) } : nil
    }

    /// Electronvolt.
    public var energy: Sourced<Double>? { number(.energy).flatMap { $0.value > 0 ? $0 : nil } }

    /// Millimetres; the header has metres unless the line says otherwise. 0 and less are no distances.
    public var distance: Sourced<Double>? {
        number(.distance).flatMap { $0.value > 0 ? $0.map { $0 * millimetres(.distance) } : nil }
    }

    /// The factor from the unit of an item of length to millimetres.
    private func millimetres(_ name: HeaderItem.Name) -> Double {
        vocabulary.item(name)?.quantity == .millimetres ? 1 : 1000
    }

    /// Beam centre in pixels along fast and slow, meant at zero swing; lengths are divided by the pixel size.
    public var beamCentre: Sourced<FastSlow<Double>>? {
        if let reading = reading(.beamCentre) {
            guard reading.values.count >= 2 else { return nil }
            return inPixels(reading, fast: reading.values[0], slow: reading.values[1])
        }
        guard let x = reading(.beamX), let y = reading(.beamY), let fast = x.values.first, let slow = y.values.first,
            x.isLength == y.isLength
        else { return nil }
        return inPixels(x, fast: fast, slow: slow)
    }

    private func inPixels(_ reading: HeaderReading, fast: Double, slow: Double) -> Sourced<FastSlow<Double>>? {
        let origin = Origin.stated(reading.entry.place)
        guard reading.isLength else { return Sourced(FastSlow(fast: fast, slow: slow), origin) }
        return pixelSize.map { pixel in
            Sourced(FastSlow(fast: fast * 1000 / pixel.value.fast, slow: slow * 1000 / pixel.value.slow), origin)
        }
    }

    /// Why a beam centre that is stated cannot be used.
    var beamCentreFault: String? {
        guard beamCentre == nil, let reading = reading(.beamCentre) ?? reading(.beamX) else { return nil }
        return reading.isLength
            ? "\(reading.entry.key) is a length, and no pixel size turns it into pixels"
            : "\(reading.entry.key) is '\(reading.entry.value)', which is no pair of numbers"
    }

    /// Millimetres along fast and slow; the header has metres unless the line says otherwise.
    public var pixelSize: Sourced<FastSlow<Double>>? {
        guard let reading = reading(.pixelSize), let first = reading.values.first, first > 0 else { return nil }
        let second = reading.values.count > 1 ? reading.values[1] : first
        guard second > 0 else { return nil }
        let factor = millimetres(.pixelSize)
        return Sourced(FastSlow(fast: first * factor, slow: second * factor), .stated(reading.entry.place))
    }

    /// Degrees about the fast direction.
    public var swing: Sourced<Double>? { number(.twoTheta) }

    /// Degrees at the start of the frame: `Start_angle`, else the key that `Oscillation_axis` names.
    public var startAngle: Sourced<Double>? { number(.startAngle) ?? turningItem.flatMap { number($0.angle) } }

    /// Degrees from start to end of the frame: `Angle_increment`, else the increment of the axis that turns.
    public var angleIncrement: Sourced<Double>? {
        number(.angleIncrement) ?? turningItem.flatMap { number($0.increment) }
    }

    /// `Oscillation_axis` as written.
    public var oscillationAxis: Sourced<String>? { text(.oscillationAxis) }

    /// The word of `Oscillation_axis`, such as `omega`; nil when it is not one of the usual angles.
    var oscillationAxisName: String? {
        guard let stated = oscillationAxis?.value else { return nil }
        let word = stated.prefix { $0.isLetter }.lowercased()
        return Self.angleItems.contains { $0.angle.rawValue == word } ? word : nil
    }

    /// The angles of a goniometer and their increments.
    public static let angleItems: [(angle: HeaderItem.Name, increment: HeaderItem.Name)] = [
        (.omega, .omegaIncrement), (.kappa, .kappaIncrement), (.phi, .phiIncrement), (.chi, .chiIncrement),
    ]

    /// The angle that `Oscillation_axis` names, with its increment.
    public var turningItem: (angle: HeaderItem.Name, increment: HeaderItem.Name)? {
        oscillationAxisName.flatMap { word in Self.angleItems.first { $0.angle.rawValue == word } }
    }

    /// Settings that the header states of axes whose direction it does not: degrees, millimetres for offsets.
    ///
    /// The angle that turns is none of them.
    public var unplacedSettings: [UnplacedSetting] {
        let turning = turningItem?.angle
        let angles: [HeaderItem.Name] = [.omega, .kappa, .phi, .chi, .alpha]
        let offsets: [HeaderItem.Name] = [.verticalOffset, .horizontalOffset]
        return angles.filter { $0 != turning }.compactMap { name in
            number(name).flatMap { value in
                HeaderItem.named(name).map { UnplacedSetting(name: $0.key, value: value, unit: "deg") }
            }
        }
            + offsets.compactMap { name in
                number(name).flatMap { value in
                    HeaderItem.named(name).map {
                        UnplacedSetting(name: $0.key, value: value.map { $0 * 1000 }, unit: "mm")
                    }
                }
            }
    }

    /// Seconds.
    public var exposure: Sourced<Double>? { number(.exposure) }

    /// Seconds from frame to frame.
    public var period: Sourced<Double>? { number(.period) }

    /// The greatest valid count.
    public var countCutoff: Sourced<Double>? { number(.countCutoff) }

    /// The text of `Detector:`.
    public var detector: Sourced<String>? { text(.detector) }

    /// What stands behind `S/N` in the text of `Detector:`.
    public var serialNumber: String? { detector.flatMap { Self.serialNumber(in: $0.value) } }

    /// What stands behind `S/N` in the name of a detector; nil without it.
    public static func serialNumber(in name: String) -> String? {
        let words = name.split { " ,;".contains($0) }
        guard let mark = words.firstIndex(where: { $0.uppercased() == "S/N" }), mark + 1 < words.count else {
            return nil
        }
        return String(words[mark + 1])
    }

    /// The word before "sensor", Silicon for example.
    public var sensorMaterial: Sourced<String>? {
        guard let text = text(.sensor), let word = text.value.split(separator: " ").first else { return nil }
        return text.map { _ in String(word) }
    }

    /// Millimetres; the header has metres unless the line says otherwise.
    public var sensorThickness: Sourced<Double>? { number(.sensor)?.map { $0 * 1000 } }

    /// The fraction of polarisation; its plane is not given.
    public var polarisation: Sourced<Double>? { number(.polarisation) }

    /// Photons a second; 0 says nothing.
    public var flux: Sourced<Double>? { number(.flux).flatMap { $0.value == 0 ? nil : $0 } }

    /// `Filter_transmission` or `Transmission` as written: per cent above 1, ambiguous up to 1.
    public var transmission: Sourced<Double>? { number(.transmission) }

    /// Electronvolt; 0 says nothing.
    public var threshold: Sourced<Double>? { number(.threshold).flatMap { $0.value == 0 ? nil : $0 } }

    /// The dead time of a pixel, seconds; 0 says nothing.
    public var deadTime: Sourced<Double>? { number(.deadTime).flatMap { $0.value == 0 ? nil : $0 } }

    /// The line that holds a date, as written; the first of several.
    public var date: Sourced<String>? { dates.first }

    /// The lines that hold a date, as written.
    public var dates: [Sourced<String>] {
        entries.filter { $0.key.isEmpty && HeaderNumbers.looksLikeDate($0.value) }.map {
            Sourced($0.value, .stated(.header(offset: $0.offset, key: "date", in: $0.source)))
        }
    }
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
