// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Findings

/// The geometry of an experiment as SVG: numbers of the drawing are millimetres along the vectors of its view.
///
/// - Source: reports.md section 3; docs/decisions/0350-a-page-shows-where-things-stand.md.
struct GeometryDrawing {
    /// Panels that are drawn, at most.
    static let mostPanels = 1_500
    /// Panels with their own arrows and names, at most.
    private static let mostNamed = 16
    private static let mostAxes = 40

    private let record: GeometryRecord
    private let view: GeometryView
    private let box: (left: Double, top: Double, right: Double, bottom: Double)
    private let unit: Double
    /// Of the arrow of a rotation.
    private let reach: Double
    private var shapes = ""
    private var words = ""
    private var taken: [(x: Double, y: Double, width: Double, height: Double)] = []

    /// nil where the numbers are beyond what can be drawn.
    init?(_ record: GeometryRecord, _ view: GeometryView) {
        (self.record, self.view) = (record, view)
        let corners = record.panels.prefix(Self.mostPanels).flatMap(\.corners).map(view.point)
        var points = corners + [(0, 0)] + [record.centre].compactMap { $0.map(view.point) }
        var (xs, ys) = (points.map(\.x), points.map(\.y))
        reach = 0.2 * max((xs.max() ?? 0) - (xs.min() ?? 0), (ys.max() ?? 0) - (ys.min() ?? 0), 1)
        for axis in record.axes.prefix(Self.mostAxes) where axis.isDrawn && axis.type == "rotation" {
            points += [view.point(1.1 * reach * axis.direction), view.point(-0.4 * reach * axis.direction)]
        }
        (xs, ys) = (points.map(\.x), points.map(\.y))
        var (left, right) = (xs.min() ?? 0, xs.max() ?? 0)
        var (top, bottom) = (ys.min() ?? 0, ys.max() ?? 0)
        let extent = max(right - left, bottom - top, 1)
        // Room for the source, for axes and for words.
        (left, right) = (left - 0.22 * extent, right + 0.2 * extent)
        (top, bottom) = (top - 0.12 * extent, bottom + 0.14 * extent)
        let least = 0.55 * (right - left)
        if bottom - top < least {
            let more = (least - (bottom - top)) / 2
            (top, bottom) = (top - more, bottom + more)
        }
        guard [left, right, top, bottom].allSatisfy({ $0.magnitude < 1e12 }) else { return nil }
        box = (left, top, right, bottom)
        unit = max(right - left, bottom - top) / 100
        // Where the length and gravity stand.
        taken = [
            (left + 0.13 * (right - left), bottom - 3.5 * unit, 0.26 * (right - left), 7 * unit),
            (right - 5 * unit, top + 9 * unit, 5 * unit, 10.5 * unit),
        ]
    }

    /// An SVG element that stands alone in a figure.
    ///
    /// - Parameter label: What the drawing shows, for those who do not see it; plain text.
    mutating func svg(label: String) -> String {
        drawPanels()
        drawBeam()
        drawGravity()
        drawAxes()
        drawScale()
        let size = [box.left, box.top, box.right - box.left, box.bottom - box.top].map(number).joined(separator: " ")
        return
            "<svg viewBox=\"\(size)\" role=\"img\" aria-label=\"\(HTMLText.escaped(label))\" data-right=\""
            + "\(exact(view.right))\" data-down=\"\(exact(view.down))\" stroke-width=\"\(number(0.35 * unit))\" "
            + "font-size=\"\(number(3.3 * unit))\" font-family=\"sans-serif\">\n" + shapes
            + "<g stroke-width=\"\(number(0.9 * unit))\">\(words)</g></svg>\n"
    }

    // MARK: What is drawn

