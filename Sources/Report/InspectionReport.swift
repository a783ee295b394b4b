// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
public import Findings
import JSON
import Transport

/// What `inspect` prints of one file.
public enum InspectionReport {
    /// One JSON object: path, kind, definition, experiments, storage and readers of HDF5 files, failures.
    public static func json(_ inspection: Inspection) -> [UInt8] {
        var json = JSONWriter(.indented)
        json.object { json in
            json.member("schemaVersion", RunHead.schemaVersion)
            json.path(inspection.path)
            json.member("kind", inspection.kind.rawValue)
            json.member("definition", inspection.definition)
            json.array("experiments") { json in for item in inspection.experiments { json.value(item.record) } }
            if let header = inspection.header { json.object("header") { write(header, to: &$0) } }
            json.array("storage") { json in write(inspection.notes?.storage ?? [], to: &json) }
            json.array("readers") { json in write(inspection.notes?.readers ?? [], to: &json) }
            FileReport.write(inspection.failures, into: &json)
        }
        return json.finish()
    }

    private static func write(_ header: HeaderFacts, to json: inout JSONWriter) {
        json.member("convention", header.convention)
        json.array("items") { json in
            for item in header.items {
                json.object { json in
                    json.member("item", item.name)
                    json.member("key", item.key)
                    json.array("values") { json in for value in item.values { json.number(value) } }
                    json.member("unit", item.unit)
                    json.member("text", item.text)
                    json.member("source", item.source)
                }
            }
        }
        json.array("unknown") { json in for key in header.unknown { json.string(key) } }
        json.array("unused") { json in for key in header.unused { json.string(key) } }
    }

    private static func write(_ lines: [Inspection.Line], to json: inout JSONWriter) {
        for line in lines {
            json.object { json in
                json.member("term", line.term)
                json.member("words", line.words)
            }
        }
    }

    /// A table for people: each number with its unit and where it comes from.
    public static func text(_ inspection: Inspection, width: Int) -> [UInt8] {
        var table = FactTable(width: width)
        let kind = inspection.definition.map { "\(inspection.kind.rawValue), \($0)" } ?? inspection.kind.rawValue
        table.title("\(inspection.path) (\(kind))")
        if inspection.experiments.isEmpty { table.note(inspection.withoutExperiment) }
        for item in inspection.experiments { add(item, to: &table) }
        if let header = inspection.header {
            table.heading("header")
            table.fact("convention", header.convention ?? "absent", "")
            let settings = ["kappa", "phi", "chi", "omega", "alpha", "verticalOffset", "horizontalOffset"]
            for item in header.items where settings.contains(item.name) {
                table.fact(
                    item.key, item.values.map { number($0) }.joined(separator: ", ") + " " + item.unit, item.source)
            }
            if !header.unknown.isEmpty { table.fact("unknown", header.unknown.joined(separator: ", "), "") }
            if !header.unused.isEmpty { table.fact("not used", header.unused.joined(separator: ", "), "") }
        }
        if let notes = inspection.notes {
            table.heading("file")
            for line in notes.storage { table.fact(line.term, line.words, "") }
            if !notes.readers.isEmpty { table.heading("readers") }
            for line in notes.readers { table.fact(line.term, line.words, "") }
        }
        for failure in inspection.failures {
            table.note("not read: \(failure.line)")
        }
        return Array(table.text.utf8)
    }

    /// How the frames of a file are stored, and what that costs a reader.
    public static func layout(_ inspection: Inspection, width: Int) -> [UInt8] {
        var table = FactTable(width: width)
        table.title("\(inspection.path) (\(inspection.kind.rawValue))")
        if inspection.layout.isEmpty { table.note("no stack of frames in an HDF5 file") }
        for line in inspection.layout { table.fact(line.term, line.words, "") }
        for failure in inspection.failures { table.note("not read: \(failure.line)") }
        return Array(table.text.utf8)
    }

