// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension ExperimentSummary {
    /// The summary by the names of report version 1; additions only.
    ///
    /// The numbers of the principal panel in the first scan stand at the top; `panels` has every panel in every scan.
    /// Every object has a `source`; at the top it is an object, by the names of the values.
    /// - Source: reports.md section 6.
    public var tree: SummaryValue {
        let view = principalView
        let whole = SummaryValue.members([
            "id": .text(id),
            "frame_of_reference": .text(frame.rawValue),
            "wavelength_angstrom": SummaryValue(wavelengths?.value),
            "beam_direction": SummaryValue(beamDirection.value),
            "gravity": SummaryValue(gravity.value),
            "panel": SummaryValue(principalPanel?.id),
            "beam_centre_px": SummaryValue(view?.centre?.pixels),
            "beam_centre_mm": SummaryValue(view?.centre?.millimetres),
            "distance_mm": SummaryValue(view?.centre?.distance.magnitude),
            "perpendicular_distance_mm": SummaryValue(view?.perpendicularDistance),
            "pixel_size_mm": SummaryValue(principalPanel?.pixelSize),
            "pixels": SummaryValue(principalPanel?.size),
            "goniometer": .list(goniometer.map(\.tree)),
            "detector": .list(detector.map(\.tree)),
            "scans": .list(scans.map(\.tree)),
            "panels": .list(panels.map(\.tree)),
            "faults": .list(faults.map { .text($0) }),
            "source": .members([
                "experiment": .origin(.stated(place)),
                "wavelength_angstrom": wavelengths.map { .origin($0.origin) } ?? .null,
                "beam_direction": .origin(beamDirection.origin),
                "gravity": .origin(gravity.origin),
                "beam_centre_px": view.map { .origin($0.origin) } ?? .null,
                "pixels": principalPanel.map { .origin($0.origin) } ?? .null,
            ]),
        ])
        guard !unshown.isEmpty, case .object(let members) = whole else { return whole }
        let left = unshown.map { SummaryMember(name: $0.list, value: .integer($0.count)) }
        return .object(members + [SummaryMember(name: "unshown", value: .object(left))])
    }
}

extension AxisSummary {
    var tree: SummaryValue {
        .members([
            "id": .text(id.text), "type": .text(type), "vector": SummaryValue(vector),
            "offset_mm": SummaryValue(offset), "direction": SummaryValue(direction), "setting": SummaryValue(setting),
            "depends_on": SummaryValue(dependsOn?.text), "source": .origin(origin),
        ])
    }
}

extension ScanSummary {
    var tree: SummaryValue {
        let settings = otherSettings.map { setting -> SummaryValue in
            let unit = setting.motion == .translation ? "setting_mm" : "setting_deg"
            return .object([
                SummaryMember(name: "axis", value: .text(setting.axis.text)),
                SummaryMember(name: unit, value: SummaryValue(setting.value)),
            ])
        }
        return .members([
            "id": .text(id), "axis": SummaryValue(axis?.text), "start_deg": SummaryValue(start),
            "increment_deg": SummaryValue(increment), "range_deg": SummaryValue(range),
            "frames": .integer(frames.value),
            "exposure_s": SummaryValue(exposure.map { Self.collapsed($0.value) }), "other_axes": .list(settings),
            "resolution_edge_angstrom": SummaryValue(edgeSpacing),
            "resolution_corner_angstrom": SummaryValue(cornerSpacing),
            "source": .origin(origin),
        ])
    }

    /// One value when all are equal.
    static func collapsed(_ values: [Double]) -> [Double] {
        guard let first = values.first, values.allSatisfy({ $0 == first }) else { return values }
        return [first]
    }
}

extension PanelSummary {
    var tree: SummaryValue {
        let plane = views.first?.plane
        return .members([
            "id": .text(id), "detector": .text(detector), "pixels": SummaryValue(size),
            "pixel_size_mm": SummaryValue(pixelSize), "pixel_origin": .text(pixelOrigin.rawValue),
            "pixel_origin_basis": .text(pixelOriginBasis.rawValue), "origin_mm": SummaryValue(plane?.origin),
            "fast": SummaryValue(plane?.fast.normalised), "slow": SummaryValue(plane?.slow.normalised),
            "scans": .list(views.map(\.tree)), "source": .origin(origin),
        ])
    }
}

extension PanelView {
    var tree: SummaryValue {
        .members([
            "scan": SummaryValue(scan), "beam_centre_px": SummaryValue(centre?.pixels),
            "beam_centre_mm": SummaryValue(centre?.millimetres),
            "distance_mm": SummaryValue(centre?.distance.magnitude),
            "perpendicular_distance_mm": SummaryValue(perpendicularDistance),
            "beam": .text(meeting?.word ?? "not known"), "swing_axis": SummaryValue(swing?.axis.text),
            "swing_deg": SummaryValue(swing?.angle), "origin_mm": SummaryValue(plane?.origin),
            "fast": SummaryValue(plane?.fast.normalised), "slow": SummaryValue(plane?.slow.normalised),
            "resolution_edge_angstrom": SummaryValue(resolution?.edgeSpacing),
            "resolution_corner_angstrom": SummaryValue(resolution?.cornerSpacing), "source": .origin(origin),
        ])
    }
}

extension BeamMeeting {
    /// How the beam meets the panel, in words.
    public var word: String {
        switch self {
        case .hits: "meets the plane of the panel"
        case .upstream: "panel stands on the source side"
        case .edgeOn: "panel is seen edge-on"
        case .noPlane: "panel has no plane"
        }
    }
}