    private mutating func drawPanels() {
        let drawn = record.panels.prefix(Self.mostPanels)
        for panel in drawn {
            let outline = panel.corners.map { text(view.point($0)) }.joined(separator: " ")
            let title = record.panels.count > 1 ? "<title>panel \(HTMLText.short(panel.id, 80))</title>" : ""
            shapes += "<polygon class=\"panel\" points=\"\(outline)\""
            shapes += title.isEmpty ? "/>\n" : ">\(title)</polygon>\n"
        }
        for panel in drawn.prefix(drawn.count > Self.mostNamed ? 1 : Self.mostNamed) {
            let first = panel.position(fast: 0, slow: 0)
            let start = view.point(first)
            let length = Double(max(panel.size.fast, panel.size.slow))
            circle(start, 0.55, "dot")
            let isLone = record.panels.count == 1
            for (name, step, count) in [("fast", panel.fast, panel.size.fast), ("slow", panel.slow, panel.size.slow)] {
                let reach = 0.3 * min(Double(count), length)
                let tip = view.point(first + reach * step)
                guard hypotenuse(start, tip) > 2.5 * unit else { continue }
                arrow(start, tip, "fs")
                if isLone { place(name, at: tip, away: start, "dimt") }
            }
            if isLone { place("pixel (0, 0)", at: start, away: view.point(record.middle), "dimt") }
        }
        if (2...Self.mostNamed).contains(record.panels.count) {
            for panel in drawn where isFacing(panel) {
                let middle = view.point(
                    panel.position(fast: Double(panel.size.fast) / 2, slow: Double(panel.size.slow) / 2))
                place(excerpt(panel.id), at: middle, away: middle, "dimt")
            }
        }
    }

    /// Wide enough in the view to hold its name.
    private func isFacing(_ panel: GeometryRecord.Panel) -> Bool {
        let corners = panel.corners.map(view.point)
        let (xs, ys) = (corners.map(\.x), corners.map(\.y))
        let area = abs(
            (corners[1].x - corners[0].x) * (corners[3].y - corners[0].y)
                - (corners[1].y - corners[0].y) * (corners[3].x - corners[0].x))
        let longest = max((xs.max() ?? 0) - (xs.min() ?? 0), (ys.max() ?? 0) - (ys.min() ?? 0))
        return longest > 0 && area / longest > 4 * unit
    }

    private mutating func drawBeam() {
        let sample = view.point(.zero)
        let along = view.point(record.beam)
        let isSeen = hypotenuse((0, 0), along) > 0.1
        if isSeen {
            let back = view.point(-0.2 * (box.right - box.left) * record.beam)
            arrow(back, (back.x * 0.25, back.y * 0.25), "beam")
            line(back, sample, "beam")
            place("beam", at: back, away: sample, "beamt")
            if let centre = record.centre { line(sample, view.point(centre), "beam") }
        }
        if let centre = record.centre {
            let (x, y) = view.point(centre)
            let reach = 1.6 * unit
            shapes +=
                "<path class=\"mark centre\" data-centre=\"\(exact(centre))\" d=\"M\(number(x - reach)) \(number(y))"
            shapes += "H\(number(x + reach))M\(number(x)) \(number(y - reach))V\(number(y + reach))\"/>\n"
            // Clear of an axis that is seen end-on there.
            place("beam centre", at: (x + 1.2 * unit, y - 1.2 * unit), away: (x, y), "markt")
        }
        circle(sample, 0.9, "dot")
        // Seen along the beam the sample stands before the beam centre.
        if isSeen || record.centre == nil { place("sample", at: sample, away: (sample.x, sample.y - unit), "") }
    }

    private mutating func drawGravity() {
        let seen = view.point(record.gravity)
        guard hypotenuse((0, 0), seen) > 0.3 else { return }
        let start = (x: box.right - 5 * unit, y: box.top + 5 * unit)
        let tip = (x: start.x + 9 * unit * seen.x, y: start.y + 9 * unit * seen.y)
        arrow(start, tip, "grav")
        place(record.isGravityAssumed ? "gravity (assumed)" : "gravity", at: tip, away: start, "gravt")
    }

