// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImgCIF
import Transport

/// Documents made from text in a test.
func readBlocks(_ text: String) -> [BlockReading] { CIF.Document.parse(ByteBuffer(Array(text.utf8))).readBlocks() }

/// A small description of two frames on a flat detector, in parts that tests exchange.
struct SmallFile {
    var head = """
        data_small
        _diffrn.id D
        _diffrn.crystal_id 'a crystal'
        _diffrn_radiation.probe x-ray
        loop_ _diffrn_radiation_wavelength.id _diffrn_radiation_wavelength.value
        1 0.9795
        """
    var axes = """
        loop_
        _axis.id _axis.type _axis.equipment _axis.depends_on
        _axis.vector[1] _axis.vector[2] _axis.vector[3] _axis.offset[1] _axis.offset[2] _axis.offset[3]
        omega rotation goniometer . 1 0 0 . . .
        phi rotation goniometer omega 0 0 1 . . .
        two_theta rotation detector . 1 0 0 . . .
        dist translation detector two_theta 0 0 -1 0 0 0
        px translation detector dist 1 0 0 -5 4 0
        py translation detector px 0 -1 0 0 0 0
        Source general SOURCE . 0 0 1 . . .
        down general Gravity . 0 -1 0 . . .
        """
    var detector = """
        _diffrn_detector.id det
        _diffrn_detector.diffrn_id D
        loop_ _diffrn_detector_axis.detector_id _diffrn_detector_axis.axis_id
        det two_theta
        det dist
        _diffrn_detector_element.id face
        _diffrn_detector_element.detector_id det
        """
    var arrays = """
        loop_
        _array_structure_list.array_id _array_structure_list.index _array_structure_list.precedence
        _array_structure_list.dimension _array_structure_list.direction _array_structure_list.axis_set_id
        A 1 1 100 increasing px
        A 2 2 80 increasing py
        loop_
        _array_structure_list_axis.axis_set_id _array_structure_list_axis.axis_id
        _array_structure_list_axis.displacement _array_structure_list_axis.displacement_increment
        px px 0.05 0.1
        py py 0.05 0.1
        _array_intensities.array_id A
        _array_intensities.binary_id 1
        _array_intensities.overload 65535
        """
    var scans = """
        loop_ _diffrn_scan.id _diffrn_scan.frames
        S1 2
        loop_
        _diffrn_scan_axis.scan_id _diffrn_scan_axis.axis_id _diffrn_scan_axis.angle_start
        _diffrn_scan_axis.angle_range _diffrn_scan_axis.angle_increment _diffrn_scan_axis.displacement_start
        _diffrn_scan_axis.displacement_range _diffrn_scan_axis.displacement_increment
        S1 omega 10.0 1.0 0.5 . . .
        S1 two_theta 30 0 0 . . .
        S1 dist . . . 200 0 0
        loop_
        _diffrn_scan_frame.frame_id _diffrn_scan_frame.scan_id _diffrn_scan_frame.frame_number
        _diffrn_scan_frame.integration_time
        f1 S1 1 0.1
        f2 S1 2 0.1
        """
    var data = """
        loop_
        _diffrn_data_frame.id _diffrn_data_frame.detector_element_id _diffrn_data_frame.array_id
        _diffrn_data_frame.binary_id
        f1 face A 1
        f2 face A 2
        loop_ _array_data.array_id _array_data.binary_id _array_data.external_data_id
        A 1 e1
        A 2 e2
        loop_
        _array_data_external_data.id _array_data_external_data.format _array_data_external_data.uri
        _array_data_external_data.path _array_data_external_data.frame
        e1 HDF5 https://example.org/a.h5 /entry/data 1
        e2 HDF5 https://example.org/a.h5 /entry/data 2
        """

    var text: String { [head, axes, detector, arrays, scans, data].joined(separator: "\n") + "\n" }
}
