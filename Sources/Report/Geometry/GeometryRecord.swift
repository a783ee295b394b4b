// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import JSON

/// What a drawing of the geometry shows, from the experiment as reports carry it; millimetres and unit vectors.
///
/// - Source: docs/schema/report-1.json, experiment.
struct GeometryRecord {
    /// One panel in the first frame of the first scan.
    struct Panel {
        let id: String
        let origin: Vector3
        /// From one pixel to the next.
        let fast, slow: Vector3
        let size: FastSlow<Int>
        /// The index at the outer edge of the first pixel.
        let start: Double

        func position(fast i: Double, slow j: Double) -> Vector3 { origin + i * fast + j * slow }

        /// The outline, from the first pixel along fast, slow, and back.
        var corners: [Vector3] {
            let (i, j) = (start + Double(size.fast), start + Double(size.slow))
            return [(start, start), (i, start), (i, j), (start, j)].map { position(fast: $0.0, slow: $0.1) }
        }
    }

    /// One axis in the first frame of the first scan.
    struct Axis {
        let id: String
        let type: String
        let isOfDetector: Bool
        let direction: Vector3
        let setting: Double?

        /// A drawing shows it: a rotation of the sample, an axis of the detector that does not stand at 0.
        var isDrawn: Bool {
            let isAway = isOfDetector && (setting ?? 0) != 0
            return type == "rotation" ? isAway || !isOfDetector : type == "translation" && isAway
        }
    }

    let beam: Vector3
    let gravity: Vector3
    let isGravityAssumed: Bool
    let frame: String
    let panels: [Panel]
    /// Panels that the report has and nothing places.
    let unplaced: Int
    /// The sample's, innermost first, then the detector's.
    let axes: [Axis]
    /// Where the beam meets the principal panel, and its name.
    let centre: Vector3?
    let principal: String?

    /// nil where nothing is placed.
    init?(_ record: JSONValue) {
        guard let beam = record["beam_direction"].flatMap(Self.vector)?.normalised else { return nil }
        self.beam = beam
        gravity = record["gravity"].flatMap(Self.vector)?.normalised ?? .zero
        isGravityAssumed = record["source"]?["gravity"]?.string?.hasPrefix("assumed") ?? true
        frame = record["frame_of_reference"]?.string ?? ""
        let all = record["panels"]?.elements ?? []
        panels = all.compactMap(Self.panel)
        unplaced = all.count - panels.count
        axes = ["goniometer", "detector"].flatMap { list in
            (record[list]?.elements ?? []).compactMap { Self.axis($0, isOfDetector: list == "detector") }
        }
        guard !panels.isEmpty || !axes.isEmpty else { return nil }
        let principal = record["panel"]?.string
        self.principal = principal
        let pixels = (record["beam_centre_px"]?.elements ?? []).compactMap(\.double)
        centre =
            pixels.count == 2
            ? panels.first { $0.id == principal }?.position(fast: pixels[0], slow: pixels[1]) : nil
    }

    static func vector(_ value: JSONValue) -> Vector3? {
        let numbers = (value.elements ?? []).compactMap(\.double)
        guard numbers.count == 3, case let vector = Vector3(numbers[0], numbers[1], numbers[2]), vector.isFinite else {
            return nil
        }
        return vector
    }

    private static func panel(_ value: JSONValue) -> Panel? {
        let size = (value["pixels"]?.elements ?? []).compactMap(\.integer)
        let step = (value["pixel_size_mm"]?.elements ?? []).compactMap(\.double)
        guard let origin = value["origin_mm"].flatMap(vector), let fast = value["fast"].flatMap(vector),
            let slow = value["slow"].flatMap(vector), size.count == 2, step.count == 2, size.allSatisfy({ $0 > 0 })
        else { return nil }
        return Panel(
            id: value["id"]?.string ?? "", origin: origin, fast: step[0] * fast, slow: step[1] * slow,
            size: FastSlow(fast: size[0], slow: size[1]),
            start: value["pixel_origin"]?.string == PixelOrigin.pixelCentre.rawValue ? -0.5 : 0)
    }

    private static func axis(_ value: JSONValue, isOfDetector: Bool) -> Axis? {
        guard let direction = value["direction"].flatMap(vector) else { return nil }
        return Axis(
            id: value["id"]?.string ?? "", type: value["type"]?.string ?? "", isOfDetector: isOfDetector,
            direction: direction, setting: value["setting"]?.double)
    }

    /// The middle of all panels.
    var middle: Vector3 {
        let corners = panels.flatMap(\.corners)
        guard !corners.isEmpty else { return .zero }
        return 1 / Double(corners.count) * corners.reduce(.zero, +)
    }
}

/// A parallel projection; a point of the drawing is its components along right and down, millimetres.
struct GeometryView {
    let name: String
    let right, down: Vector3

    var into: Vector3 { right.cross(down) }

    func point(_ position: Vector3) -> (x: Double, y: Double) { (position.dot(right), position.dot(down)) }

    /// Along the beam with gravity down, and from the side, or from above where that shows more of a swing.
    static func both(of record: GeometryRecord) -> [GeometryView] {
        let beam = record.beam
        let plumb = record.gravity - record.gravity.dot(beam) * beam
        let isVertical = plumb.length < 0.05
        let spare = abs(beam.x) < 0.9 ? Vector3.unitX : .unitY
        guard let down = (isVertical ? spare - spare.dot(beam) * beam : plumb).normalised,
            let right = down.cross(beam).normalised
        else { return [] }
        let along = GeometryView(
            name: "along the beam, from the source" + (isVertical ? "" : ", gravity down"), right: right, down: down)
        // What leans towards gravity is seen from the side, what leans to the left or right from above.
        let leaning = record.panels.first?.fast.cross(record.panels.first?.slow ?? .zero).normalised ?? .zero
        let side = beam.cross(down)
        let isAbove = abs(leaning.dot(right)) > max(abs(leaning.dot(down)), 0.01)
        return [
            along,
            isAbove
                ? GeometryView(name: "from above, the beam to the right", right: beam, down: down.cross(beam))
                : GeometryView(
                    name: "from the side, the beam to the right" + (isVertical ? "" : ", gravity down"), right: beam,
                    down: side.cross(beam)),
        ]
    }
}
