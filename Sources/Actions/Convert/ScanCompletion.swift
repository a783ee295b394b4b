// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Findings
import ImageHeaders

/// A scan with what options and the table of beamlines add to what its files say.
///
/// - Source: docs/guide/convert.md.
struct ScanCompletion {
    private(set) var experiment: Experiment
    private(set) var facts: RecordedFacts
    private(set) var rotation: FrameRotation
    private(set) var transmission: Double?
    private(set) var notes: [ConversionNote] = []
    private let request: ConversionRequest
    private let isOfHeaders: Bool

    /// - Parameters:
    ///   - image: The file of the first frame.
    ///   - table: Axes of beamlines, by the serial number of the detector.
    init(
        _ scan: ScanToConvert, _ image: ConvertedImage, request: ConversionRequest, table: GoniometerTable?
    ) throws(ConversionRefusal) {
        experiment = scan.experiment
        facts = image.facts
        rotation = .identity
        self.request = request
        isOfHeaders = !scan.hasGeometryOfItsOwn
        takeOptions()
        try takeAxis(image, table)
        try checkWhole()
        switch experiment.rotationToMcStas(up: request.up) {
        case .success(let made): rotation = made
        case .failure(let fault):
            throw ConversionRefusal(
                fault.sentence, request.up == nil ? "give --up X,Y,Z" : "give --up a direction across the beam")
        }
        if request.up == nil, case .assumed(let why) = experiment.gravity.origin {
            notes.append(ConversionNote("AXIS-016", why, isAssumption: true))
        }
        takeTransmission(image)
        tellPolarisation()
        tellSense()
        tellNames()
    }

    private mutating func note(_ rule: RuleID, _ message: String, isAssumption: Bool = false) {
        notes.append(ConversionNote(rule, message, isAssumption: isAssumption))
    }

    // MARK: Options

    private mutating func takeOptions() {
        var given: [String] = []
        func option<Value>(_ value: Value?, _ name: String) -> Sourced<Value>? {
            guard let value else { return nil }
            given.append(name)
            return Sourced(value, .option(name))
        }
        if let name = option(request.sampleName, "--sample-name") { experiment.identity.sample = name }
        if let name = option(request.instrumentName, "--instrument-name") { experiment.identity.instrument = name }
        if let name = option(request.sourceName, "--source-name") { experiment.identity.facility = name }
        if let time = option(request.startTime, "--start-time") { experiment.identity.startTime = time }
        if !experiment.detectors.isEmpty {
            if let material = option(request.sensorMaterial, "--sensor-material") {
                experiment.detectors[0].sensorMaterial = material
            }
            if let thickness = option(request.sensorThickness, "--sensor-thickness") {
                experiment.detectors[0].sensorThickness = thickness
            }
        }
        if let up = option(request.up, "--up"), let direction = up.value.normalised {
            experiment.gravity = Sourced(-direction, up.origin)
        }
        if !given.isEmpty {
            let count = given.count == 1 ? "1 value was" : "\(given.count) values were"
            note("META-026", "\(count) given by the user: \(given.joined(separator: ", "))")
        }
    }

    // MARK: The goniometer axis of headers without axes

    private mutating func takeAxis(_ image: ConvertedImage, _ table: GoniometerTable?) throws(ConversionRefusal) {
        guard experiment.frame == .image else { return }
        let entry = table?.entry(
            detector: image.header?.detector?.value ?? "", date: facts.date,
            oscillationAxis: image.header?.oscillationAxis?.value)
        if let entry, let why = entry.refusal, request.geometry == nil, request.instrument == nil {
            throw ConversionRefusal(
                "detector '\(entry.serial)' has no geometry in its header: \(why)",
                "give --geometry FILE.expt or --instrument FILE.cif")
        }
        let assumed = experiment.axes.contains { axis in
            if case .assumed = axis.vector.origin { axis.equipment.value == .goniometer } else { false }
        }
        guard assumed else { return }
        if let axis = request.goniometerAxis {
            experiment = experiment.withGoniometerAxis(axis, .option("--gonio-axis"))
            note("META-026", "1 value was given by the user: --gonio-axis")
            return
        }
        if let entry, request.instrument.map({ entry.isNamed($0) }) == true {
            experiment = experiment.withGoniometerAxis(entry.axis, .option("--instrument"))
            note("META-026", "1 value was given by the user: --instrument (\(entry.place))")
            return
        }
        if let entry, (entry.axis - .unitX).length > 1e-6 {
            let axis = [entry.axis.x, entry.axis.y, entry.axis.z].map { "\(Int($0.rounded()))" }
            throw ConversionRefusal(
                "the rotation axis of detector '\(entry.serial)' is (\(axis.joined(separator: ", "))) at "
                    + "\(entry.place), and headers without axes are read as (1, 0, 0)",
                "give --gonio-axis \(axis.joined(separator: ",")), or --instrument '\(entry.place)'")
        }
        note(
            "AXIS-025", "rotation axis is assumed along (1, 0, 0), the fast direction; give --gonio-axis",
            isAssumption: true)
    }

    // MARK: What has to be there

