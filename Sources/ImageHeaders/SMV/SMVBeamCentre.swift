// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

/// What the beam centres of an SMV header mean, each as millimetres from the outer corner of the first pixel.
///
/// `BEAM_CENTER_X` and `_Y` are read in several ways at different places; other keys have one meaning. Two that agree
/// decide; one key that can be read in several ways which disagree decides nothing.
/// - Source: conversion.md section 6; bl831/nearBragg:nearBragg.c for the meaning of each key.
struct SMVBeamCentre {
    private let header: ImageHeader
    /// Millimetres.
    private let pixel: Double
    /// Extent of the image along slow, millimetres; nil when it is unknown.
    private let height: Double?

    /// - Parameter header: Of an SMV.
    init(_ header: ImageHeader, pixel: Double) {
        self.header = header
        self.pixel = pixel
        height = header.number(.slowSize).flatMap { $0.value > 0 ? $0.value * pixel : nil }
    }

    /// Pixels along fast and slow, when what the header says has one meaning.
    var decided: Sourced<FastSlow<Double>>? {
        let sure = self.sure.map(\.value)
        for (index, one) in sure.enumerated() {
            if sure[(index + 1)...].contains(where: { agree($0.value, one.value) }) { return inPixels(one) }
        }
        let readings = self.readings
        for one in sure where readings.contains(where: { agree($0.value, one.value) }) { return inPixels(one) }
        // d*TREK has one word, and it is its own.
        if readings.isEmpty, let own = self.sure.first, own.key == DTREKLines.centreX { return inPixels(own.value) }
        guard sure.isEmpty, let first = readings.first,
            readings.allSatisfy({ agree($0.value, first.value) })
        else { return nil }
        return inPixels(first)
    }

    /// Keys with one meaning.
    private var sure: [(key: String, value: Sourced<FastSlow<Double>>)] {
        var found: [(key: String, value: Sourced<FastSlow<Double>>)] = []
        func add(_ x: String, _ y: String, _ meaning: (Double, Double) -> FastSlow<Double>?) {
            guard let a = header.number(ofKey: x), let b = header.number(ofKey: y)?.value,
                let value = meaning(a.value, b)
            else { return }
            found.append((x, a.map { _ in value }))
        }
        add("DENZO_X_BEAM", "DENZO_Y_BEAM") { FastSlow(fast: $1, slow: $0) }
        add("MOSFLM_CENTER_X", "MOSFLM_CENTER_Y") { FastSlow(fast: $1 + pixel / 2, slow: $0 + pixel / 2) }
        add("ADXV_CENTER_X", "ADXV_CENTER_Y") { x, y in height.map { FastSlow(fast: x, slow: $0 - y) } }
        add(DTREKLines.centreX, DTREKLines.centreY) { FastSlow(fast: $0 * pixel, slow: $1 * pixel) }
        // XDS counts centres of pixels from 1: 0.5 is the corner.
        add("XDS_ORGX", "XDS_ORGY") { FastSlow(fast: ($0 - 0.5) * pixel, slow: ($1 - 0.5) * pixel) }
        return found
    }

    /// The ways in which BEAM_CENTER is meant at one place or another; that of ADSC first.
    private var readings: [Sourced<FastSlow<Double>>] {
        guard let x = header.number(.beamX), let y = header.number(.beamY)?.value else { return [] }
        var values = [FastSlow(fast: y, slow: x.value), FastSlow(fast: x.value, slow: y)]
        if let height {
            values += [FastSlow(fast: x.value, slow: height - y), FastSlow(fast: y, slow: height - x.value)]
        }
        return values.map { value in x.map { _ in value } }
    }

    /// BEAM_CENTER as millimetres along fast and slow, by the way of reading it that another key bears out, else that of ADSC.
    var stated: Sourced<FastSlow<Double>>? {
        let readings = self.readings
        return readings.first { one in sure.contains { agree($0.value.value, one.value) } } ?? readings.first
    }

    /// Two keys that cannot both be right, as pixels: two of one meaning, or BEAM_CENTER however it is read.
    var contradiction: (StatedBeamCentre, StatedBeamCentre)? {
        func centre(_ key: String, _ value: Sourced<FastSlow<Double>>) -> StatedBeamCentre? {
            value.origin.place.map {
                StatedBeamCentre(
                    value: inPixels(value).value, unit: "px", item: key, isAtZeroSwing: true, place: $0)
            }
        }
        let sure = self.sure
        guard let first = sure.first, let one = centre(first.key, first.value) else { return nil }
        if let other = sure.dropFirst().first(where: { !agree($0.value.value, first.value.value) }) {
            return centre(other.key, other.value).map { (one, $0) }
        }
        guard let stated, !agree(stated.value, first.value.value) else { return nil }
        return centre("BEAM_CENTER_X", stated).map { (one, $0) }
    }

