// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Findings

/// The raw data table as CIF: items of the dictionaries where one holds the field, comments for the others.
enum RawDataFragment {
    static func text(_ table: RawDataSheet, path: String) -> String {
        var text = "#\\#CIF_2.0\n"
        text += comment("Raw data table of '\(table.id)' in \(path)")
        text += comment(RawDataReport.score(table))
        text += "data_\(code(table.id))_raw_data\n\n"
        for field in table.fields where scanItems[field.number] == nil {
            text += line(field)
        }
        return text + scans(table)
    }

    /// Fields that one item of a category without loop holds.
    private static let items = [
        1: "_database.dataset_DOI", 4: "_diffrn_source.facility", 5: "_diffrn_source.beamline",
        6: "_diffrn_detector.description", 7: "_diffrn.ambient_temperature", 8: "_diffrn_radiation.probe",
        9: "_diffrn_radiation_wavelength.value", 12: "_diffrn_measurement.sample_detector_distance",
    ]

    /// Fields that have a value for each scan.
    private static let scanItems = [
        18: "_diffrn_scan_axis.axis_id", 19: "_diffrn_scan_axis.angle_start", 20: "_diffrn_scan_axis.angle_increment",
        21: "_diffrn_scan_axis.angle_range", 22: "_diffrn_scan.frames",
    ]

    private static func line(_ field: RawDataSheet.Field) -> String {
        if let name = items[field.number], field.values.count <= 1 {
            let value = field.values.first.map { quoted($0.text) } ?? "?"
            return ComparisonTable.pad(name, 48) + value + "\n"
        }
        let words = field.values.map { RawDataReport.words($0, of: field) }.joined(separator: "; ")
        return comment("\(RawDataReport.name(field)): \(words.isEmpty ? "?" : words)")
    }

    private static func scans(_ table: RawDataSheet) -> String {
        func values(_ number: Int) -> [String: String] {
            guard let field = table.fields.first(where: { $0.number == number }) else { return [:] }
            return Dictionary(field.values.map { ($0.scan ?? "", $0.text) }, uniquingKeysWith: { first, _ in first })
        }
        let scans = (table.fields.first { $0.number == 22 }?.values ?? []).map { $0.scan ?? "" }
        guard !scans.isEmpty else { return "" }
        let frames = values(22)
        var text = "\nloop_\n  _diffrn_scan.id\n  _diffrn_scan.frames\n"
        for scan in scans { text += "  \(quoted(scan)) \(quoted(frames[scan] ?? "?"))\n" }
        let columns = (18...21).map(values)
        text += "\nloop_\n  _diffrn_scan_axis.scan_id\n"
        for number in 18...21 { text += "  \(scanItems[number] ?? "")\n" }
        for scan in scans {
            // What no axis turns has no angles.
            let row = columns.map { column in column[scan].map { $0 == "none" ? "." : quoted($0) } ?? "?" }
            text += "  \(quoted(scan)) \(row.joined(separator: " "))\n"
        }
        return text
    }

    private static func comment(_ words: String) -> String { "# " + Printable.text(words) + "\n" }

    /// A value as CIF writes it: bare where that is safe, else in quotes or between semicolons.
    private static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"[]{}'\"".utf8.contains($0) }
        let first = text.first.map(String.init) ?? ""
        let reserved = ["data_", "save_", "loop_", "stop_", "global_"].contains { text.lowercased().hasPrefix($0) }
        if isPlain, !text.isEmpty, !"_#$;".contains(first), !reserved, text != ".", text != "?" { return text }
        let safe = Printable.text(text)
        if !safe.contains("'") { return "'\(safe)'" }
        if !safe.contains("\"") { return "\"\(safe)\"" }
        return "\n;\n\(safe)\n;"
    }

    private static func code(_ text: String) -> String {
        String(text.unicodeScalars.prefix(60).map { $0.value > 32 && $0.value < 127 ? Character($0) : "_" })
    }
}
