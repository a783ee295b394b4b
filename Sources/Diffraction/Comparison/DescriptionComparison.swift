// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension Comparison {
    mutating func compareBeams(_ first: Experiment, _ second: Experiment, tolerance: ComparisonTolerance) {
        func wavelength(_ beam: Beam) -> Sourced<Double>? {
            guard let stated = beam.wavelengths, let value = beam.representativeWavelength else { return nil }
            return Sourced(value, stated.origin)
        }
        compare("wavelength", wavelength(first.beam), wavelength(second.beam), unit: "angstrom")
        compare("polarisation ratio", first.beam.polarisationRatio, second.beam.polarisationRatio, unit: nil)
        compare("direction of polarisation", first.beam.polarisationNormal, second.beam.polarisationNormal, unit: "deg")
        if first.frame == second.frame {
            func stokes(_ beam: Beam) -> Sourced<String>? {
                beam.stokes.map { $0.map { $0.map { DecimalText.rounded($0, decimals: 6) }.joined(separator: ", ") } }
            }
            compare("Stokes parameters", texts: stokes(first.beam), stokes(second.beam))
        }
        compare("probe", texts: first.beam.probe.map { $0.map(\.word) }, second.beam.probe.map { $0.map(\.word) })
        guard first.frame == second.frame else { return }
        let directions = [
            ("direction of the beam", first.beam.direction, second.beam.direction),
            ("direction of gravity", first.gravity, second.gravity),
        ]
        for (fact, a, b) in directions {
            let stated = [a, b].map { $0.origin.place == nil ? nil : $0 }
            guard let (a, b) = both(fact, of: "", stated[0], stated[1], text: \.components) else { continue }
            let angle = a.value.angle(to: b.value)
            guard !(angle <= tolerance.direction) else { continue }
            differences.append(
                Difference(
                    kind: .geometry, subject: "", fact: fact,
                    first: ComparedValue(text: a.value.components, origin: a.origin),
                    second: ComparedValue(text: b.value.components, origin: b.origin),
                    amount: angle.isFinite ? angle : nil, unit: "deg"))
        }
    }

    mutating func compareIdentity(_ first: Identity, _ second: Identity) {
        compare("raw data DOI", texts: first.doi, second.doi)
        compare("facility", texts: first.facility, second.facility)
        compare("beamline", texts: first.beamline ?? first.instrument, second.beamline ?? second.instrument)
        compare("sample", texts: first.sample, second.sample)
        compare("temperature", first.temperature, second.temperature, unit: "K")
    }

    mutating func compareDetectors(_ first: Experiment, _ second: Experiment) {
        compareNumber(
            of: "detectors", first.detectors.count, second.detectors.count, places: (first.place, second.place))
        for (a, b) in Self.pairs(first.detectors, second.detectors, id: \.id) {
            let subject = "detector '\(a.id)'"
            compare("description", of: subject, texts: a.description, b.description)
            let materials = [a.sensorMaterial, b.sensorMaterial].map { $0.map { Self.symbol($0.value) } }
            if materials[0] == nil || materials[0] != materials[1] {
                compare("sensor material", of: subject, texts: a.sensorMaterial, b.sensorMaterial)
            }
            compare("sensor thickness", of: subject, a.sensorThickness, b.sensorThickness, unit: "mm")
            compare("greatest valid count", of: subject, a.saturation, b.saturation, unit: nil, closeness: .exact)
            compare("least valid count", of: subject, a.underload, b.underload, unit: nil, closeness: .exact)
            compare(
                "undefined value", of: subject, a.undefinedValue, b.undefinedValue, unit: nil, closeness: .exact)
            compare("gain", of: subject, Self.gain(of: a), Self.gain(of: b), unit: nil)
            compare("bit depth", of: subject, counts: a.bitDepth, b.bitDepth)
            compareNumber(of: "panels of \(subject)", a.panels.count, b.panels.count, places: (a.place, b.place))
            for (p, q) in Self.pairs(a.panels, b.panels, id: \.id) {
                func sizes(_ panel: Panel) -> Sourced<String>? {
                    panel.size.map { Sourced("\($0.fast) x \($0.slow)", .stated(panel.place)) }
                }
                guard let f = sizes(p), let s = sizes(q), f.value != s.value else { continue }
                let fact =
                    "number of pixels, fast x slow" + (Self.areExchanged(p, q) ? ", fast and slow exchanged" : "")
                differences.append(
                    Difference(
                        kind: .count, subject: "panel '\(p.id)'", fact: fact,
                        first: ComparedValue(text: f.value, origin: f.origin),
                        second: ComparedValue(text: s.value, origin: s.origin), amount: nil, unit: nil))
            }
        }
    }

    /// One is laid out in memory across the other; what follows of it is one difference.
    static func areExchanged(_ p: Panel, _ q: Panel) -> Bool {
        guard let a = p.size, let b = q.size else { return false }
        return a != b && a.fast == b.slow && a.slow == b.fast
    }

    mutating func compareScans(_ first: Experiment, _ second: Experiment) {
        compareNumber(of: "scans", first.scans.count, second.scans.count, places: (first.place, second.place))
        for (a, b) in Self.pairs(first.scans, second.scans, id: \.id) {
            let subject = "scan '\(a.id)'"
            compare("number of frames", of: subject, counts: a.frameCount, b.frameCount)
            compare(
                "exposure of the first frame", of: subject, Self.start(of: a.exposure), Self.start(of: b.exposure),
                unit: "s")
            compare("start", of: subject, dates: a.startDate, b.startDate)
            compare("end", of: subject, dates: a.endDate, b.endDate)
            compareUnplaced(a, b, of: subject)
            compare(
                "period of the first frame", of: subject, Self.start(of: a.period), Self.start(of: b.period), unit: "s")
        }
    }

    /// Settings that headers state of axes without a direction.
    private mutating func compareUnplaced(_ a: Scan, _ b: Scan, of subject: String) {
        for setting in a.unplaced {
            guard let other = b.unplaced.first(where: { $0.name == setting.name }) else { continue }
            compare("setting of \(setting.name)", of: subject, setting.value, other.value, unit: setting.unit)
        }
    }

    private mutating func compareNumber(of what: String, _ first: Int, _ second: Int, places: (Place, Place)) {
        compare(
            "number of \(what)", counts: Sourced(first, .stated(places.0)), Sourced(second, .stated(places.1)))
    }

    /// The symbol of the material of a sensor, so that names and symbols agree.
    private static func symbol(_ material: String) -> String {
        switch material.lowercased() {
        case "silicon": "si"
        case "cadmium telluride": "cdte"
        case "gallium arsenide": "gaas"
        case let other: other
        }
    }

    /// The gain as stated, else one over the factor that turns stored values into counts.
    private static func gain(of detector: Detector) -> Sourced<Double>? {
        detector.gain ?? detector.scalingFactor.flatMap { $0.value == 0 ? nil : Sourced(1 / $0.value, $0.origin) }
    }

    private static func start(of values: Sourced<[Double]>?) -> Sourced<Double>? {
        values.flatMap { stated in stated.value.first.map { Sourced($0, stated.origin) } }
    }
}

extension Vector3 {
    /// The components for people, rounded to six decimals.
    var components: String {
        "(" + [x, y, z].map { DecimalText.rounded($0, decimals: 6) }.joined(separator: ", ") + ")"
    }
}
