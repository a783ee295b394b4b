// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Which fields are axes.
enum AxisFields {
    private static let ofModules: Set<String> = ["module_offset", "fast_pixel_direction", "slow_pixel_direction"]

    /// The axis that a field of end values or increments belongs to.
    static func axisName(of name: String) -> String? {
        for suffix in ["_increment_set", "_end"] where name.hasSuffix(suffix) {
            return String(name.dropLast(suffix.count))
        }
        return nil
    }

    static func isAxis(_ member: Member, in work: GroupWork, members: [Member], tree: NeXusTree) -> Bool {
        if let stem = axisName(of: member.name), members.contains(where: { $0.name == stem }) { return false }
        if work.className == "NXtransformations" { return true }
        if work.className == "NXdetector_module", ofModules.contains(member.name) { return true }
        return member.node.map { tree.attribute("vector", of: $0) != nil } ?? false
    }

    /// An attribute that is meant as `transformation_type`, as it seems.
    static func isMeantAsType(_ name: String) -> Bool {
        ["transformation", "transform_type", "transformationtype", "transformation-type", "type"].contains(
            name.lowercased())
    }
}
