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

    /// Items that the dictionary calls pointers in its prose, without `_name.linked_item_id`.
    ///
    /// `_axis.rotation_axis` is followed by AXIS-001, and `_map.entry_id` points to a category that no dictionary defines.
    static let unstatedLinks = [
        "_array_element_size.array_id": "_array_structure.id",
        "_array_structure_list.array_section_id": "_array_structure_list_section.id",
        "_diffrn_detector_element.detector_id": "_diffrn_detector.id",
        "_diffrn_radiation.wavelength_id": "_diffrn_radiation_wavelength.id",
        "_diffrn_scan_axis.diffrn_id": "_diffrn.id",
        "_diffrn_scan_collection.scan_id": "_diffrn_scan.id",
        "_diffrn_scan_frame_monitor.scan_id": "_diffrn_scan.id",
        "_map_segment.array_id": "_array_structure.id",
        "_map_segment.binary_id": "_array_data.binary_id",
        "_map_segment.map_id": "_map.id",
        "_map_segment.mask_array_id": "_array_structure.id",
        "_map_segment.mask_array_section_id": "_array_structure_list_section.id",
        "_map_segment.mask_binary_id": "_array_data.binary_id",
    ]

    /// Links that other rules follow: those to axes AXIS-001, to sets of pixel axes PIXEL-002, from frames to their data
    /// LINK-004, and to the ends of scans LINK-008.
    static func isFollowedElsewhere(_ item: String, _ parent: String) -> Bool {
        parent == "_axis.id" || linksElsewhere.contains(item)
    }

    private static let linksElsewhere: Set<String> = [
        "_array_structure_list.axis_set_id", "_diffrn_scan_frame.frame_id", "_diffrn_data_frame.binary_id",
        "_diffrn_scan.frame_id_start", "_diffrn_scan.frame_id_end",
    ]

    /// Two names that files use for one item, which no alias joins.
    static let sameItem = ["_diffrn_radiation_wavelength.wavelength": "_diffrn_radiation_wavelength.value"]
}
