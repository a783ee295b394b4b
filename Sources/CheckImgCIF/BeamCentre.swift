// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction

extension CheckImgCIF {
    /// With every axis at zero the beam meets the face of the detector.
    static func beamCentre(_ items: Items, _ log: inout Log) throws(Stop) {
        let precedences = try integers("_array_structure_list.precedence", items)
        let dimensions = try integers("_array_structure_list.dimension", items)
        var pixels: [(axis: SurfaceAxis, dimension: Int)] = []
        for precedence in [1, 2] {
            guard let row = precedences.firstIndex(of: precedence), dimensions.indices.contains(row) else {
                throw Stop("no _array_structure_list.precedence is \(precedence)")
            }
            pixels.append((try surfaceAxis(ofArrayRow: row, items), dimensions[row]))
        }
        let (fast, slow) = (pixels[0].axis, pixels[1].axis)
        guard fast.origin == slow.origin else {
            throw Stop(
                "the pixel axes begin at (\(words(fast.origin))) and (\(words(slow.origin)))",
                limit: (fast.origin - slow.origin).length <= 1e-6 ? "it wants equal origins to the last digit" : nil)
        }
        let determinant = fast.vector.x * slow.vector.y - fast.vector.y * slow.vector.x
        guard determinant != 0 else { throw Stop("the pixel axes are parallel in X and Y") }
        let o = fast.origin
        let along = [
            (o.y * slow.vector.x - o.x * slow.vector.y) / determinant,
            (o.x * fast.vector.y - o.y * fast.vector.x) / determinant,
        ]
        for (name, (pixel, distance)) in zip(["fast", "slow"], zip(pixels, along)) {
            let index = (distance - pixel.axis.displacement) / pixel.axis.increment
            if index < 0 || index > Double(pixel.dimension) {
                log.fail(
                    "with all axes at zero the \(name) index of the beam is \(words(index)), on \(pixel.dimension) pixels",
                    limit: "it places the detector with all axes at zero, wherever it stood")
            }
        }
        log.remark("with all axes at zero the beam meets the face; the settings of the scans are not looked at")
    }

    /// An axis along a side of the face, with every axis at zero.
    private struct SurfaceAxis {
        var origin: Vector3
        var vector: Vector3
        var displacement: Double
        var increment: Double
    }

    private static func integers(_ name: String, _ items: Items) throws(Stop) -> [Int] {
        var result: [Int] = []
        for cell in try items.values(name) { result.append(try cell.integer(name)) }
        return result
    }

    private static func surfaceAxis(ofArrayRow row: Int, _ items: Items) throws(Stop) -> SurfaceAxis {
        let list = "_array_structure_list_axis."
        let set = try items.values("_array_structure_list.axis_set_id")
        let sets = try items.values(list + "axis_set_id")
        guard set.indices.contains(row), let place = sets.firstIndex(of: set[row]) else {
            throw Stop("an axis set of the array is not described")
        }
        func cell(_ item: String) throws(Stop) -> Cell {
            let values = try items.values(list + item)
            return place < values.count ? values[place] : .missing
        }
        let axes = items.loop("_axis.id")
        var rows: [Cell: Int] = [:]
        for row in (0..<axes.count).reversed() { rows[try axes.value("_axis.id", row)] = row }
        let id = try cell("axis_id")
        guard let start = rows[id] else { throw Stop("axis \(id.words) is not in the loop of axes") }
        return SurfaceAxis(
            origin: try origin(ofRow: start, in: axes, rows), vector: try vector("vector", axes, start),
            displacement: try cell("displacement").number(list + "displacement"),
            increment: try cell("displacement_increment").number(list + "displacement_increment"))
    }

    /// With every axis at zero nothing turns, and offsets add up.
    private static func origin(ofRow start: Int, in axes: Rows, _ rows: [Cell: Int]) throws(Stop) -> Vector3 {
        var origin = Vector3(0, 0, 0)
        var row = start
        for _ in 0..<axes.count {
            origin = origin + (try vector("offset", axes, row))
            let parent = try axes.value("_axis.depends_on", row)
            if parent == .nothing { return origin }
            guard let next = rows[parent] else {
                throw Stop("axis \(parent.words) is not in the loop of axes")
            }
            row = next
        }
        throw Stop("the axes of the detector run in a circle")
    }

    private static func vector(_ item: String, _ axes: Rows, _ row: Int) throws(Stop) -> Vector3 {
        func component(_ index: Int) throws(Stop) -> Double {
            let name = "_axis.\(item)[\(index)]"
            return try axes.value(name, row).number(name)
        }
        return Vector3(try component(1), try component(2), try component(3))
    }

    private static func words(_ v: Vector3) -> String { [v.x, v.y, v.z].map(words).joined(separator: ", ") }
}
