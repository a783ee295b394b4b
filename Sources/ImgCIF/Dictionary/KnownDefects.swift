// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CIF

/// Items that other rules look after, and defects of the dictionaries that are passed over by name.
///
/// - Source: imgcif.md section 6.4; the column test of rules.tsv.
enum KnownDefects {
    /// Words that DATA-007, AXIS-006 and AXIS-020 judge.
    static let statesElsewhere: Set<String> = [
        "_array_data_external_data.format", "_array_data_external_data.archive_format", "_axis.type", "_axis.system",
    ]

    /// Numbers that SCAN-007, BEAM-001 and META-009 judge.
    static let rangesElsewhere: Set<String> = [
        "_diffrn_scan_frame.frame_number", "_diffrn_radiation_wavelength.value",
        "_diffrn_radiation_wavelength.wavelength", "_diffrn.ambient_temperature",
    ]

    /// Dates that SCAN-016 judges.
    static let typesElsewhere: Set<String> = [
        "_diffrn_scan_frame.date", "_diffrn_scan.date_start", "_diffrn_scan.date_end",
        "_diffrn_scan.date_end_estimated",
    ]

    /// Keys that AXIS-003 judges.
    static let keysElsewhere: Set<String> = ["axis"]

    /// Items that tell rows apart beside the key, as files of several panels in one array use them.
    static let keysBeside = ["array_structure_list": ["_array_structure_list.array_section_id"]]

    /// A key that multi_block_core 1.1.0 added and no file has.
    static let newKey = "_diffrn_radiation_wavelength.radiation_id"

    /// Names that the prose of the dictionary deprecates, and what it names instead.
    static let deprecated: [String: String] = [
        "_diffrn_detector_element.center[1]": "_diffrn_data_frame.center_fast",
        "_diffrn_detector_element.center[2]": "_diffrn_data_frame.center_slow",
    ]

    /// The category that DIFFRN_DATA_FRAME was until its name changed.
    static let formerCategory = (name: "diffrn_frame_data", now: "_diffrn_data_frame")

    /// cif_core replaced it, cif_img defines it anew, and the reference checker asks for it: advice only where nothing
    /// else says what it says.
    static let radiationType = (
        old: "_diffrn_radiation.type", others: ["_diffrn_radiation_wavelength.type", "_diffrn_radiation.probe"]
    )

    /// Two names that files use for one item, which no alias joins.
    static let sameItem = ["_diffrn_radiation_wavelength.wavelength": "_diffrn_radiation_wavelength.value"]
}
