// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import JSON

/// A goniometer of an experiment list as a chain of axes.
struct DIALSGoniometer {
    /// An axis with its constant angle; the scan turns the one that `isScanned`.
    struct Link {
        var axis: Axis
        var angle: Double
        var isScanned: Bool
    }

    private let value: JSONValue
    private let place: Place

    init(_ value: JSONValue, source: SourceID) {
        self.value = value
        place = .file(source)
    }

    /// Innermost first; empty when the list gives no usable axis.
    func chain() -> [Link] {
        if let axes = value["axes"]?.elements { return several(axes) }
        guard let axis = DIALSReader.vector(value["rotation_axis"]) else { return [] }
        var parts: [(name: String, vector: Vector3, angle: Double, isScanned: Bool)] = []
        if let fixed = Self.rotation(value["fixed_rotation"]) {
            parts.append(("fixed_rotation", fixed.axis, fixed.angle, false))
        }
        parts.append(("omega", axis, 0, true))
        if let setting = Self.rotation(value["setting_rotation"]) {
            parts.append(("setting_rotation", setting.axis, setting.angle, false))
        }
        return link(parts)
    }

    private func several(_ axes: [JSONValue]) -> [Link] {
        let names = value["names"]?.elements?.map { $0.string ?? "" } ?? []
        let angles = value["angles"]?.elements?.map { $0.double ?? 0 } ?? []
        let scanned = value["scan_axis"]?.integer ?? 0
        var parts: [(name: String, vector: Vector3, angle: Double, isScanned: Bool)] = []
        var taken: Set<String> = []
        for (index, axis) in axes.enumerated() {
            guard let vector = DIALSReader.vector(axis) else { return [] }
            var name = index < names.count && !names[index].isEmpty ? names[index] : "axis_\(index + 1)"
            if !taken.insert(name).inserted { name += "_\(index + 1)" }
            parts.append((name, vector, index < angles.count ? angles[index] : 0, index == scanned))
        }
        return link(parts)
    }

    private func link(_ parts: [(name: String, vector: Vector3, angle: Double, isScanned: Bool)]) -> [Link] {
        let stated = Origin.stated(place)
        return parts.enumerated().map { index, part in
            let outer = index + 1 < parts.count ? AxisID(parts[index + 1].name) : nil
            let axis = Axis(
                id: AxisID(part.name), motion: Sourced(.rotation, stated), equipment: Sourced(.goniometer, stated),
                dependsOn: Sourced(outer, stated), vector: Sourced(part.vector, stated),
                offset: Sourced(.zero, .defaulted(item: "goniometer")), place: place)
            return Link(axis: axis, angle: part.angle, isScanned: part.isScanned)
        }
    }

    /// Axis and angle in degrees of a rotation of nine numbers, row by row; nil when it turns nothing.
    private static func rotation(_ value: JSONValue?) -> (axis: Vector3, angle: Double)? {
        guard let m = value?.elements?.compactMap(\.double), m.count == 9 else { return nil }
        let matrix = Matrix3(rows: Vector3(m[0], m[1], m[2]), Vector3(m[3], m[4], m[5]), Vector3(m[6], m[7], m[8]))
        // The antisymmetric part is the axis times the sine; near half a turn the symmetric part is better conditioned.
        let twist = 0.5 * Vector3(m[7] - m[5], m[2] - m[6], m[3] - m[1])
        let cosine = min(1, max(-1, (matrix.trace - 1) / 2))
        let angle = Vector3(cosine, twist.length, 0).angle(to: .unitX)
        guard angle > 1e-9 else { return nil }
        if let axis = twist.normalised, angle < 179 { return (axis, angle) }
        let squares = [m[0], m[4], m[8]].map { max(0, ($0 - cosine) / (1 - cosine)) }
        guard let greatest = squares.indices.max(by: { squares[$0] < squares[$1] }) else { return nil }
        let row = [matrix.first, matrix.second, matrix.third][greatest]
        let column = [matrix.transposed.first, matrix.transposed.second, matrix.transposed.third][greatest]
        let unit = [Vector3.unitX, .unitY, .unitZ][greatest]
        guard var axis = (0.5 * (row + column) - cosine * unit).normalised else { return nil }
        if axis.dot(twist) < 0 { axis = -axis }
        return (axis, angle)
    }
}

/// A scan of an experiment list, old form (`oscillation`) or new (`properties`).
struct DIALSScan {
    let range: ClosedRange<Int>?
    private let value: JSONValue?
    private let chain: [DIALSGoniometer.Link]
    private let place: Place

    init(_ value: JSONValue?, chain: [DIALSGoniometer.Link], source: SourceID) {
        self.value = value
        place = .file(source)
        self.chain = chain
        let numbers = value?["image_range"]?.elements?.compactMap(\.integer) ?? []
        range = numbers.count == 2 && numbers[0] <= numbers[1] ? numbers[0]...numbers[1] : nil
    }

    func scan(id: String) -> Scan {
        let count = range.map { range in
            let (span, overflow) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
            return overflow || span == .max ? 1 : span + 1
        }
        let axes = chain.map { link in
            ScanAxis(
                axis: link.axis.id, settings: link.isScanned ? settings(link) : .constant(link.angle), place: place)
        }
        var scan = Scan(
            id: id, frameCount: Sourced(count ?? 1, count == nil ? .derived("a still") : .stated(place)), axes: axes,
            place: place)
        let times = properties["exposure_time"]?.elements?.compactMap(\.double) ?? []
        if let first = times.first, first > 0 {
            let isConstant = times.allSatisfy { $0 == first }
            scan.exposure = Sourced(isConstant ? [first] : times, .stated(place))
        }
        return scan
    }

    private var properties: JSONValue { value?["properties"] ?? value ?? .null }

    private func settings(_ link: DIALSGoniometer.Link) -> SettingSeries {
        let numbers = properties["oscillation"]?.elements?.compactMap(\.double) ?? []
        guard let start = numbers.first else { return .constant(link.angle) }
        if value?["properties"] == nil {
            return numbers.count == 2 && numbers[1] != 0
                ? .uniform(start: start, step: numbers[1], increment: numbers[1]) : .constant(start)
        }
        let width =
            properties["oscillation_width"]?.elements?.first?.double ?? properties["oscillation_width"]?.double
        if numbers.count > 1 {
            let step = numbers[1] - start
            let ends = numbers.enumerated().map { index, first in
                index + 1 < numbers.count ? numbers[index + 1] : first + step
            }
            return .explicit(starts: numbers, ends: ends)
        }
        guard let width, width != 0 else { return .constant(start) }
        return .uniform(start: start, step: width, increment: width)
    }
}