    private static func add(_ item: Inspection.Item, to table: inout FactTable) {
        let summary = item.summary
        table.heading("experiment '\(summary.id)', coordinates of \(summary.frame.rawValue)")
        if let wavelengths = summary.wavelengths {
            table.fact("wavelength", list(wavelengths.value) + " Å", item.words(on: wavelengths.origin))
        } else {
            table.fact("wavelength", "not stated", "")
        }
        for scan in summary.scans {
            table.heading("scan '\(scan.id)'")
            table.fact("frames", "\(scan.frames.value)", item.words(on: scan.frames.origin))
            if let axis = scan.axis {
                let range =
                    "\(number(scan.start)) to \(number(scan.start.flatMap { start in scan.range.map { start + $0 } })) deg"
                table.fact(
                    "rotation", "\(axis.name), \(range), \(number(scan.increment)) deg a frame",
                    item.words(on: scan.origin))
            }
            if let exposure = scan.exposure {
                table.fact("exposure", list(exposure.value) + " s", item.words(on: exposure.origin))
            }
            // A direction has no setting: NXtransformations asks NaN there.
            for setting in scan.otherSettings where !(setting.motion == .general && setting.value.isNaN) {
                let unit = setting.motion == .translation ? "mm" : "deg"
                table.fact(setting.axis.name, "\(number(setting.value)) \(unit)", "")
            }
        }
        for panel in summary.panels.prefix(panelLimit) { add(panel, of: item, to: &table) }
        let more = summary.panels.count - panelLimit
        if more > 0 { table.note("and \(more) more panels; --json has them all") }
        for fault in summary.faults { table.note(fault) }
    }

    private static func add(_ panel: PanelSummary, of item: Inspection.Item, to table: inout FactTable) {
        table.heading("panel '\(panel.id)'")
        if let size = panel.size {
            table.fact("pixels", "\(size.fast) x \(size.slow) (fast x slow)", item.words(on: panel.origin))
        }
        if let size = panel.pixelSize { table.fact("pixel size", "\(number(size.fast)) x \(number(size.slow)) mm", "") }
        guard let view = panel.views.first else { return }
        if let centre = view.centre {
            table.fact(
                "beam centre", "(\(number(centre.pixels.fast)), \(number(centre.pixels.slow))) px",
                item.words(on: view.origin))
            table.fact("distance", "\(number(centre.distance.magnitude)) mm along the beam", "")
        }
        if let distance = view.perpendicularDistance { table.fact("", "\(number(distance)) mm perpendicular", "") }
        if let swing = view.swing { table.fact("swing", "\(swing.axis.name) at \(number(swing.angle)) deg", "") }
        if let limits = view.resolution {
            table.fact(
                "resolution",
                "\(number(limits.edgeSpacing)) Å at the edge, \(number(limits.cornerSpacing)) Å in the corner", "")
        }
    }

    /// Panels shown to people.
    private static let panelLimit = 4

    private static func number(_ value: Double?) -> String { value.map { Wording.number($0) } ?? "?" }

    /// One value, or the first and last of many.
    private static func list(_ values: [Double]) -> String {
        guard let first = values.first, let last = values.last else { return "?" }
        if values.allSatisfy({ $0 == first }) { return number(first) }
        return values.count <= 3
            ? values.map { number($0) }.joined(separator: ", ")
            : "\(number(first)) to \(number(last)) (\(values.count) values)"
    }
}

/// Lines of terms, values and sources.
private struct FactTable {
    let width: Int
    private(set) var text = ""

    init(width: Int) {
        self.width = width
    }

    mutating func title(_ words: String) { text += Printable.text(words) + "\n" }

    mutating func heading(_ words: String) { text += "\n" + Printable.text(words) + "\n" }

    mutating func fact(_ term: String, _ value: String, _ source: String) {
        let front = "  " + pad(term, 13) + Printable.text(value)
        guard !source.isEmpty else {
            text += front + "\n"
            return
        }
        let column = 48
        let gap = front.count + 2 <= column ? String(repeating: " ", count: column - front.count) : "  "
        let line = front + gap + Printable.text(source)
        if line.count <= width {
            text += line + "\n"
        } else {
            text += front + "\n" + String(repeating: " ", count: 15)
            text += Printable.wrap(Printable.text(source), width: width, indent: 15) + "\n"
        }
    }

    mutating func note(_ words: String) {
        text += "\n  " + Printable.wrap(Printable.text(words), width: width, indent: 2) + "\n"
    }

    private func pad(_ text: String, _ width: Int) -> String {
        let text = Printable.text(text)
        return text + String(repeating: " ", count: max(1, width - text.count))
    }
}
