// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Names of groups, fields and attributes.
///
/// - Source: NeXus manual, naming conventions; reserved suffixes and prefixes.
enum ItemName {
    /// Whether nothing is wrong with a name.
    static func isGood(_ name: String) -> Bool {
        let bytes = name.utf8
        guard (1...63).contains(bytes.count), bytes.first != 0x2E, bytes.last != 0x2E else { return false }
        return bytes.allSatisfy { byte in
            switch byte {
            case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, 0x5F, 0x2E: true
            default: false
            }
        }
    }

    /// What is wrong with a name; nil for a good one.
    static func fault(of name: String) -> NameFault? {
        let bytes = Array(name.utf8)
        guard let first = bytes.first, let last = bytes.last else { return .empty }
        if bytes.count > 63 { return .long(bytes.count) }
        if let other = name.unicodeScalars.first(where: { !isInner($0) }) {
            return other == " " ? .blank : .character(other)
        }
        if first == 0x2E { return .leadingStop }
        return last == 0x2E ? .trailingStop : nil
    }

    private static func isInner(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", ".": true
        default: false
        }
    }

    private static let suffixes = [
        "_end", "_errors", "_increment_set", "_mask", "_set", "_weights", "_scaling_factor", "_offset",
    ]

    /// The name without its reserved suffix; nil where it has none.
    static func stem(of name: String) -> String? {
        let found = suffixes.filter { name.hasSuffix($0) && name.utf8.count > $0.utf8.count }
        guard let longest = found.max(by: { $0.utf8.count < $1.utf8.count }) else { return nil }
        return String(name.dropLast(longest.count))
    }

    /// A name that differs in capitals, or by one letter if it has more than three.
    static func nearest(to name: String, among names: [String]) -> String? {
        let folded = name.lowercased()
        if let same = names.first(where: { $0 != name && $0.lowercased() == folded }) { return same }
        guard folded.utf8.count > 3 else { return nil }
        return names.first { $0 != name && differsByOne(Array($0.lowercased().utf8), Array(folded.utf8)) }
    }

    private static func differsByOne(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard abs(one.count - other.count) <= 1 else { return false }
        let head = zip(one, other).prefix { $0 == $1 }.count
        let tail = zip(one.dropFirst(head).reversed(), other.dropFirst(head).reversed()).prefix { $0 == $1 }.count
        return max(one.count, other.count) - head - tail <= 1
    }
}

/// Names that belong to their owners or are known everywhere.
enum ReservedNames {
    private static let attributePrefixes = [
        "BLUESKY_", "DECTRIS_", "IDF_", "NDAttr", "NX_", "PDBX_", "SAS_", "SILX_", "IMAGE_", "PALETTE", "_Netcdf4",
    ]

    private static let attributes: Set<String> = [
        "NX_class", "units", "target", "long_name", "axes", "axis", "signal", "primary", "interpretation", "stride",
        "data_offset", "offset", "calibration_status", "custom", "default", "variant", "vector", "transformation_type",
        "depends_on", "offset_units", "equipment_component", "canSAS_class", "napimount", "CLASS", "NAME",
        "DIMENSION_LIST", "DIMENSION_LABELS", "REFERENCE_LIST", "_FillValue", "image_nr_low", "image_nr_high",
    ]

    /// Attributes of HDF5's own conventions, whose names are not judged.
    static func isForeign(_ name: String) -> Bool {
        ["CLASS", "NAME", "DIMENSION_LIST", "DIMENSION_LABELS", "REFERENCE_LIST", "_FillValue"].contains(name)
            || name.hasPrefix("IMAGE_") || name.hasPrefix("PALETTE") || name.hasPrefix("_Netcdf4")
    }

    /// Attributes that are known everywhere.
    static func isAttribute(_ name: String) -> Bool {
        attributes.contains(name) || name.hasSuffix("_indices") || name.hasSuffix("_custom")
            || attributePrefixes.contains { name.hasPrefix($0) }
    }

    static func isField(_ name: String) -> Bool { name.hasPrefix("DECTRIS_") || name.hasPrefix("identifier") }
}