    private func checkWhole() throws(ConversionRefusal) {
        guard experiment.beam.representativeWavelength != nil else {
            throw ConversionRefusal("no wavelength is given", "give --wavelength ANGSTROM or --geometry FILE.expt")
        }
        guard let detector = experiment.detectors.first, !detector.panels.isEmpty else {
            throw ConversionRefusal("no detector is described", "give --geometry FILE.expt")
        }
        for panel in detector.panels where panel.placement == nil {
            let why = panel.placementFault ?? "nothing places it"
            throw ConversionRefusal(
                "panel '\(panel.id)' has no place: \(why)",
                experiment.frame == .image
                    ? "give --beam-centre X,Y and --distance MM, or --geometry FILE.expt"
                    : "mend the loops, or give --geometry FILE.expt")
        }
        if let scale = facts.unplacedScale {
            throw ConversionRefusal(
                "intensities are \(scale), which NXmx has no place for", "write the images again on a linear scale")
        }
        guard let scan = experiment.scans.first else {
            throw ConversionRefusal("no scan is described", "describe the scan")
        }
        let turning = experiment.axisGraph.movingAxes(in: scan).filter { $0.motion == .rotation }
        if turning.count > 1 {
            let names = turning.map { "'\($0.axis)'" }.joined(separator: " and ")
            throw ConversionRefusal(
                "rotations \(names) move at once, and readers turn one", "convert the files of each rotation apart")
        }
    }

    // MARK: Findings

    private mutating func takeTransmission(_ image: ConvertedImage) {
        guard let stated = facts.transmission, stated > 0 else { return }
        switch request.transmission {
        case .percent: transmission = stated / 100
        case .fraction: transmission = stated
        case nil where stated > 1: transmission = stated / 100
        case nil:
            note(
                "BEAM-010",
                "Filter_transmission is \(Wording.number(stated)), per cent or a fraction; kept as text, and "
                    + "--transmission decides")
        }
    }

    private mutating func tellPolarisation() {
        let beam = experiment.beam
        if let stokes = beam.stokes?.value, stokes.count == 4, abs(stokes[3]) > 1e-6 {
            note(
                "BEAM-013",
                "circular polarisation V = \(Wording.number(stokes[3])); the handedness cannot be told from the item")
        }
        guard beam.stokes == nil, let ratio = beam.polarisationRatio?.value else { return }
        if beam.polarisationNormal == nil {
            note(
                "BEAM-011", "polarisation \(Wording.number(ratio)) has no plane; taken as horizontal",
                isAssumption: true)
        }
        if [0.999, 0.5].contains(ratio) {
            note("BEAM-012", "polarisation \(Wording.number(ratio)) is the default of the program that wrote it")
        }
    }

    private mutating func tellSense() {
        guard let scan = experiment.scans.first else { return }
        let graph = experiment.axisGraph
        if request.sense == .keep, let axis = graph.scanAxis(of: scan),
            case .success(let sample?) = graph.sampleAxis(of: experiment.goniometer),
            case .success(let chain) = graph.chain(from: sample),
            chain.count(where: { graph.axes[$0].motion.value == .rotation }) == 1,
            let settings = scan.axis(axis)?.settings, settings.isFalling
        {
            let frames = scan.frameCount.value
            let start = settings.start(ofFrame: 0) ?? 0
            let end = settings.end(ofFrame: max(0, frames - 1)) ?? start
            note(
                "SCAN-021",
                "scan turns from \(Wording.number(start)) to \(Wording.number(end)) deg about its only axis; readers "
                    + "expect rising angles, which --rotation-sense positive writes")
        }
        if isOfHeaders, experiment.frame == .image,
            let swing = scan.axis(AxisID("two_theta"))?.settings.start(ofFrame: 0),
            swing != 0
        {
            note(
                "AXIS-026", "detector swing of \(Wording.number(swing)) deg is applied about the fast direction",
                isAssumption: true)
        }
        if let period = scan.period?.value, period.count > 1 {
            note("SCAN-022", "frame period varies; readers take the median")
        }
        if facts.deprecatedPeriod != nil {
            note("SCAN-023", "exposure_time is the frame period; integration_time is the exposure")
        }
    }

    private mutating func tellNames() {
        let identity = experiment.identity
        var missing: [String] = []
        if identity.sample == nil { missing.append("sample") }
        if identity.instrument == nil { missing.append("instrument") }
        if identity.instrument == nil, identity.facility == nil { missing.append("source") }
        if !missing.isEmpty {
            note("META-010", "no \(missing.joined(separator: ", ")) given; written as '?'", isAssumption: true)
        }
        let detector = experiment.detectors.first
        if detector?.sensorMaterial == nil {
            note("PIXEL-018", "no sensor material given; written as '?'", isAssumption: true)
        }
        if detector?.sensorThickness == nil {
            note("NX-006", "no sensor thickness given; left out", isAssumption: true)
        }
        if let name = identity.instrument?.value, Self.selectsReader(name) {
            note(
                "META-025",
                "instrument is named '\(name)'; readers take the file for one of that beamline and may reverse data_size"
            )
        }
    }

    /// Readers choose code for one beamline by this name.
    private static func selectsReader(_ name: String) -> Bool {
        let upper = name.uppercased()
        return upper.hasPrefix("DIAMOND BEAMLINE") || upper.hasPrefix("DLS")
            || ["I03", "I04", "I24", "VMXI"].contains(upper)
    }
}

extension GoniometerTable.Entry {
    /// The words name the place, the beamline or the detector.
    func isNamed(_ words: String) -> Bool {
        let wanted = words.lowercased()
        return [place, beamline, serial, facility.map { $0 + " " + (beamline ?? "") }].contains {
            $0?.lowercased() == wanted
        }
    }
}
