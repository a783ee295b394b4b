// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

extension DataSetFacts {
    /// Takes what an experiment says; what two experiments say differently is left out where one value is wanted.
    ///
    /// - Parameters:
    ///   - experiment: As a reader made it.
    ///   - shift: What is added to the numbers of its sources, so that they are those of the whole reading.
    public mutating func add(_ experiment: Experiment, shift: Int) {
        let isFirst = frames == nil && wavelengths.isEmpty && scans == 0
        let summary = ExperimentSummary(experiment)
        let identity = experiment.identity
        keep(\.doi, identity.doi, shift, "doi")
        keep(\.facility, identity.facility, shift, "facility")
        keep(\.beamline, identity.beamline ?? identity.instrument, shift, "beamline")
        // Several crystals of one data set do not contradict each other.
        if sample == nil { sample = identity.sample?.shifted(shift) }
        if isFirst { title = identity.title?.shifted(shift) }
        if probe == nil { probe = (experiment.beam.probe ?? experiment.beam.sourceProbe)?.shifted(shift) }
        for wavelength in experiment.beam.wavelengths?.value ?? [] where wavelength > 0 && wavelength.isFinite {
            guard !wavelengths.contains(where: { $0.value == wavelength }), wavelengths.count < 100,
                let origin = experiment.beam.wavelengths?.origin
            else { continue }
            wavelengths.append(Sourced(wavelength, origin).shifted(shift))
        }
        add(summary.scans, shift, isFirst: isFirst)
        let view = summary.principalView
        let stated = experiment.detectors.lazy.flatMap(\.statedDistances).map(\.value).first
        let found = view.flatMap { view in view.centre.map { Sourced($0.distance.magnitude, view.origin) } } ?? stated
        Self.unite(&distance, found?.shifted(shift), isFirst)
        Self.unite(&temperature, identity.temperature?.shifted(shift), isFirst)
        Self.unite(&transmission, single(experiment.beam.transmissions.first?.value)?.shifted(shift), isFirst)
        Self.unite(&detector, experiment.detectors.lazy.compactMap(\.description).first?.shifted(shift), isFirst)
        let panel = summary.principalPanel
        let size = panel.flatMap { panel in panel.pixelSize.map { Sourced($0, panel.origin) } }
        Self.unite(&pixelSize, size?.shifted(shift), isFirst)
        Self.unite(&bitDepth, experiment.detectors.lazy.compactMap(\.bitDepth).first?.shifted(shift), isFirst)
        addTimes(identity, shift)
    }

    private mutating func add(_ summaries: [ScanSummary], _ shift: Int, isFirst: Bool) {
        for (index, scan) in summaries.enumerated() {
            let isFirst = isFirst && index == 0
            scans += 1
            let count = frames?.value.addingReportingOverflow(scan.frames.value)
            if let count {
                frames?.value = count.overflow ? Int.max : count.partialValue
                frames?.origin = .derived("the frames of \(scans) scans")
            } else {
                frames = scan.frames.shifted(shift)
            }
            let origin = scan.origin
            let turns = scan.axis != nil
            isStills = isFirst ? !turns : isStills && !turns
            Self.unite(&increment, scan.increment.map { Sourced($0, origin).shifted(shift) }, isFirst)
            Self.unite(&range, scan.range.map { Sourced($0, origin).shifted(shift) }, isFirst)
            Self.unite(&axis, scan.axis.map { Leaf($0.name, origin).shifted(shift) }, isFirst)
            Self.unite(&exposure, single(scan.exposure)?.shifted(shift), isFirst)
        }
    }

    /// One value where all experiments and scans have the same; nil otherwise.
    private static func unite<Value: Equatable>(
        _ slot: inout Sourced<Value>?, _ value: Sourced<Value>?, _ isFirst: Bool
    ) {
        if isFirst { slot = value } else if slot?.value != value?.value { slot = nil }
    }

    private func single(_ values: Sourced<[Double]>?) -> Sourced<Double>? {
        guard let values, let first = values.value.first, values.value.allSatisfy({ $0 == first }) else { return nil }
        return Sourced(first, values.origin)
    }

    /// The first statement counts; another one is noted.
    private mutating func keep(
        _ slot: WritableKeyPath<DataSetFacts, Leaf?>, _ value: Leaf?, _ shift: Int, _ property: String
    ) {
        guard let value = value?.shifted(shift), !value.value.allSatisfy(\.isWhitespace) else { return }
        guard let known = self[keyPath: slot] else {
            self[keyPath: slot] = value
            return
        }
        if known.value != value.value,
            !disagreements.contains(where: { $0.property == property && $0.found.value == value.value })
        {
            disagreements.append(Contradiction(property: property, stated: known, found: value))
        }
    }

    /// Widens the range in which the data were taken.
    private mutating func addTimes(_ identity: Identity, _ shift: Int) {
        guard let start = identity.startTime?.shifted(shift) else { return }
        let end = (identity.endTime ?? identity.endTimeEstimated)?.shifted(shift)
        collected = CollectionTime.united(collected, CollectionTime.range(from: start, to: end, notes: &notes))
    }
}

extension Sourced {
    /// The same value with the number of its source moved up, for readings that are joined.
    func shifted(_ shift: Int) -> Sourced<Value> {
        guard shift > 0, case .stated(let place) = origin else { return self }
        return Sourced(value, .stated(place.shifted(shift)))
    }
}

extension Place {
    /// The same place with the number of its source moved up, for readings that are joined.
    public func shifted(_ shift: Int) -> Place {
        shift > 0 ? Place(spot, in: SourceID(position: Int(source.index) + shift)) : self
    }
}
