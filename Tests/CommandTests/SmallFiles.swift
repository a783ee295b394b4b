// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RuleCatalog
import RuleEngine
import TestSupport

/// Inputs of these tests, written by hand.
enum SmallFiles {
    /// One scan of five frames on one panel, nothing wrong with it.
    static let good = """
        #\\#CIF_1.1
        data_small
        _diffrn.id d1
        _diffrn_radiation.diffrn_id d1
        _diffrn_radiation.wavelength_id w1
        _diffrn_radiation_wavelength.id w1
        _diffrn_radiation_wavelength.value 0.9795
        _diffrn_measurement.diffrn_id d1
        _diffrn_measurement.id gon
        _diffrn_measurement.number_of_axes 1
        _diffrn_measurement_axis.measurement_id gon
        _diffrn_measurement_axis.axis_id omega
        _diffrn_detector.diffrn_id d1
        _diffrn_detector.id det
        _diffrn_detector.number_of_axes 1
        _diffrn_detector_axis.detector_id det
        _diffrn_detector_axis.axis_id dz
        _diffrn_detector_element.id e1
        _diffrn_detector_element.detector_id det
        loop_
        _axis.id
        _axis.type
        _axis.equipment
        _axis.depends_on
        _axis.vector[1]
        _axis.vector[2]
        _axis.vector[3]
        _axis.offset[1]
        _axis.offset[2]
        _axis.offset[3]
        omega rotation goniometer . 1 0 0 . . .
        source general source . 0 0 1 . . .
        gravity general gravity . 0 -1 0 . . .
        dz translation detector . 0 0 -1 0 0 0
        px translation detector dz 1 0 0 -50 50 0
        py translation detector px 0 -1 0 0 0 0
        loop_
        _array_structure_list.array_id
        _array_structure_list.index
        _array_structure_list.dimension
        _array_structure_list.precedence
        _array_structure_list.direction
        _array_structure_list.axis_set_id
        a1 1 1000 1 increasing fast
        a1 2 1000 2 increasing slow
        loop_
        _array_structure_list_axis.axis_set_id
        _array_structure_list_axis.axis_id
        _array_structure_list_axis.displacement
        _array_structure_list_axis.displacement_increment
        fast px 0.05 0.1
        slow py 0.05 0.1
        loop_
        _diffrn_scan_axis.scan_id
        _diffrn_scan_axis.axis_id
        _diffrn_scan_axis.angle_start
        _diffrn_scan_axis.angle_range
        _diffrn_scan_axis.angle_increment
        _diffrn_scan_axis.displacement_start
        _diffrn_scan_axis.displacement_range
        _diffrn_scan_axis.displacement_increment
        s1 omega 0 0.5 0.1 . . .
        s1 dz . . . 200 0 0
        _diffrn_scan.id s1
        _diffrn_scan.frames 5

        """

    /// The same with an axis chain that runs in a circle.
    static let circle = good.replacingOccurrences(of: "dz translation detector . ", with: "dz translation detector py ")

    /// A folder with the files, to be removed by the caller.
    static func write(to folder: URL) throws {
        try Data(good.utf8).write(to: folder.appendingPathComponent("good.cif"))
        try Data(circle.utf8).write(to: folder.appendingPathComponent("circle.cif"))
        try Data("plain text\n".utf8).write(to: folder.appendingPathComponent("notes.txt"))
        try Data("no HDF5\n".utf8).write(to: folder.appendingPathComponent("fake.h5"))
        try writeRules(to: folder.appendingPathComponent("rules"))
    }

    /// A folder of rules whose profile runs three of them, so that these tests stay as they are when rules come.
    private static func writeRules(to folder: URL) throws {
        let profiles = folder.appendingPathComponent("profiles")
        try FileManager.default.createDirectory(at: profiles, withIntermediateDirectories: true)
        for standard in ["imgcif", "nexus"] {
            try FileManager.default.createSymbolicLink(
                at: folder.appendingPathComponent(standard),
                withDestinationURL: Folder.checkout.appendingPathComponent("rules").appendingPathComponent(standard))
        }
        let kept: Set<RuleID> = ["AXIS-002", "SCAN-013", "SCAN-018", "FILE-001", "FILE-011"]
        let off = catalogue.filter { !kept.contains($0.id) }.map { "\"\($0.id)\": { off: \"not asked here\" }" }
        let text = "{ name: \"few\", rules: { \(off.joined(separator: ", ")) } }"
        try Data(text.utf8).write(to: profiles.appendingPathComponent("default.json5"))
    }
}
