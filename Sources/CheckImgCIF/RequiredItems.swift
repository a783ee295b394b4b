// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension CheckImgCIF {
    /// The items that the reference wants in every file, in its order.
    static let requiredNames = [
        "_array_structure_list.dimension", "_array_structure_list.index", "_array_structure_list.precedence",
        "_array_structure_list.direction", "_array_structure_list_axis.displacement_increment",
        "_array_structure_list_axis.displacement", "_diffrn_scan_axis.axis_id", "_diffrn_scan_axis.angle_start",
        "_diffrn_scan_axis.displacement_start", "_diffrn_scan_axis.angle_range",
        "_diffrn_scan_axis.displacement_increment", "_diffrn_scan_axis.displacement_range",
        "_diffrn_scan_axis.angle_increment", "_diffrn_scan.frames", "_axis.depends_on", "_axis.type", "_axis.vector[1]",
        "_axis.vector[2]", "_axis.vector[3]", "_axis.offset[1]", "_axis.offset[2]", "_axis.offset[3]",
        "_diffrn_radiation_wavelength.id", "_diffrn_radiation_wavelength.value", "_diffrn_radiation.type",
        "_array_data.array_id", "_array_data.binary_id",
    ]

    /// Names of the required items that a block lacks, the deprecated one first, and of those that have '?'.
    private static func gaps(_ block: Items) -> (absent: [String], unknown: [String]) {
        let deprecated = "_diffrn_radiation.type"
        let absent = requiredNames.filter { !block.has($0) }
        let unknown = requiredNames.filter(block.hasMissing)
        return (absent.filter { $0 == deprecated } + absent.filter { $0 != deprecated }, unknown)
    }

    /// Every required item is there, and none has a '?'.
    static func requiredItems(_ items: Items, _ log: inout Log) {
        let (absent, unknown) = gaps(items)
        for name in absent { log.fail("\(name) is absent", limit: limit(onAbsenceOf: name)) }
        for name in unknown { log.fail("\(name) has '?'") }
        log.remark("all \(requiredNames.count) items are there")
    }

    /// Items that the dictionary has a default for, or replaces by another.
    private static func limit(onAbsenceOf name: String) -> String? {
        if name == "_diffrn_radiation.type" {
            return "it asks for an item that the dictionaries have replaced by _diffrn_radiation_wavelength.type"
        }
        let isDefaulted = defaulted.contains { name.hasPrefix($0) }
        return isDefaulted ? "it asks for an item that the dictionary has a default for" : nil
    }

    private static let defaulted = [
        "_array_data.", "_array_structure_list_axis.displacement", "_axis.type", "_axis.vector[", "_axis.offset[",
        "_diffrn_scan_axis.angle_", "_diffrn_scan_axis.displacement_",
    ]
}
