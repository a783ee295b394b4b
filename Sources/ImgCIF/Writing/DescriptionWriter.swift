// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
internal import Transport

extension Experiment {
    /// The imgCIF description of this experiment: CIF 2.0 metadata that points to the images.
    ///
    /// Dictionary names only; identifiers that resolve; source and gravity axes always; displacement half the increment;
    /// angle and displacement columns for every axis; rows for single frames where steps are not uniform to 1e-6;
    /// numbers as the shortest text that reads back equal. Models of NeXus and image headers are turned so that X is
    /// along the principal goniometer axis.
    /// - Throws: What is missing, or cannot be placed; nothing is invented.
    /// - Source: imgcif.md section 7 (writing), conversion.md section 15.
    public func described(_ request: DescriptionRequest) throws(DescriptionFault) -> Description {
        let experiment = withDetectorAxes()
        guard experiment.beam.wavelengths?.value.contains(where: { $0 > 0 && $0.isFinite }) ?? false else {
            throw .missing("wavelength")
        }
        let panels = experiment.detectors.flatMap(\.panels)
        guard let first = panels.first else { throw .missing("detector") }
        if let reason = first.placementFault, first.placement == nil {
            throw .unplaced(panel: first.id, reason: reason)
        }
        let graph = experiment.axisGraph
        var carriers: [AxisID] = []
        var surface: Set<AxisID> = []
        for panel in panels {
            if let carrier = try LaboratoryPanels.carrier(of: panel, graph), !carriers.contains(carrier) {
                carriers.append(carrier)
            }
            if case .surface(let axes) = panel.placement { surface.formUnion([axes.fast.axis, axes.slow.axis]) }
        }
        let settings = experiment.scans.first?.settings(frame: 0) ?? FrameSettings()
        let fast = try? graph.plane(of: first, settings: settings).get().fast
        var axes = try LaboratoryAxes(experiment, graph: graph, carriers: carriers, surface: surface, fast: fast)
        let faces = try LaboratoryPanels(experiment, graph: graph, choice: request.pixelOrigin, axes: &axes)
        let scans = try DescribedScan.all(of: experiment, request: request, axes: axes, graph: graph)
        var writer = DescriptionWriter(
            experiment: experiment, request: request, axes: axes, faces: faces, scans: scans)
        return writer.write()
    }
}

/// Writes the categories of one description, in the order of the dictionary's examples.
struct DescriptionWriter {
    let experiment: Experiment
    let request: DescriptionRequest
    let axes: LaboratoryAxes
    let faces: LaboratoryPanels
    let scans: [DescribedScan]
    var cif = CIFText()
    var notes: [String] = []

    init(
        experiment: Experiment, request: DescriptionRequest, axes: LaboratoryAxes, faces: LaboratoryPanels,
        scans: [DescribedScan]
    ) {
        self.experiment = experiment
        self.request = request
        self.axes = axes
        self.faces = faces
        self.scans = scans
    }

    /// The identifier of the data collection.
    var diffrnID: String { experiment.frame == .imgCIF ? CIFText.code(experiment.id) : "1" }

    /// Identifier of the goniometer, for its axes.
    var goniometerID: String { "GONIOMETER" }

    mutating func write() -> Description {
        collectNotes()
        cif.comment("imgCIF description written by \(request.program) from \(Escaping.line(request.source))")
        cif.comment("Lengths in millimetres, angles in degrees, unless the dictionary says otherwise.")
        for note in notes { cif.comment(note) }
        cif.block(request.blockName)
        writeIdentity()
        writeRadiation()
        writeAxes()
        writeDetector()
        writeArrays()
        writeScans()
        writeFrames()
        return Description(text: cif.text, notes: notes)
    }

    /// What was assumed, in the words of the model, and how the first pixel is meant.
    private mutating func collectNotes() {
        let origins = Set(experiment.detectors.flatMap(\.panels).map(\.pixelOrigin))
        switch (origins == [.pixelCentre], request.pixelOrigin) {
        case (true, _):
            notes.append("Index 1, 1 is the centre of the first pixel, as in the source; no position is moved.")
        case (false, .keep):
            notes.append(
                "Positions are those of the source, which counts pixels from the corner of the first one or does not "
                    + "say; the dictionary takes the same numbers for its centre (half a pixel apart).")
        case (false, .centre):
            notes.append("Positions are moved by half a pixel, from the corner to the centre of the first pixel.")
        }
        for origin in [experiment.beam.direction.origin, experiment.gravity.origin] {
            if case .assumed(let sentence) = origin { notes.append("Assumed: \(sentence).") }
        }
        for axis in experiment.axes {
            if case .assumed(let sentence) = axis.vector.origin { notes.append("Assumed: \(sentence).") }
        }
        if let type = experiment.imageData?.value.elementType, encodingType == nil {
            notes.append("Left out: elements are '\(type)', which the dictionary has no word for.")
        }
        if experiment.beam.probe == nil {
            notes.append("Assumed: the radiation is \(probe.word), by its wavelength; the source does not say.")
        }
        noteStrength()
        noteStarts()
        noteUnplaced()
        noteDates()
    }

    /// Scans that turn from where the source does not say.
    private mutating func noteStarts() {
        for scan in experiment.scans {
            for axis in scan.axes where axis.angle.start == nil && axis.angle.increment.map({ $0.value != 0 }) ?? false
            {
                notes.append("Assumed: scan \(scan.id) starts at 0 deg of \(axis.axis); the source does not say.")
            }
        }
    }

    /// The radiation as stated, else by the class of the wavelength: only electrons of some 15 kV and more are so short.
    var probe: Probe {
        if let stated = experiment.beam.probe?.value { return stated }
        let wavelength = experiment.beam.wavelengths?.value.first { $0 > 0 && $0.isFinite } ?? 1
        return wavelength < 0.09 ? .electron : .xray
    }

    /// Settings other than 0 of axes that the source names without a direction.
    private mutating func noteUnplaced() {
        var order: [String] = []
        var values: [String: [String]] = [:]
        for setting in experiment.scans.flatMap(\.unplaced) {
            let value = DecimalText.shortest(setting.value.value)
            if values[setting.name] == nil { order.append(setting.name) }
            if values[setting.name]?.contains(value) != true { values[setting.name, default: []].append(value) }
        }
        let words = order.compactMap { name -> String? in
            guard let all = values[name], all != ["0"] else { return nil }
            let unit = experiment.scans.flatMap(\.unplaced).first { $0.name == name }?.unit ?? ""
            return "\(name) (\(all.joined(separator: ", ")) \(unit))"
        }
        if !words.isEmpty {
            notes.append(
                "Left out: \(words.joined(separator: ", ")); the source gives no direction of these axes, and they are "
                    + "not at 0.")
        }
    }

    /// Dates that cannot be read stay out of the description.
    private mutating func noteDates() {
        for scan in scans {
            for date in [scan.scan.startDate, scan.scan.endDate] {
                guard let date, DateText.normalised(date.value, zone: request.timeZone) == nil else { continue }
                notes.append("Left out: the date '\(date.value)' of scan \(scan.id), which cannot be read.")
            }
        }
    }
}