    /// Within a pixel: conventions differ by half of one.
    private func agree(_ a: FastSlow<Double>, _ b: FastSlow<Double>) -> Bool {
        abs(a.fast - b.fast) <= pixel && abs(a.slow - b.slow) <= pixel
    }

    private func inPixels(_ value: Sourced<FastSlow<Double>>) -> Sourced<FastSlow<Double>> {
        value.map { FastSlow(fast: $0.fast / pixel, slow: $0.slow / pixel) }
    }
}

extension SMVHeader {
    /// The experiment of one SMV image, in the image frame.
    ///
    /// - Parameters:
    ///   - id: Name of the image.
    ///   - beamCentre: Pixels along fast and slow, given by the user; needed when the header can be read in several ways.
    public func experiment(id: String, beamCentre given: Sourced<FastSlow<Double>>? = nil) -> Experiment {
        let pixel = number("PIXEL_SIZE").flatMap { $0.value > 0 ? $0 : nil }
        let centre = given ?? pixel.flatMap { SMVBeamCentre(items, pixel: $0.value).decided }
        let wavelength = number("WAVELENGTH")
        let place = Place.header(offset: 0, key: "HEADER_BYTES", in: source)
        var facts = ImageFacts(id: id, place: place)
        facts.wavelength = wavelength.flatMap { $0.value > 0 ? $0 : nil }
        facts.unusableWavelength = facts.wavelength == nil ? text("WAVELENGTH") : nil
        facts.distance = distance
        facts.beamCentre = centre
        if centre == nil, text("BEAM_CENTER_X") != nil {
            facts.beamCentreFault = "BEAM_CENTER_X and BEAM_CENTER_Y can be meant in several ways that disagree"
        }
        facts.pixelSize = pixel?.map { FastSlow(fast: $0, slow: $0) }
        facts.size = size
        facts.swing = number("TWOTHETA")
        facts.axisName = text("AXIS").map { $0.value.lowercased() }
        facts.startAngle = number("OSC_START") ?? number("PHI")
        facts.angleIncrement = number("OSC_RANGE")
        facts.exposure = number("TIME")
        var experiment = facts.experiment()
        complete(&experiment)
        return experiment
    }

    /// Millimetres; 0 and less are no distances.
    private var distance: Sourced<Double>? { number("DISTANCE").flatMap { $0.value > 0 ? $0 : nil } }

    private var isSixteenBit: Bool { elementType?.contains("16-bit") ?? true }

    private static let greatestOfSixteenBits = Sourced(
        65534.0, .assumed("65535 is the greatest value of the type and taken for the first invalid count"))

    private func complete(_ experiment: inout Experiment) {
        experiment.identity.startTime = text("DATE")
        experiment.identity.beamline = text("BEAMLINE")
        experiment.imageData?.value.elementType = elementType
        guard !experiment.detectors.isEmpty else { return }
        experiment.detectors[0].description = text("DETECTOR_SN")?.map { "S/N \($0)" }
        experiment.detectors[0].saturation =
            number("CCD_IMAGE_SATURATION")?.map { $0 - 1 } ?? (isSixteenBit ? Self.greatestOfSixteenBits : nil)
        experiment.detectors[0].gain = number("GAIN")
        if let distance {
            experiment.detectors[0].statedDistances.append((item: "DISTANCE", value: distance))
        }
        let pixel = number("PIXEL_SIZE").flatMap { $0.value > 0 ? $0.value : nil }
        let adsc = number("BEAM_CENTER_X").flatMap { x in
            number("BEAM_CENTER_Y").map { y in x.map { FastSlow(fast: y.value, slow: $0) } }
        }
        if let centre = pixel.flatMap({ SMVBeamCentre(items, pixel: $0).stated }) ?? adsc,
            let place = centre.origin.place
        {
            experiment.detectors[0].statedBeamCentres.append(
                StatedBeamCentre(
                    value: centre.value, unit: "mm", item: "BEAM_CENTER_X", isAtZeroSwing: true, place: place))
        }
    }
}

extension ImageHeader {
    /// Beam centres of an SMV header that contradict each other; nil for other headers and for those that agree.
    public var centreContradiction: (StatedBeamCentre, StatedBeamCentre)? {
        guard vocabulary.item(.fastSize) != nil, let pixel = number(.pixelSize)?.value, pixel > 0 else { return nil }
        return SMVBeamCentre(self, pixel: pixel).contradiction
    }

    /// The first number of a key, whether it is an item or not, in the unit of its item; nil for null words.
    func number(ofKey key: String) -> Sourced<Double>? {
        guard let text = text(key) else { return nil }
        if let item = vocabulary.item(ofKey: key), item.quantity != nil { return number(item.name) }
        return HeaderWords(text.value, isPair: false).numbers.first.map { number in text.map { _ in number.value } }
    }
}
