// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A miniCBF of 16 x 8 pixels without compression, with the given header lines.
///
/// - Parameter pixels: 128 unsigned ones of 8 bits, 16 along fast.
public func miniCBF(
    name: String = "a_00001", _ lines: [String], pixels: [UInt8] = [UInt8](repeating: 7, count: 128)
) -> [UInt8] {
    let head = """
        ###CBF: VERSION 1.5
        data_\(name)
        _array_data.header_convention "PILATUS_1.2"
        _array_data.header_contents
        ;
        \(lines.joined(separator: "\n"))
        ;
        _array_data.data
        ;
        --CIF-BINARY-FORMAT-SECTION--
        Content-Type: application/octet-stream
        Content-Transfer-Encoding: BINARY
        X-Binary-Size: 128
        X-Binary-ID: 1
        X-Binary-Element-Type: "unsigned 8-bit integer"
        X-Binary-Size-Fastest-Dimension: 16
        X-Binary-Size-Second-Dimension: 8
        X-Binary-Size-Padding: 0

        """
    return Array(head.utf8) + [10, 0x0C, 0x1A, 0x04, 0xD5] + pixels
        + Array("\n--CIF-BINARY-FORMAT-SECTION----\n;\n".utf8)
}

/// Header lines of one image, in the usual form.
public let usualHeader = [
    "# Detector: EXAMPLE 16x8, S/N 00-0000",
    "# 2026-01-01T10:00:00.000",
    "# Pixel_size 172e-6 m x 172e-6 m",
    "# Silicon sensor, thickness 0.000320 m",
    "# Exposure_time 0.0090000 s",
    "# Exposure_period 0.0100000 s",
    "# Count_cutoff 100000 counts",
    "# Wavelength 1.00000 A",
    "# Detector_distance 0.10000 m",
    "# Beam_xy (8.00, 4.00) pixels",
    "# Start_angle 10.0000 deg.",
    "# Angle_increment 0.1000 deg.",
    "# Detector_2theta 0.0000 deg.",
    "# Oscillation_axis omega",
]
