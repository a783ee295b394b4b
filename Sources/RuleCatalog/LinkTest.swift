// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

/// One item that links to another, and how its values are met.
///
/// Linear in the number of rows: values are compared once each.
/// - Source: `_name.linked_item_id` of cif_img 1.8.9; imgcif.md 6.3.
struct LinkTest: Sendable {
    enum Verdict: Sendable, Hashable {
        case met
        /// One value on both sides, unlike.
        case assumed
        case ambiguous
        /// The category linked to is not in the block.
        case absent
    }

    let child: String
    let parent: String
    /// Distinct values of the parent column, in the order of the file.
    let parentValues: [String]
    /// Values that are not met, each with its places.
    let strays: [(value: String, places: [Place])]
    let verdict: Verdict

    var childCategory: String { Self.category(child) }
    var parentCategory: String { Self.category(parent) }

    /// Every link of a block whose pointing item is there; computed once for a view.
    static func all(_ view: TextView, _ block: CIF.Block) -> [LinkTest] {
        view.memo.result("links of \(block.offset)") {
            links.compactMap { child, parent in block.column(child).map { LinkTest($0, parent, block) } }
        }
    }

    private init(_ column: CIF.Column, _ parent: String, _ block: CIF.Block) {
        child = column.name
        self.parent = parent
        let target = block.column(parent)
        let known = target.map { Set($0.codes().names) } ?? []
        parentValues = target?.codes().names ?? []
        let (codes, names) = column.codes()
        var places: [UInt32: [Place]] = [:]
        for (row, code) in codes.enumerated() where code != .max && Int(code) < names.count {
            guard !known.contains(names[Int(code)]) else { continue }
            places[code, default: []].append(column.place(row))
        }
        strays = places.sorted { $0.key < $1.key }.map { (names[Int($0.key)], $0.value) }
        if strays.isEmpty {
            verdict = .met
        } else if block.category(Self.category(parent)) == nil {
            verdict = .absent
        } else if target == nil {
            // The key column itself is missing: DICT-005 and DICT-011 say so.
            verdict = .met
        } else {
            verdict = parentValues.count == 1 && names.count == 1 ? .assumed : .ambiguous
        }
    }

    private static func category(_ item: String) -> String {
        String(item.prefix { $0 != "." }.drop { $0 == "_" }).lowercased()
    }

    private static let links: [(child: String, parent: String)] = [
        ("_array_structure_list.array_id", "_array_structure.id"),
        ("_array_structure_list_section.array_id", "_array_structure.id"),
        ("_array_element_size.array_id", "_array_structure.id"),
        ("_array_intensities.array_id", "_array_structure.id"),
        ("_array_intensities.binary_id", "_array_data.binary_id"),
        ("_array_data.array_id", "_array_structure.id"),
        ("_array_data.external_data_id", "_array_data_external_data.id"),
        ("_diffrn_detector.diffrn_id", "_diffrn.id"),
        ("_diffrn_measurement.diffrn_id", "_diffrn.id"),
        ("_diffrn_radiation.diffrn_id", "_diffrn.id"),
        ("_diffrn_source.diffrn_id", "_diffrn.id"),
        ("_diffrn_scan.diffrn_id", "_diffrn.id"),
        ("_diffrn_detector_axis.detector_id", "_diffrn_detector.id"),
        ("_diffrn_detector_element.detector_id", "_diffrn_detector.id"),
        ("_diffrn_measurement_axis.measurement_id", "_diffrn_measurement.id"),
        ("_diffrn_radiation.wavelength_id", "_diffrn_radiation_wavelength.id"),
        ("_diffrn_scan_axis.scan_id", "_diffrn_scan.id"),
        ("_diffrn_scan_frame.scan_id", "_diffrn_scan.id"),
        ("_diffrn_scan_frame_axis.frame_id", "_diffrn_data_frame.id"),
        ("_diffrn_data_frame.array_id", "_array_structure.id"),
        ("_diffrn_data_frame.detector_element_id", "_diffrn_detector_element.id"),
    ]
}
