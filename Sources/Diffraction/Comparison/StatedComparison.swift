// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Facts that are compared where both descriptions state them; a container that has no room for one says nothing by that.
extension Comparison {
    mutating func compareStated(_ first: Experiment, _ second: Experiment) {
        compareIfBoth("energy", first.beam.energy, second.beam.energy, unit: "eV")
        compareStrength(first, second)
        compareAxisNames(first, second)
        compareIfBoth("type of the source", first.identity.sourceType, second.identity.sourceType)
        compareIfBoth("instrument", Self.otherName(first.identity), Self.otherName(second.identity))
        compareDates(first, second)
        for (a, b) in Self.pairs(first.detectors, second.detectors, id: \.id) {
            let subject = "detector '\(a.id)'"
            compareIfBoth(
                "stated distance", of: subject, a.statedDistances.first?.value, b.statedDistances.first?.value,
                unit: "mm")
            for index in 0..<min(a.thresholds.count, b.thresholds.count) {
                compareIfBoth(
                    "threshold" + (index > 0 ? " \(index + 1)" : ""), of: subject, a.thresholds[index],
                    b.thresholds[index], unit: "eV")
            }
            compareScale(a, b, of: subject)
            if let x = a.statedBeamCentres.first, let y = b.statedBeamCentres.first, x.unit == y.unit {
                func part(_ centre: StatedBeamCentre, _ value: Double) -> Sourced<Double> {
                    Sourced(value, .stated(centre.place))
                }
                compareIfBoth(
                    "stated beam centre along fast", of: subject, part(x, x.value.fast), part(y, y.value.fast),
                    unit: x.unit)
                compareIfBoth(
                    "stated beam centre along slow", of: subject, part(x, x.value.slow), part(y, y.value.slow),
                    unit: x.unit)
            }
            for (p, q) in Self.pairs(a.panels, b.panels, id: \.id) {
                let panel = "panel '\(p.id)'"
                compareIfBoth(
                    "stated pixel size along fast", of: panel, p.statedPixelSize.fast, q.statedPixelSize.fast,
                    unit: "mm")
                compareIfBoth(
                    "stated pixel size along slow", of: panel, p.statedPixelSize.slow, q.statedPixelSize.slow,
                    unit: "mm")
            }
        }
        for (a, b) in Self.pairs(first.scans, second.scans, id: \.id) {
            let subject = "scan '\(a.id)'"
            compareFrames("exposure", of: subject, a.exposure, b.exposure)
            compareFrames("period", of: subject, a.period, b.period)
            guard let x = a.frameNumbers, let y = b.frameNumbers, x.value.count == y.value.count,
                let index = x.value.indices.first(where: { x.value[$0] - x.value[0] != y.value[$0] - y.value[0] })
            else { continue }
            compareIfBoth(
                "number of frame \(index + 1)", of: subject, x.map { Double($0[index]) }, y.map { Double($0[index]) },
                unit: nil)
        }
    }

    /// Flux, attenuation, size and divergence of the beam.
    private mutating func compareStrength(_ first: Experiment, _ second: Experiment) {
        let (a, b) = (first.beam, second.beam)
        func number(_ list: Sourced<[Double]>?, _ index: Int = 0) -> Sourced<Double>? {
            list.flatMap { list in list.value.indices.contains(index) ? list.map { $0[index] } : nil }
        }
        compareIfBoth("flux", number(a.totalFlux), number(b.totalFlux), unit: "photons/s")
        compareIfBoth("flux density", number(a.fluxDensity), number(b.fluxDensity), unit: "photons/s/um^2")
        compareIfBoth(
            "transmission", number(a.transmissions.first?.value), number(b.transmissions.first?.value), unit: nil)
        if a.size?.value.count == b.size?.value.count {
            compareIfBoth("size of the beam", number(a.size), number(b.size), unit: "mm")
            compareIfBoth("size of the beam along Y", number(a.size, 1), number(b.size, 1), unit: "mm")
        }
        // Directions of other frames of reference are not the same ones.
        guard first.frame == second.frame else { return }
        for (fact, unit, part) in [
            ("divergence along X", "deg", \Divergence.x), ("divergence along Y", "deg", \Divergence.y),
            ("covariance of the divergence", "deg^2", \Divergence.covariance),
        ] {
            compareIfBoth(
                fact, a.divergence?.map { $0[keyPath: part] }, b.divergence?.map { $0[keyPath: part] }, unit: unit)
        }
    }

