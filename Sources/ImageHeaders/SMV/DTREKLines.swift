// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction

/// The lines of an SMV header as d*TREK writes it, in the words of SMV: several numbers stand on one line there, and names
/// beside them tell which is which.
///
/// Each line keeps the place of the one that it was taken from. What SMV words say already is left to them.
/// - Source: d*TREK 9, image file format (Rigaku); cctbx/dxtbx:src/dxtbx/format/FormatSMVRigaku.py.
struct DTREKLines {
    private let entries: [ImageHeader.Entry]
    private let byKey: [String: ImageHeader.Entry]

    /// Nil for a header that d*TREK did not write.
    init?(_ entries: [ImageHeader.Entry]) {
        self.entries = entries
        byKey = Dictionary(
            entries.map { ($0.key.uppercased(), $0) }, uniquingKeysWith: { first, _ in first })
        guard byKey["DETECTOR_NAMES"] != nil, byKey["ROTATION"] != nil || byKey["SOURCE_WAVELENGTH"] != nil else {
            return nil
        }
    }

    /// The lines in the words of SMV.
    var inWordsOfSMV: [ImageHeader.Entry] {
        var lines: [ImageHeader.Entry] = []
        func add(_ key: String, _ value: String?, _ source: ImageHeader.Entry?) {
            guard let value, let source, byKey[key]?.value.isEmpty ?? true else { return }
            lines.append(
                ImageHeader.Entry(key: key, value: value, offset: source.offset, source: source.source))
        }
        let prefix = (words(byKey["DETECTOR_NAMES"]).first ?? "").uppercased()
        // A count of wavelengths stands in front of them.
        let wavelength = byKey["SCAN_WAVELENGTH"] ?? byKey["SOURCE_WAVELENGTH"]
        add("WAVELENGTH", words(wavelength).dropFirst().first, wavelength)
        let settings = byKey[prefix + "GONIO_VALUES"]
        let names = words(byKey[prefix + "GONIO_NAMES"]).map { $0.lowercased() }
        let units = words(byKey[prefix + "GONIO_UNITS"])
        for (key, part) in [("DISTANCE", "dist"), ("TWOTHETA", "swing")] {
            guard let index = names.firstIndex(where: { $0.contains(part) }), words(settings).indices.contains(index)
            else { continue }
            let unit = units.indices.contains(index) ? " " + units[index] : ""
            add(key, words(settings)[index] + unit, settings)
        }
        let surface = byKey[prefix + "SPATIAL_DISTORTION_INFO"]
        let numbers = words(surface)
        if numbers.count >= 4 {
            if Double(numbers[2]) == Double(numbers[3]) { add("PIXEL_SIZE", numbers[2], surface) }
            add(Self.centreX, numbers[0], surface)
            add(Self.centreY, numbers[1], surface)
        }
        // Start, end, increment, exposure.
        let rotation = byKey["ROTATION"]
        if words(rotation).count >= 4 {
            add("OSC_START", words(rotation)[0], rotation)
            add("OSC_RANGE", words(rotation)[2], rotation)
            add("TIME", words(rotation)[3], rotation)
        }
        add("AXIS", words(byKey["ROTATION_AXIS_NAME"]).first, byKey["ROTATION_AXIS_NAME"])
        // Beyond the stored type it is meant for counts before they were divided by a ratio.
        let limit = words(byKey["SATURATED_VALUE"]).first
        let isShort = byKey["DATA_TYPE"]?.value.lowercased().hasPrefix("unsigned short") ?? true
        if !isShort || Double(limit ?? "") ?? 0 <= 65536 {
            add("CCD_IMAGE_SATURATION", limit, byKey["SATURATED_VALUE"])
        }
        let description = byKey[prefix + "DETECTOR_DESCRIPTION"]
        add("DETECTOR_SN", description?.value, description)
        return lines
    }

    /// Pixels from the outer corner of the first, along fast and slow.
    static let centreX = "SPATIAL_BEAM_X"
    static let centreY = "SPATIAL_BEAM_Y"

    private func words(_ entry: ImageHeader.Entry?) -> [String] {
        (entry?.value ?? "").split(separator: " ").map(String.init)
    }
}