    /// Rotations of the sample, and axes of the detector that do not stand at 0; the numbers of all are data.
    private mutating func drawAxes() {
        for axis in record.axes.prefix(Self.mostAxes) {
            shapes += "<g class=\"axis\" data-axis=\"\(HTMLText.short(axis.id, 80))\" "
            shapes += "data-type=\"\(HTMLText.short(axis.type, 40))\" data-direction=\"\(exact(axis.direction))\"/>\n"
        }
        var told: [(direction: Vector3, numbers: [Int], traits: String)] = []
        for (number, axis) in record.axes.prefix(Self.mostAxes).enumerated() where axis.isDrawn {
            let index = told.firstIndex { $0.traits == axis.type && ($0.direction - axis.direction).length < 1e-3 }
            if let index {
                told[index].numbers.append(number)
            } else {
                told.append((axis.direction, [number], axis.type))
            }
        }
        for axis in told {
            let isTurning = axis.traits == "rotation"
            let start = view.point(isTurning ? .zero : record.middle)
            let seen = view.point(axis.direction)
            let part = isTurning ? reach : 0.5 * reach
            var name = axis.numbers.map { "\($0 + 1) \(excerpt(record.axes[$0].id))" }.joined(separator: ", ")
            if told.count > 5 || name.count > 20 { name = axis.numbers.map { "\($0 + 1)" }.joined(separator: ", ") }
            guard hypotenuse((0, 0), seen) > 0.12 else {
                endOn(start, isTowards: axis.direction.dot(view.into) < 0, axis.traits)
                place(name, at: start, away: (start.x + unit, start.y + unit), axis.traits + "t")
                continue
            }
            let tip = (x: start.x + part * seen.x, y: start.y + part * seen.y)
            if isTurning {
                line((start.x - 0.35 * part * seen.x, start.y - 0.35 * part * seen.y), start, axis.traits)
            }
            arrow(start, tip, axis.traits)
            place(name, at: tip, away: start, axis.traits + "t")
        }
    }

    /// A length that is round and about a fifth of the drawing.
    private mutating func drawScale() {
        let wanted = 0.2 * (box.right - box.left)
        var length = 1e-6
        for decade in -6...9 {
            for digit in [1.0, 2, 5] {
                let candidate = digit * Self.power(decade)
                if candidate <= wanted { length = max(length, candidate) }
            }
        }
        let (x, y) = (box.left + 3 * unit, box.bottom - 3 * unit)
        shapes += "<path class=\"rule\" data-length=\"\(DecimalText.shortest(length))\" d=\"M\(number(x)) "
        shapes += "\(number(y - unit))V\(number(y))H\(number(x + length))V\(number(y - unit))\"/>\n"
        words += "<text class=\"dimt\" x=\"\(number(x + unit))\" y=\"\(number(y - 1.2 * unit))\">"
        words += "\(DecimalText.shortest(length)) mm</text>"
    }

    // MARK: Strokes

    private typealias Point = (x: Double, y: Double)

    private mutating func line(_ from: Point, _ to: Point, _ traits: String) {
        shapes += "<line class=\"\(traits)\" x1=\"\(number(from.x))\" y1=\"\(number(from.y))\" x2=\"\(number(to.x))\" "
        shapes += "y2=\"\(number(to.y))\"\(dashes(traits))/>\n"
    }

    private func dashes(_ traits: String) -> String {
        switch traits {
        case "rotation": " stroke-dasharray=\"\(number(2.4 * unit)) \(number(0.8 * unit))\""
        case "translation": " stroke-dasharray=\"\(number(0.8 * unit)) \(number(0.8 * unit))\""
        default: ""
        }
    }

