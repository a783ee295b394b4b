// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Findings
import JSON

/// What the data are: each number with its unit and the place it comes from.
struct IdentitySection {
    private static let mostScans = 20

    private let report: FileReport

    init(_ report: FileReport) { self.report = report }

    var html: String {
        let kind = report.definition.map { "\(report.kind.rawValue), \($0)" } ?? report.kind.rawValue
        guard !report.experiments.isEmpty else {
            // A run over many reads the numbers of none.
            guard report.outline.isEmpty else {
                return
                    "<p>Kind of file: \(HTMLText.short(kind, 120)); \(HTMLText.short(report.outline, 200)). Its table, "
                    + "geometry and pictures are on the page of a check of this data set alone.</p>\n"
            }
            return "<p>Kind of file: \(HTMLText.short(kind, 120)); nothing in it describes an experiment that could be "
                + "read.</p>\n"
        }
        let identity = report.exhibits?.sheets.first.map(words) ?? []
        var html = report.experiments.prefix(4).enumerated().map { index, record in
            var table = PageTable(
                "Experiment <bdi>\(HTMLText.short(record["id"]?.string ?? "", 120))</bdi>", ["what", "value", "from"],
                traits: "facts")
            if index == 0 { table.add(row("kind of file", kind, "the first bytes")) }
            if index == 0 { for one in identity { table.add(one) } }
            for one in facts(record) { table.add(one) }
            return table.html
        }.joined()
        let more = report.experiments.count - 4 + report.experimentsUnshown
        if more > 0 { html += "<p>\(more) more experiments are not shown.</p>\n" }
        return html
    }

    private func row(_ term: String, _ value: String, _ source: String?) -> [String] {
        [term, HTMLText.short(value, 300), "<span class=\"src\">\(HTMLText.short(source ?? "", 200))</span>"]
    }

    /// Facility, beamline, detector, sample: fields that the table of a letter words.
    private func words(_ sheet: RawDataSheet) -> [[String]] {
        [4, 5, 6, 7].compactMap { number in
            guard let field = sheet.fields.first(where: { $0.number == number }), let value = field.values.first
            else { return nil }
            return row(HTMLText.escaped(RawDataReport.name(field)), value.text, value.source)
        }
    }

    private func facts(_ record: JSONValue) -> [[String]] {
        let source = record["source"]
        var rows: [[String]] = []
        let wavelengths =
            record["wavelength_angstrom"].map { $0.elements?.compactMap(\.double) ?? [$0.double].compactMap { $0 } }
            ?? []
        rows.append(
            row(
                "wavelength", wavelengths.isEmpty ? "not stated" : Self.numbers(wavelengths) + " Å",
                source?["wavelength_angstrom"]?.string))
        let centre = source?["beam_centre_px"]?.string
        if let distance = record["distance_mm"]?.double {
            let upright = record["perpendicular_distance_mm"]?.double.map { ", \(Wording.number($0)) mm perpendicular" }
            rows.append(row("distance", "\(Wording.number(distance)) mm along the beam" + (upright ?? ""), centre))
        }
        let pixels = (record["beam_centre_px"]?.elements ?? []).compactMap(\.double)
        if pixels.count == 2 {
            let panels = record["panels"]?.elements?.count ?? 1
            let whose = panels > 1 ? " of panel \(record["panel"]?.string ?? "")" : ""
            rows.append(
                row(
                    "beam centre", "\(Wording.number(pixels[0])), \(Wording.number(pixels[1])) px (fast, slow)\(whose)",
                    centre))
        }
        let size = (record["pixels"]?.elements ?? []).compactMap(\.integer)
        let step = (record["pixel_size_mm"]?.elements ?? []).compactMap(\.double)
        if size.count == 2 {
            var words = "\(size[0]) × \(size[1]) pixels (fast × slow)"
            if step.count == 2 { words += " of \(Wording.number(step[0])) × \(Wording.number(step[1])) mm" }
            if let count = record["panels"]?.elements?.count, count > 1 {
                words = "\(count) panels, the main one \(words)"
            }
            rows.append(row("detector", words, source?["pixels"]?.string))
        }
        let scans = record["scans"]?.elements ?? []
        for scan in scans.prefix(Self.mostScans) { rows.append(self.scan(scan, isOnly: scans.count == 1)) }
        if scans.count > Self.mostScans { rows.append(row("", "and \(scans.count - Self.mostScans) more scans", nil)) }
        for fault in (record["faults"]?.elements ?? []).compactMap(\.string).prefix(10) {
            rows.append(row("not known", fault, nil))
        }
        return rows
    }

    private func scan(_ scan: JSONValue, isOnly: Bool) -> [String] {
        let frames = scan["frames"]?.integer ?? 0
        var words = ["\(frames) \(frames == 1 ? "frame" : "frames")"]
        if let axis = scan["axis"]?.string, let start = scan["start_deg"]?.double {
            var turn = "\(axis) from \(Wording.number(start))°"
            if let range = scan["range_deg"]?.double { turn += " to \(Wording.number(start + range))°" }
            if let step = scan["increment_deg"]?.double { turn += ", \(Wording.number(step))° a frame" }
            words.append(turn)
        }
        let exposure =
            scan["exposure_s"].map { $0.elements?.compactMap(\.double) ?? [$0.double].compactMap { $0 } } ?? []
        if !exposure.isEmpty { words.append(Self.numbers(exposure) + " s a frame") }
        if let edge = scan["resolution_edge_angstrom"]?.double {
            words.append("\(Wording.number(edge, digits: 4)) Å at the edge")
        }
        if let corner = scan["resolution_corner_angstrom"]?.double {
            words.append("\(Wording.number(corner, digits: 4)) Å in the corner")
        }
        let name = isOnly ? "scan" : "scan <bdi>\(HTMLText.short(scan["id"]?.string ?? "", 60))</bdi>"
        return row(name, words.joined(separator: "; "), scan["source"]?.string)
    }

