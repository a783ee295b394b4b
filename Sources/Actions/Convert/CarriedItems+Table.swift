// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The items of imgCIF that a conversion carries into fields of NXmx, by category; `*` stands for all of a category.
///
/// Keys, which end in `id`, are structure and carried with what they name.
/// - Source: docs/guide/convert.md.
enum CarriedItems {
    static let table: [String: Set<String>] = [
        "array_data": ["*"],
        "array_data_external_data": ["*"],
        "array_element_size": ["*"],
        "array_intensities": ["gain", "linearity", "offset", "overload", "scaling", "undefined_value", "underload"],
        "array_structure": ["*"],
        "array_structure_list": ["*"],
        "array_structure_list_axis": ["*"],
        "array_structure_list_section": ["*"],
        "audit_conform": ["*"],
        "axis": [
            "depends_on", "equipment", "equipment_component", "offset[1]", "offset[2]", "offset[3]", "rotation",
            "rotation_axis", "type", "vector[1]", "vector[2]", "vector[3]",
        ],
        "diffrn": ["ambient_temperature"],
        "diffrn_data_frame": ["center_derived", "center_fast", "center_slow", "center_units"],
        "diffrn_detector": [
            "description", "detector", "dtime", "gain_setting", "layer_thickness", "number_of_axes", "type",
        ],
        "diffrn_detector_axis": ["*"],
        "diffrn_detector_element": ["reference_center_fast", "reference_center_slow", "reference_center_units"],
        "diffrn_measurement": ["number_of_axes", "sample_detector_distance"],
        "diffrn_measurement_axis": ["*"],
        "diffrn_radiation": [
            "beam_flux", "beam_flux_density", "beam_incident_flux", "div_x_source", "div_x_y_source", "div_y_source",
            "monochromator", "polarizn_source_norm", "polarizn_source_ratio", "polarizn_stokes_i", "polarizn_stokes_q",
            "polarizn_stokes_u", "polarizn_stokes_v", "probe",
        ],
        "diffrn_radiation_wavelength": ["value", "wavelength", "wt"],
        "diffrn_scan": [
            "date_end", "date_end_estimated", "date_start", "frame_id_end", "frame_id_start", "frames",
            "integration_time",
        ],
        "diffrn_scan_axis": ["*"],
        "diffrn_scan_frame": [
            "date", "exposure_time", "frame_number", "integration_time", "polarizn_stokes_i", "polarizn_stokes_q",
            "polarizn_stokes_u", "polarizn_stokes_v", "time_period",
        ],
        "diffrn_scan_frame_axis": ["*"],
        "diffrn_source": ["current", "power", "source", "target", "type", "voltage"],
    ]

    /// Keys of comment headers and of SMV headers, in small letters, that are carried although they are no items of a table of
    /// headers.
    static let keys: Set<String> = [
        "adxv_center_x", "adxv_center_y", "beamline", "date", "denzo_x_beam", "denzo_y_beam", "denzo_xbeam",
        "denzo_ybeam",
        "dials_origin", "dim", "gain", "gain_setting", "header_bytes", "image_pedestal", "mosflm_center_x",
        "mosflm_center_y", "xds_orgx", "xds_orgy",
    ]

    /// Whether an item has a field.
    ///
    /// - Parameters:
    ///   - category: In small letters.
    ///   - item: Behind the point, in small letters.
    static func holds(_ category: String, _ item: String) -> Bool {
        if item == "id" || item.hasSuffix("_id") { return true }
        return table[category].map { $0.contains("*") || $0.contains(item) } ?? false
    }
}