    /// How stored values become counts, make and model where both name them apart.
    mutating func compareScale(_ a: Detector, _ b: Detector, of subject: String) {
        compareIfBoth("make", of: subject, a.make, b.make)
        compareIfBoth("linearity", of: subject, a.storedScale?.map(\.word), b.storedScale?.map(\.word))
        func part(_ detector: Detector, _ path: KeyPath<StoredScale, Double?>) -> Sourced<Double>? {
            detector.storedScale.flatMap { scale in scale.value[keyPath: path].map { Sourced($0, scale.origin) } }
        }
        compareIfBoth("scaling", of: subject, part(a, \.scaling), part(b, \.scaling), unit: nil)
        compareIfBoth("offset of counts", of: subject, part(a, \.offset), part(b, \.offset), unit: nil)
    }

    /// Names of the axes that carry sample and detector, in their order; those of pixels are of no account.
    private mutating func compareAxisNames(_ first: Experiment, _ second: Experiment) {
        guard first.frame == second.frame else { return }
        let graphs = (first.axisGraph, second.axisGraph)
        let sides = [
            ("sample", first.goniometer?.axes ?? [], second.goniometer?.axes ?? []),
            ("detector", first.detectors.first?.axes ?? [], second.detectors.first?.axes ?? []),
        ]
        for (subject, mine, theirs) in sides where mine.count == theirs.count {
            // The same axes in another order are the same axes.
            guard Set(mine.map(\.name)) != Set(theirs.map(\.name)) else { continue }
            for (index, pair) in zip(mine, theirs).enumerated() where pair.0.name != pair.1.name {
                guard let a = graphs.0[pair.0], let b = graphs.1[pair.1] else { continue }
                compareIfBoth(
                    "name of axis \(index + 1)", of: subject, Sourced(a.id.name, .stated(a.place)),
                    Sourced(b.id.name, .stated(b.place)))
            }
        }
    }

    /// A name of the instrument beside that of the beamline, which is compared for itself.
    private static func otherName(_ identity: Identity) -> Sourced<String>? {
        identity.beamline == nil ? nil : identity.instrument
    }

    private mutating func compareDates(_ first: Experiment, _ second: Experiment) {
        // Scans tell their own dates.
        guard first.scans.allSatisfy({ $0.startDate == nil }), second.scans.allSatisfy({ $0.startDate == nil }) else {
            return
        }
        if first.identity.startTime != nil, second.identity.startTime != nil {
            compare("date", dates: first.identity.startTime, second.identity.startTime)
        }
        if first.identity.endTime != nil, second.identity.endTime != nil {
            compare("end", dates: first.identity.endTime, second.identity.endTime)
        }
    }

    private mutating func compareIfBoth(
        _ fact: String, of subject: String = "", _ first: Sourced<Double>?, _ second: Sourced<Double>?, unit: String?
    ) {
        guard let first, let second else { return }
        compare(fact, of: subject, first, second, unit: unit)
    }

    private mutating func compareIfBoth(
        _ fact: String, of subject: String = "", _ first: Sourced<String>?, _ second: Sourced<String>?
    ) {
        guard let first, let second else { return }
        compare(fact, of: subject, texts: first, second)
    }

    /// The first frame beyond the first of which a time differs; that of the first is told for itself.
    private mutating func compareFrames(
        _ fact: String, of subject: String, _ first: Sourced<[Double]>?, _ second: Sourced<[Double]>?
    ) {
        guard let first, let second, let a = first.value.first, let b = second.value.first,
            Closeness.printed.holds(a, b, within: rounding)
        else { return }
        let count = max(first.value.count, second.value.count)
        guard count > 1 else { return }
        func value(_ times: [Double], _ frame: Int) -> Double? {
            times.count == 1 ? times[0] : times.indices.contains(frame) ? times[frame] : nil
        }
        for frame in 1..<count {
            guard let x = value(first.value, frame), let y = value(second.value, frame) else { return }
            guard !Closeness.printed.holds(x, y, within: rounding) else { continue }
            return compare(
                "\(fact) of frame \(frame + 1)", of: subject, first.map { _ in x }, second.map { _ in y }, unit: "s")
        }
    }
}
