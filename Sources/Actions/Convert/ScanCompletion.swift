// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Findings
import FrameWriting
import ImageHeaders
import NeXus
import RuleCatalog

/// A scan with what options and the table of beamlines add to what its files say.
///
/// - Source: docs/guide/convert.md.
struct ScanCompletion {
    private(set) var experiment: Experiment
    private(set) var facts: RecordedFacts
    private(set) var rotation: FrameRotation
    private(set) var transmission: Double?
    private(set) var notes: [ConversionNote] = []
    /// The lowest count, as pixels are stored in the input.
    private(set) var lowest = 0.0
    /// What turns stored values into counts; nil where they are counts.
    private(set) var linearisation: Linearisation?
    private let request: ConversionRequest
    private let rules: ConversionRules
    private let isOfHeaders: Bool

    /// - Parameters:
    ///   - image: The file of the first frame.
    ///   - table: Axes of beamlines, by the serial number of the detector.
    init(
        _ scan: ScanToConvert, _ image: ConvertedImage, request: ConversionRequest, table: GoniometerTable?,
        rules: ConversionRules
    ) throws(ConversionRefusal) {
        experiment = scan.experiment
        facts = image.facts
        rotation = .identity
        self.request = request
        self.rules = rules
        isOfHeaders = !scan.hasGeometryOfItsOwn
        takeOptions()
        takeTexts()
        try takeAxis(image, table)
        try checkWhole()
        try takeScale()
        takeFlux()
        switch experiment.rotationToMcStas(up: request.up) {
        case .success(let made): rotation = made
        case .failure(let fault):
            throw ConversionRefusal(
                fault.sentence, request.up == nil ? "give --up X,Y,Z" : "give --up a direction across the beam")
        }
        if request.up == nil, case .assumed(let why) = experiment.gravity.origin {
            note("AXIS-016", why, option: "--up X,Y,Z")
        }
        takeTransmission()
        tellPolarisation()
        tellScan()
        tellNames()
    }

    private mutating func note(_ rule: RuleID, _ message: String) { notes.append(ConversionNote(rule, message)) }