    /// One value, or the first and last of many.
    static func numbers(_ values: [Double]) -> String {
        guard let first = values.first, let last = values.last else { return "?" }
        if values.allSatisfy({ $0 == first }) { return Wording.number(first) }
        return values.count <= 3
            ? values.map { Wording.number($0) }.joined(separator: ", ")
            : "\(Wording.number(first)) to \(Wording.number(last)) (\(values.count) values)"
    }
}

/// Where things stand: two drawings, and their numbers in tables.
struct GeometrySection {
    private static let mostExperiments = 2
    private static let mostPanels = 16

    private let report: FileReport

    init(_ report: FileReport) { self.report = report }

    var html: String {
        report.experiments.prefix(Self.mostExperiments).map { record in
            guard let geometry = GeometryRecord(record) else { return "" }
            let several = report.experiments.count > 1
            let name =
                several ? "<h3>Experiment <bdi>\(HTMLText.short(record["id"]?.string ?? "", 120))</bdi></h3>\n" : ""
            return name + drawings(geometry) + axes(geometry) + panels(geometry) + faults
        }.joined()
    }

    private func drawings(_ geometry: GeometryRecord) -> String {
        var html = "<div class=\"views\">\n"
        for view in GeometryView.both(of: geometry) {
            guard var drawing = GeometryDrawing(geometry, view) else { continue }
            let label =
                "Drawing of the geometry \(view.name): \(geometry.panels.count) "
                + (geometry.panels.count == 1 ? "panel" : "panels") + ", \(geometry.axes.count) axes"
            html += "<figure>\(drawing.svg(label: label))<figcaption>Seen \(view.name).</figcaption></figure>\n"
        }
        html +=
            "</div>\n<p class=\"dim\">First frame of the first scan, to scale. Broken lines with a long dash: rotations, "
        html +=
            "right-handed about the arrow; short dash: translations of the detector. Axes of the detector that stand at 0 are "
        html += "in the table alone. Frame of reference: \(frameWords(geometry.frame))"
        html += geometry.isGravityAssumed ? "; gravity is assumed, the file does not state it." : "."
        if geometry.panels.count > GeometryDrawing.mostPanels {
            html += " \(geometry.panels.count - GeometryDrawing.mostPanels) more panels are not drawn."
        }
        if geometry.unplaced > 0 { html += " \(geometry.unplaced) panels are not placed by their axes, and not drawn." }
        return html + "</p>\n"
    }

    private func frameWords(_ frame: String) -> String {
        switch frame {
        case "imgCIF": "imgCIF laboratory (X along the principal goniometer axis, Z to the source)"
        case "McStas": "McStas (Y up, Z along the beam)"
        case "image": "that of the image (the file states no axes)"
        default: HTMLText.short(frame, 60)
        }
    }

    private func axes(_ geometry: GeometryRecord) -> String {
        var table = PageTable(
            "Axes in the first frame; of each chain the innermost first",
            ["no.", "axis", "carries", "kind", "direction", "stands at"])
        for (number, axis) in geometry.axes.prefix(40).enumerated() {
            let unit = axis.type == "translation" ? "mm" : "°"
            table.add([
                "\(number + 1)", HTMLText.short(axis.id, 120), axis.isOfDetector ? "detector" : "sample",
                HTMLText.short(axis.type, 40), vector(axis.direction, 5),
                axis.setting.map { "\(Wording.number($0)) \(unit)" } ?? "–",
            ])
        }
        return table.html
    }

    private func panels(_ geometry: GeometryRecord) -> String {
        var table = PageTable(
            "Panels in the first frame", ["panel", "pixel (0, 0) at, mm", "fast", "slow", "beam centre, mm"])
        for panel in geometry.panels.prefix(Self.mostPanels) {
            let centre = panel.id == geometry.principal ? geometry.centre.map { vector($0, 3) } : nil
            table.add([
                HTMLText.short(panel.id, 120), vector(panel.origin, 3), vector(panel.fast.normalised ?? panel.fast, 5),
                vector(panel.slow.normalised ?? panel.slow, 5), centre ?? "–",
            ])
        }
        let more = geometry.panels.count - Self.mostPanels
        return table.html + (more > 0 ? "<p>\(more) more panels: <code>imprimatur inspect --json</code>.</p>\n" : "")
    }

    /// Alerts that a drawing shows the place of.
    private var faults: String {
        let areas: Set<String> = ["AXIS", "GEOM", "PIXEL"]
        let found = report.findings.filter { areas.contains($0.rule.area) && $0.level.isAtLeast(.C) }.prefix(8)
        guard !found.isEmpty else { return "" }
        return "<p>Alerts on what is drawn here:</p><ul>"
            + found.map {
                "<li>\(DataSetPage.mark($0.level)) \($0.rule) <bdi>\(HTMLText.short($0.message, 300))</bdi></li>"
            }.joined() + "</ul>\n"
    }

    private func vector(_ vector: Vector3, _ decimals: Int) -> String {
        "("
            + [vector.x, vector.y, vector.z].map { DecimalText.rounded($0, decimals: decimals) }.joined(separator: ", ")
            + ")"
    }
}
