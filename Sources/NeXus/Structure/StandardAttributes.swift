// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Attributes that every field may have, and what they take.
///
/// - Source: nxdl.xsd, fieldType; NeXus manual, attributes of data.
enum StandardAttributes {
    /// Judged by their own rules on fields, whatever a definition says of their type.
    static let areOfFields: Set<String> = [
        "signal", "axis", "primary", "interpretation", "calibration_status", "stride", "data_offset", "axes",
    ]

    /// Items that hold one string.
    static func isOneString(_ name: String) -> Bool {
        [
            "title", "definition", "depends_on", "units", "signal", "default", "target", "transformation_type",
        ].contains(name)
    }

    static let interpretations: Set<String> = [
        "scalar", "scaler", "spectrum", "image", "rgb-image", "rgba-image", "hsl-image", "hsla-image", "cmyk-image",
        "vertex",
    ]

    static let calibrations: Set<String> = ["Nominal", "Measured"]
}
