// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension RawDataTable {
    /// Fields 1 to 7: where the data are, where they were taken, with what.
    static func identity(_ experiment: Experiment, _ context: RawDataContext) -> [RawDataField] {
        let identity = experiment.identity
        let detector = experiment.detectors.lazy.compactMap(\.description).first
        let named = [context.detectorMake, detector].compactMap { $0 }
        let apparatus = named.first.map { first in
            Sourced(named.map(\.value).joined(separator: " "), first.origin)
        }
        return [
            field(1, "raw data DOI", "_database.dataset_DOI", context.doi ?? identity.doi),
            field(2, "data archive", "_array_data_external_data.uri", context.archive),
            field(3, "data format", "_array_data_external_data.format", context.format),
            field(4, "facility", "_diffrn_source.facility", identity.facility ?? context.laboratorySource),
            field(
                5, "beamline", "_diffrn_source.beamline",
                identity.beamline ?? identity.instrument ?? context.laboratorySource),
            field(6, "detector", "_diffrn_detector.make", apparatus),
            field(
                7, "temperature", "_diffrn.ambient_temperature",
                identity.temperature.map { $0.map(DecimalText.shortest) },
                unit: "K"),
        ]
    }

    /// Fields 8 and 9.
    static func beam(_ experiment: Experiment, _ summary: ExperimentSummary) -> [RawDataField] {
        let beam = experiment.beam
        let value = beam.representativeWavelength
        var probe = beam.probe.map { $0.map(\.word) }
        if probe == nil, let value, (0.1...5).contains(value) {
            probe = Sourced(Probe.xray.word, .derived("the wavelength, \(DecimalText.shortest(value)) angstrom"))
        }
        let wavelength = value.flatMap { value in
            summary.wavelengths.map { Sourced(DecimalText.shortest(value), $0.origin) }
        }
        return [
            field(8, "radiation type", "_diffrn_radiation.probe", probe),
            field(9, "wavelength", "_diffrn_radiation_wavelength.value", wavelength, unit: "angstrom"),
        ]
    }

    /// Fields 10 to 15: the principal panel.
    static func detector(_ experiment: Experiment, _ summary: ExperimentSummary) -> [RawDataField] {
        let panel = summary.principalPanel
        let view = panel?.views.first
        let centre = view.flatMap { view in
            view.centre.map { Sourced(pair($0.millimetres, decimals: 4), view.origin) }
        }
        let stated = experiment.detectors.lazy.flatMap(\.statedDistances).map(\.value).first
        var distances = (panel?.views ?? []).compactMap { view in
            view.centre.map {
                RawDataValue(
                    DecimalText.rounded($0.distance.magnitude, decimals: 4), scan: view.scan, origin: view.origin,
                    note: note(on: view.perpendicularDistance, along: $0.distance.magnitude))
            }
        }
        if distances.isEmpty, let stated {
            distances = [RawDataValue(DecimalText.shortest(stated.value), origin: stated.origin)]
        }
        let swings = (panel?.views ?? []).filter { $0.plane != nil }.map { view in
            RawDataValue(
                DecimalText.shortest(view.swing?.angle ?? 0), scan: view.scan,
                origin: view.swing == nil ? .derived("no rotation carries the detector") : view.origin,
                note: view.swing?.axis.name)
        }
        return [
            field(
                10, "beam centre", "_diffrn_data_frame.center_fast", centre ?? statedCentre(experiment), unit: "mm"),
            field(11, "detector axis", "_axis.vector", carriage(experiment, summary)),
            RawDataField(
                number: 12, name: "detector distance", unit: "mm",
                item: "_diffrn_measurement.sample_detector_distance", values: collapsed(distances)),
            RawDataField(
                number: 13, name: "swing angle", unit: "deg", item: "_diffrn_scan_axis.angle_start",
                values: collapsed(swings)),
            field(
                14, "pixel size", "_array_structure_list_axis.displacement_increment",
                panel.flatMap { panel in
                    panel.pixelSize.map { Sourced(pair($0, decimals: 9), panel.origin) }
                }, unit: "mm"),
            field(
                15, "number of pixels", "_array_structure_list.dimension",
                panel.flatMap { panel in panel.size.map { Sourced("\($0.fast) x \($0.slow)", panel.origin) } }),
        ]
    }

    /// Which distance is meant, where the detector does not stand square to the beam.
    private static func note(on perpendicular: Double?, along distance: Double) -> String? {
        guard let perpendicular, abs(perpendicular - distance) > 1e-3 else { return nil }
        return "along the beam; perpendicular \(DecimalText.rounded(perpendicular, decimals: 4)) mm"
    }

    /// Field 10 without geometry: a centre that is stated in millimetres.
    private static func statedCentre(_ experiment: Experiment) -> Sourced<String>? {
        experiment.detectors.lazy.flatMap(\.statedBeamCentres).first { $0.unit == "mm" }.map {
            Sourced(pair($0.value, decimals: 9), .stated($0.place))
        }
    }

    /// Field 11: the translation that carries the detector along the beam.
    private static func carriage(_ experiment: Experiment, _ summary: ExperimentSummary) -> Sourced<String>? {
        let beam = experiment.beam.direction.value
        func alignment(_ axis: AxisSummary) -> Double { (axis.vector.normalised?.dot(beam) ?? 0).magnitude }
        let candidates = summary.detector.filter { $0.type == "translation" && alignment($0) > 0.5 }
        let settings = experiment.scans.first?.settings(frame: 0) ?? FrameSettings()
        let moved = candidates.filter { settings[$0.id] != 0 }
        guard let axis = (moved.isEmpty ? candidates : moved).max(by: { alignment($0) < alignment($1) }) else {
            return nil
        }
        let v = axis.vector.withoutNegativeZero
        let components = [v.x, v.y, v.z].map(DecimalText.shortest).joined(separator: ", ")
        return Sourced("\(axis.id.name) (\(components))", axis.origin)
    }

    /// Fields 16 to 22.
    static func scans(_ summary: ExperimentSummary) -> [RawDataField] {
        let scans = summary.scans
        func each(
            _ number: Int, _ name: String, _ unit: String?, _ item: String,
            _ value: (ScanSummary) -> (text: String?, origin: Origin)
        ) -> RawDataField {
            let values = scans.compactMap { scan -> RawDataValue? in
                let found = value(scan)
                return found.text.map { RawDataValue($0, scan: scan.id, origin: found.origin) }
            }
            return RawDataField(number: number, name: name, unit: unit, item: item, values: values)
        }
        // Stills and scans of a translation turn nothing: that is what the table says of them.
        func angle(_ value: Double?, _ scan: ScanSummary) -> String? {
            value.map { DecimalText.rounded($0, decimals: 6) } ?? (scan.axis == nil ? "none" : nil)
        }
        var axes = each(18, "scan axis", nil, "_diffrn_scan_axis.axis_id") { ($0.axis?.name ?? "none", $0.origin) }
        for (index, scan) in scans.enumerated() where axes.values.indices.contains(index) {
            axes.values[index].note = note(on: scan.otherSettings)
        }
        let counted = scans.isEmpty ? nil : Sourced("\(scans.count)", scans[0].origin)
        return [
            field(16, "number of scans", "_diffrn_scan.id", counted),
            each(17, "exposure per frame", "s", "_diffrn_scan_frame.integration_time") { scan in
                let times = scan.exposure.map { ScanSummary.collapsed($0.value) } ?? []
                let text = [times.min(), times.max()].compactMap { $0 }.map(DecimalText.shortest)
                let shown = times.count > 1 ? text.joined(separator: " to ") : text.first
                return (shown, scan.exposure?.origin ?? scan.origin)
            },
            axes,
            each(19, "start angle", "deg", "_diffrn_scan_axis.angle_start") { (angle($0.start, $0), $0.origin) },
            each(20, "increment", "deg", "_diffrn_scan_axis.angle_increment") { (angle($0.increment, $0), $0.origin) },
            each(21, "scan range", "deg", "_diffrn_scan_axis.angle_range") { (angle($0.range, $0), $0.origin) },
            each(22, "frames", nil, "_diffrn_scan.frames") { ("\($0.frames.value)", $0.frames.origin) },
        ]
    }

    private static func note(on settings: [(axis: AxisID, motion: AxisMotion, value: Double)]) -> String? {
        let parts = settings.map { setting in
            let unit = setting.motion == .translation ? "mm" : "deg"
            return "\(setting.axis.name) \(DecimalText.rounded(setting.value, decimals: 6)) \(unit)"
        }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    private static func field(
        _ number: Int, _ name: String, _ item: String, _ value: Sourced<String>?, unit: String? = nil
    ) -> RawDataField {
        let values = value.flatMap { $0.value.isEmpty ? nil : [RawDataValue($0.value, origin: $0.origin)] } ?? []
        return RawDataField(number: number, name: name, unit: unit, item: item, values: values)
    }

    private static func pair(_ value: FastSlow<Double>, decimals: Int) -> String {
        [value.fast, value.slow].map { DecimalText.rounded($0, decimals: decimals) }.joined(separator: ", ")
    }

    /// One value without a scan when every scan has the same text.
    private static func collapsed(_ values: [RawDataValue]) -> [RawDataValue] {
        guard let first = values.first, values.allSatisfy({ $0.text == first.text && $0.note == first.note })
        else { return values }
        return [RawDataValue(first.text, origin: first.origin, note: first.note)]
    }
}

extension Probe {
    /// The word of `_diffrn_radiation.probe`, or that of the source.
    public var word: String {
        switch self {
        case .xray: "x-ray"
        case .electron: "electron"
        case .neutron: "neutron"
        case .gamma: "gamma"
        case .other(let word): word
        }
    }
}
