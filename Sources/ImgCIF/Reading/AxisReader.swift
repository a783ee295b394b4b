// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction

/// Reads AXIS, and what the rest of a block says about the use of each axis.
struct AxisReader {
    let block: SourcedBlock
    private let axis: Table
    /// Ids listed in DIFFRN_MEASUREMENT_AXIS and in DIFFRN_DETECTOR_AXIS, with the place of the first mention.
    private let measured: [String: Place]
    private let detected: [String: Place]

    init(block: SourcedBlock) {
        self.block = block
        axis = Table("axis", in: block)
        measured = Self.places(of: "axis_id", in: Table("diffrn_measurement_axis", in: block))
        detected = Self.places(of: "axis_id", in: Table("diffrn_detector_axis", in: block))
    }

    private static func places(of item: String, in table: Table) -> [String: Place] {
        var found: [String: Place] = [:]
        for row in table.rows {
            guard let id = table.text(item, row), found[id] == nil else { continue }
            found[id] = table.place(item, row)
        }
        return found
    }

    /// Every row of AXIS that has an id, in the order of the file.
    func axes() -> [Axis] {
        axis.rows.compactMap { row -> Axis? in
            guard let id = axis.sourcedText("id", row) else { return nil }
            var read = Axis(
                id: AxisID(id.value), motion: motion(row), equipment: equipment(id.value, row),
                dependsOn: dependsOn(row), vector: vector("vector", row), offset: vector("offset", row),
                place: axis.place("id", row))
            for (item, kind) in [("vector", AxisFault.Kind.vectorUnusable), ("offset", .offsetUnusable)] {
                guard let unknown = unknown(item, row) else { continue }
                read.faults.append(
                    AxisFault(kind: kind, found: unknown.value, place: unknown.origin.place ?? read.place))
            }
            if let column = axis.column("depends_on"), row < column.count, column.raw(row) == "?" {
                read.faults.append(
                    AxisFault(kind: .parentUnknown, found: "?", place: axis.place("depends_on", row)))
            }
            if let mount = axis.sourcedText("rotation_axis", row) {
                read.mount = Mount(axis: AxisID(mount.value), angle: axis.number("rotation", row)?.value ?? 0)
            }
            if let system = axis.sourcedText("system", row), system.value.lowercased() != "laboratory" {
                read.system = system
            }
            return read
        }
    }

    private func motion(_ row: Int) -> Sourced<AxisMotion> {
        if let unknown = axis.unknown("type", row), unknown.value == "?" { return unknown.map { .unknown($0) } }
        guard let text = axis.sourcedText("type", row) else { return Sourced(.general, .defaulted(item: "_axis.type")) }
        return text.map {
            switch $0.lowercased() {
            case "rotation": .rotation
            case "translation": .translation
            case "general": .general
            default: .unknown($0)
            }
        }
    }

    /// Membership in a device outranks the word of `_axis.equipment`, unless that names the source or gravity.
    private func equipment(_ id: String, _ row: Int) -> Sourced<Equipment> {
        let stated = axis.sourcedText("equipment", row)?.map(Self.equipment)
        if let stated, stated.value == .source || stated.value == .gravity { return stated }
        switch (measured[id], detected[id]) {
        case (let place?, nil): return Self.either(stated, .goniometer, place)
        case (nil, let place?): return Self.either(stated, .detector, place)
        default: return stated ?? Sourced(.general, .defaulted(item: "_axis.equipment"))
        }
    }

    private static func either(_ stated: Sourced<Equipment>?, _ listed: Equipment, _ place: Place) -> Sourced<Equipment>
    {
        if let stated, stated.value == listed { return stated }
        return Sourced(listed, .stated(place))
    }

    private static func equipment(_ word: String) -> Equipment {
        switch word.lowercased() {
        case "goniometer": .goniometer
        case "detector": .detector
        case "source": .source
        case "gravity": .gravity
        case "general": .general
        default: .unknown(word)
        }
    }

    private func dependsOn(_ row: Int) -> Sourced<AxisID?> {
        if let text = axis.sourcedText("depends_on", row) { return text.map { AxisID($0) } }
        guard axis.column("depends_on") != nil else { return Sourced(nil, .defaulted(item: "_axis.depends_on")) }
        return Sourced(nil, .stated(axis.place("depends_on", row)))
    }

    /// The first of three components that is there and no number.
    private func unknown(_ item: String, _ row: Int) -> Sourced<String>? {
        (1...3).lazy.compactMap { axis.unknown("\(item)[\($0)]", row) }.first
    }

    /// Three components; an absent one is 0, as the dictionary has it, and an unknown one is no number.
    private func vector(_ item: String, _ row: Int) -> Sourced<Vector3> {
        let parts = (1...3).map { axis.number("\(item)[\($0)]", row) }
        let values = (1...3).map { number in
            parts[number - 1]?.value ?? (axis.unknown("\(item)[\(number)]", row) == nil ? 0 : Double.nan)
        }
        let value = Vector3(values[0], values[1], values[2])
        guard let first = parts.lazy.compactMap({ $0 }).first else {
            return Sourced(value, .defaulted(item: "_axis.\(item)"))
        }
        return Sourced(value, first.origin)
    }

    /// Every mention of an axis outside `_axis.id`; one for each distinct id and item, at its first place.
    func mentions() -> [AxisMention] {
        let items = [
            ("axis", "depends_on"), ("axis", "rotation_axis"), ("array_structure_list_axis", "axis_id"),
            ("diffrn_detector_axis", "axis_id"), ("diffrn_measurement_axis", "axis_id"),
            ("diffrn_scan_axis", "axis_id"), ("diffrn_scan_frame_axis", "axis_id"),
        ]
        var mentions: [AxisMention] = []
        for (category, item) in items {
            let table = Table(category, in: block)
            guard let column = table.column(item) else { continue }
            let (codes, names) = column.codes()
            var seen = [Bool](repeating: false, count: names.count)
            for (row, code) in codes.enumerated() {
                guard let index = Int(exactly: code), index < names.count, !seen[index] else { continue }
                seen[index] = true
                mentions.append(
                    AxisMention(
                        axis: AxisID(names[index]), item: "_\(category).\(item)",
                        place: column.place(row, in: table.source)))
            }
        }
        return mentions
    }
}
