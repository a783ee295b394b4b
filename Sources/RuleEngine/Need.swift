// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
public import Findings

/// What a rule reads and cannot judge without: where it is there and was not read, the engine says so for the rule.
///
/// A need that no rule declares is one that nobody judges with; a test takes each away and looks at what changes.
public enum Need: Sendable, Hashable, CaseIterable {
    case wavelength, energy, polarisation, probe
    /// Exposure and period of a frame.
    case exposure, period
    /// Number of images that the detector announces.
    case imageCount
    case saturation, underload, scaling, bitDepth
    case sensorThickness, sensorMaterial, detectorName
    /// Distance and beam centre as stated.
    case distance, beamCentre
    case pixelSize, moduleSize, moduleOrigin
    /// What attenuators let through, and what meets the sample.
    case transmission, flux
    case temperature, title, identifier, places, sample, times
    /// Values of the axes that carry sample and panels.
    case settings
    /// Ends and increments of the settings of each frame.
    case sweeps

    /// Names under which readers keep what they could not read.
    public var names: [String] {
        switch self {
        case .wavelength:
            ["incident_wavelength", "incident_wavelength_weights", "incident_wavelength_weight", "wavelength"]
        case .energy: ["incident_energy"]
        case .polarisation: ["incident_polarization_stokes", "incident_polarisation_stokes"]
        case .probe: ["probe", "type"]
        case .exposure: ["count_time"]
        case .period: ["frame_time"]
        case .imageCount: ["nimages", "ntrigger"]
        case .saturation: ["saturation_value"]
        case .underload: ["underload_value"]
        case .scaling: ["data_scaling_factor"]
        case .bitDepth: ["bit_depth_readout", "bit_depth_image"]
        case .sensorThickness: ["sensor_thickness"]
        case .sensorMaterial: ["sensor_material"]
        case .detectorName: ["description"]
        case .distance: ["distance", "detector_distance"]
        case .beamCentre: ["beam_center_x", "beam_center_y"]
        case .pixelSize: ["x_pixel_size", "y_pixel_size"]
        case .moduleSize: ["data_size"]
        case .moduleOrigin: ["data_origin"]
        case .transmission: ["attenuator_transmission"]
        case .flux: ["total_flux", "flux", "total_flux_integrated", "flux_integrated"]
        case .temperature: ["temperature"]
        case .title: ["title"]
        case .identifier: ["doi"]
        case .places: ["name", "type"]
        case .sample: ["name"]
        case .times: ["start_time", "end_time", "end_time_estimated"]
        case .settings: ["depends_on", "omega"]
        case .sweeps: ["_end", "_increment_set", "omega_end"]
        }
    }

    /// What of it an experiment has and was not read; nil where all was read, or nothing is there.
    public func reason(in experiment: Experiment) -> Reason? {
        let items = names.compactMap { experiment.unread[$0] }
        if let item = items.first(where: { !$0.isLost }) { return .unread(item.sentence) }
        if let item = items.first { return .absent(item.sentence) }
        if self == .settings {
            for axis in experiment.axes {
                guard let fault = axis.faults.first(where: { $0.kind == .valueUnread }) else { continue }
                return .unread("the value of '\(axis.id)' is \(fault.found)")
            }
        }
        return nil
    }

    /// Where it was not read the rule does not look at the experiment; panels and axes are passed over one by one.
    func isOfWhole(_ experiment: Experiment) -> Bool {
        self != .settings || names.contains { experiment.unread[$0] != nil }
    }
}