    /// Notes what is assumed or unknown, with the options that give it.
    private mutating func note(_ rule: RuleID, _ message: String, option: String?) {
        notes.append(ConversionNote(rule, message, isAssumption: true, option: option))
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

    /// Texts as they can be written.
    private mutating func takeTexts() {
        func plain(_ text: inout Sourced<String>?) { text = text.map { $0.map(ValueToWrite.written) } }
        plain(&experiment.identity.sample)
        plain(&experiment.identity.instrument)
        plain(&experiment.identity.facility)
        plain(&experiment.identity.title)
        guard !experiment.detectors.isEmpty else { return }
        plain(&experiment.detectors[0].description)
        plain(&experiment.detectors[0].sensorMaterial)
        // What says nothing is not there.
        let material = experiment.detectors[0].sensorMaterial?.value.lowercased()
        if let material, ["", "?", ".", "unknown"].contains(material) { experiment.detectors[0].sensorMaterial = nil }
    }

    // MARK: The goniometer axis of headers without axes

    private mutating func takeAxis(_ image: ConvertedImage, _ table: GoniometerTable?) throws(ConversionRefusal) {
        guard experiment.frame == .image else { return }
        let entry = table?.entry(
            detector: image.header?.detector?.value ?? "", date: facts.date,
            oscillationAxis: image.header?.oscillationAxis?.value)
        if let entry, let why = entry.refusal, request.geometry == nil, request.instrument == nil {
            throw ConversionRefusal(
                "GEOM-021 detector '\(entry.serial)' has no geometry in its header: \(why)",
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
            option: "--gonio-axis X,Y,Z")
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
            let isCurved = CurvedDetector.fault(name: detector.description?.value, size: panel.size) == why
            let isAmbiguous = detector.statedBeamCentres.contains { $0.unit == "mm" }
            throw ConversionRefusal(
                (isCurved ? "GEOM-021 " : isAmbiguous && experiment.frame == .image ? "GEOM-022 " : "")
                    + "panel '\(panel.id)' has no place: \(why)",
                isCurved
                    ? "give --geometry FILE.expt or --instrument FILE.cif"
                    : experiment.frame == .image
                        ? "give --beam-centre X,Y and --distance MM, or --geometry FILE.expt"
                        : "mend the loops, or give --geometry FILE.expt")
        }
        guard let scan = experiment.scans.first else {
            throw ConversionRefusal("no scan is described", "describe the scan")
        }
        for row in scan.axes {
            let frames = 0..<max(1, scan.frameCount.value)
            let isFinite = frames.allSatisfy {
                (row.settings.start(ofFrame: $0) ?? 0).isFinite && (row.settings.end(ofFrame: $0) ?? 0).isFinite
            }
            guard isFinite else {
                throw ConversionRefusal("a setting of axis '\(row.axis)' is not a number", "mend the headers")
            }
        }
        let turning = experiment.axisGraph.movingAxes(in: scan).filter { $0.motion == .rotation }
        if turning.count > 1 {
            let names = turning.map { "'\($0.axis)'" }.joined(separator: " and ")
            throw ConversionRefusal(
                "rotations \(names) move at once, and readers turn one", "convert the files of each rotation apart")
        }
    }

    // MARK: Intensities

    /// Counts of stored roots or logarithms, where that is asked for; limits go with them.
    private mutating func takeScale() throws(ConversionRefusal) {
        guard !experiment.detectors.isEmpty else { return }
        let detector = experiment.detectors[0]
        lowest = detector.underload?.value ?? detector.undefinedValue.map { $0.value + 1 } ?? 0
        guard let words = facts.unplacedScale else { return }
        let scale: Linearisation.Scale = words.contains("sqrt") ? .squareRoot : .logarithm
        let scaling = facts.unplacedScaling ?? 1
        guard request.linearises, let linear = Linearisation(scale, scaling: scaling) else {
            throw ConversionRefusal(
                "intensities are \(words), which NXmx has no place for",
                request.linearises
                    ? "mend _array_intensities.scaling, which is \(Wording.number(scaling))"
                    : "give --linearise, or write the images again on a linear scale")
        }
        linearisation = linear
        let why = Origin.option("--linearise")
        experiment.detectors[0].saturation = detector.saturation.map { Sourced(linear.count(of: $0.value), why) }
        experiment.detectors[0].underload = Sourced(linear.count(of: lowest), why)
        experiment.detectors[0].undefinedValue = nil
        let value = "(x / \(Wording.number(scaling)))"
        let formula = scale == .squareRoot ? value + "^2" : "10^" + value
        note("COUNT-006", "values x that are \(words) are written as \(formula); --linearise asks for it")
    }

    /// What an experiment list says of flux and transmission, where no header does.
    private mutating func takeFlux() {
        guard facts.totalFlux == nil else { return }
        facts.totalFlux = experiment.beam.fluxes.first { $0.item == DIALSExperiment.fluxItem }?.value.value.first
    }

    // MARK: Findings

    private mutating func takeTransmission() {
        guard let stated = facts.transmission, stated > 0 else { return }
        let isPercent: Bool
        switch request.transmission {
        case .percent: isPercent = true
        case .fraction: isPercent = false
        case nil where stated > 1: isPercent = true
        case nil:
            return note(
                "BEAM-010",
                "Filter_transmission is \(Wording.number(stated)), per cent or a fraction; kept as text, and "
                    + "--transmission decides", option: "--transmission percent|fraction")
        }
        guard stated <= (isPercent ? 100 : 1) else {
            return note(
                "BEAM-010",
                "Filter_transmission is \(Wording.number(stated)), which is no \(isPercent ? "per cent" : "fraction"); kept as "
                    + "text", option: nil)
        }
        transmission = isPercent ? stated / 100 : stated
    }

    private mutating func tellPolarisation() {
        let beam = experiment.beam
        if let stokes = beam.stokes?.value, stokes.count == 4,
            abs(stokes[3]) > rules.number("BEAM-013", "tolerance") * abs(stokes[0])
        {
            note(
                "BEAM-013",
                "circular polarisation V = \(Wording.number(stokes[3])); the handedness cannot be told from the item")
        }
        guard beam.stokes == nil, let ratio = beam.polarisationRatio?.value else { return }
        if beam.polarisationNormal == nil {
            note("BEAM-011", "polarisation \(Wording.number(ratio)) has no plane; taken as horizontal", option: nil)
        }
        if rules.numbers("BEAM-012", "values").contains(where: { abs($0 - ratio) < 1e-9 }) {
            note("BEAM-012", "polarisation \(Wording.number(ratio)) is the default of the program that wrote it")
        }
    }

    private mutating func tellScan() {
        guard let scan = experiment.scans.first else { return }
        if request.sense == .keep, let falling = experiment.fallingScan(scan) {
            note("SCAN-021", falling.sentence(of: scan.id) + ", which --rotation-sense positive writes")
        }
        if isOfHeaders, experiment.frame == .image,
            let swing = scan.axis(AxisID("two_theta"))?.settings.start(ofFrame: 0), swing != 0,
            abs(swing) >= rules.number("AXIS-026", "minimum")
        {
            note(
                "AXIS-026", "detector swing of \(Wording.number(swing)) deg is applied about the fast direction",
                option: "--geometry FILE.expt or --instrument FILE.cif")
        }
        tellVarying("exposure", scan.exposure, "each is written")
        tellVarying("frame period", scan.period, "the middle one is written")
        if let stated = facts.deprecatedExposure {
            let fraction = rules.number("SCAN-023", "fraction")
            let exposure = scan.exposure?.value.first
            let isLonger = exposure.map { stated > $0 * (1 + fraction) } ?? false
            let isPeriod = scan.period?.value.first.map { abs($0 - stated) <= fraction * $0 } ?? false
            if isLonger || isPeriod && exposure.map({ abs($0 - stated) > fraction * stated }) ?? true {
                let words = exposure.map { ", the exposure \(Wording.number($0)) s" } ?? ""
                note("SCAN-023", "exposure_time is \(Wording.number(stated)) s, the frame period\(words)")
            }
        }
    }

    private mutating func tellVarying(_ what: String, _ times: Sourced<[Double]>?, _ how: String) {
        guard let times = times?.value, let least = times.min(), let most = times.max(),
            most - least > rules.number("SCAN-022", "fraction") * abs(most)
        else { return }
        note(
            "SCAN-022",
            "\(what) varies from \(Wording.number(least)) to \(Wording.number(most)) s; readers take one value, \(how)")
    }

    private mutating func tellNames() {
        let identity = experiment.identity
        var missing: [String] = []
        if identity.sample == nil { missing.append("sample") }
        if identity.instrument == nil { missing.append("instrument") }
        if identity.instrument == nil, identity.facility == nil { missing.append("source") }
        if !missing.isEmpty {
            note(
                "META-010", "no \(missing.joined(separator: ", ")) given; written as '?'",
                option: missing.map { "--\($0)-name" }.joined(separator: ", "))
        }
        let detector = experiment.detectors.first
        if detector?.sensorMaterial == nil {
            note("PIXEL-018", "no sensor material given; written as '?'", option: "--sensor-material")
        }
        if detector?.sensorThickness == nil {
            note("NX-006", "no sensor thickness given; left out", option: "--sensor-thickness MM")
        }
        if let name = identity.instrument?.value, let sentence = ReaderChoice.sentence(name) {
            note("META-025", sentence)
        }
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