    private mutating func arrow(_ from: Point, _ to: Point, _ traits: String) {
        let length = hypotenuse(from, to)
        guard length > 0 else { return }
        let (ux, uy) = ((to.x - from.x) / length, (to.y - from.y) / length)
        let (long, wide) = (2.1 * unit, 0.75 * unit)
        line(from, (to.x - 0.8 * long * ux, to.y - 0.8 * long * uy), traits)
        let left = (x: to.x - long * ux - wide * uy, y: to.y - long * uy + wide * ux)
        let right = (x: to.x - long * ux + wide * uy, y: to.y - long * uy - wide * ux)
        shapes += "<polygon class=\"\(traits)h\" points=\"\(text(to)) \(text(left)) \(text(right))\"/>\n"
    }

    private mutating func circle(_ at: Point, _ radius: Double, _ traits: String) {
        shapes +=
            "<circle class=\"\(traits)\" cx=\"\(number(at.x))\" cy=\"\(number(at.y))\" r=\"\(number(radius * unit))\"/>\n"
    }

    /// An arrow that points at the viewer, a dot in a ring, or away, a cross in a ring.
    private mutating func endOn(_ at: Point, isTowards: Bool, _ traits: String) {
        circle(at, 1.8, traits)
        guard !isTowards else { return circle(at, 0.5, traits + "h") }
        let reach = 1.27 * unit
        line((at.x - reach, at.y - reach), (at.x + reach, at.y + reach), traits)
        line((at.x - reach, at.y + reach), (at.x + reach, at.y - reach), traits)
    }

    /// Words beside a point, on the side that leads away from another, where nothing else stands.
    private mutating func place(_ name: String, at point: Point, away: Point, _ traits: String) {
        let (width, height) = (Double(name.count) * 1.95 * unit, 3.4 * unit)
        let length = hypotenuse(away, point)
        let (ux, uy) = length > 0 ? ((point.x - away.x) / length, (point.y - away.y) / length) : (0, 0)
        let gap = length > 0 ? 1.2 * unit : 0
        var best = (x: 0.0, y: 0.0)
        search: for step in 0..<9 {
            let shift = Double((step + 1) / 2) * height * (step.isMultiple(of: 2) ? 1 : -1)
            // The middle of the words.
            var x = point.x + gap * ux + ux * width / 2
            var y = point.y + gap * uy + uy * height / 2 + shift
            x = min(max(x, box.left + width / 2 + unit), box.right - width / 2 - unit)
            y = min(max(y, box.top + height / 2), box.bottom - height / 2)
            best = (x, y)
            if taken.allSatisfy({
                abs($0.x - x) > ($0.width + width) / 2 || abs($0.y - y) > ($0.height + height) * 0.46
            }) {
                break search
            }
        }
        taken.append((best.x, best.y, width, height))
        words += "<text\(traits.isEmpty ? "" : " class=\"\(traits)\"") text-anchor=\"middle\" x=\"\(number(best.x))\" "
        words += "y=\"\(number(best.y + 1.15 * unit))\">\(HTMLText.escaped(name))</text>"
    }

    // MARK: Numbers

    private func excerpt(_ id: String) -> String {
        let last = id.split(separator: "/").last.map(String.init) ?? id
        return last.count > 24 ? String(last.prefix(23)) + "…" : last
    }

    private func hypotenuse(_ a: Point, _ b: Point) -> Double {
        ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
    }

    /// Finer than a ten-thousandth of the drawing.
    private func number(_ value: Double) -> String {
        DecimalText.rounded(value, decimals: unit > 0.1 ? 4 : unit > 1e-3 ? 6 : 9)
    }

    private func text(_ point: Point) -> String { "\(number(point.x)),\(number(point.y))" }

    private func exact(_ vector: Vector3) -> String {
        [vector.x, vector.y, vector.z].map { DecimalText.rounded($0, decimals: 9) }.joined(separator: " ")
    }

    private static func power(_ exponent: Int) -> Double {
        (0..<exponent.magnitude).reduce(1.0) { value, _ in exponent < 0 ? value / 10 : value * 10 }
    }
}
