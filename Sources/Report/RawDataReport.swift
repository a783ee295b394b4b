// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
public import Findings

/// The table of a Raw Data Letter, with what is missing.
public enum RawDataReport {
    /// The forms of the table.
    public enum Form: String, Sendable, Hashable, CaseIterable {
        case text, markdown, cif
    }

    /// The table of every experiment of a file.
    public static func text(_ inspection: Inspection, form: Form, width: Int) -> [UInt8] {
        var parts: [String] = []
        for item in inspection.experiments {
            switch form {
            case .text: parts.append(plain(item, of: inspection, width: width))
            case .markdown: parts.append(markdown(item, of: inspection))
            case .cif: parts.append(RawDataFragment.text(item, path: inspection.path))
            }
        }
        if parts.isEmpty { parts.append("\(inspection.path): no raw data table, \(inspection.withoutExperiment)\n") }
        return Array(parts.joined(separator: "\n").utf8)
    }

    /// "20 of 22 fields; missing: temperature".
    static func score(_ table: RawDataTable) -> String {
        let missing = table.missing
        return "\(table.presentCount) of \(RawDataTable.fieldCount) fields"
            + (missing.isEmpty ? "" : "; missing: " + missing.joined(separator: ", "))
    }

    static func name(_ field: RawDataField) -> String { field.name + (field.unit.map { " (\($0))" } ?? "") }

    /// A value with its scan, where there are several, and its note.
    static func words(_ value: RawDataValue, of field: RawDataField) -> String {
        let scan = field.values.count > 1 ? value.scan.map { "\($0): " } ?? "" : ""
        return scan + value.text + (value.note.map { " (\($0))" } ?? "")
    }

    private static func plain(_ item: Inspection.Item, of inspection: Inspection, width: Int) -> String {
        var text = Printable.text("\(inspection.path): raw data table of '\(item.summary.id)'") + "\n"
        text += Printable.wrap(score(item.table), width: width, indent: 0) + "\n\n"
        for field in item.table.fields {
            let number = field.number < 10 ? " \(field.number)" : "\(field.number)"
            var front = " \(number)  " + ComparisonTable.pad(name(field), 26)
            if field.values.isEmpty {
                text += front + "-   wanted: \(field.item)\n"
            }
            for value in field.values {
                let shown = Printable.text(words(value, of: field))
                let source = Printable.text(item.words(on: value.origin))
                let line = front + ComparisonTable.pad(shown, 28) + source
                text += (line.count <= width ? line : front + shown + "\n" + blanks(33) + source) + "\n"
                front = blanks(31)
            }
        }
        return text
    }

    private static func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }

    private static func markdown(_ item: Inspection.Item, of inspection: Inspection) -> String {
        var text = "Raw data table of `\(cell(item.summary.id))`: \(cell(score(item.table)))\n\n"
        text += "| no. | field | value | from |\n|---|---|---|---|\n"
        for field in item.table.fields {
            let values = field.values.map { cell(words($0, of: field)) }.joined(separator: "<br>")
            let sources = field.values.map { cell(item.words(on: $0.origin)) }
            var seen = Set<String>()
            let from = sources.filter { seen.insert($0).inserted }.joined(separator: "<br>")
            text += "| \(field.number) | \(name(field)) | \(values.isEmpty ? "-" : values) | "
            text += (from.isEmpty ? "wanted: `\(field.item)`" : from) + " |\n"
        }
        return text
    }

    /// A text that stays in its cell.
    private static func cell(_ text: String) -> String {
        var cell = ""
        for character in Printable.text(text) {
            switch character {
            case "|", "`", "*", "_", "\\", "[", "]": cell += "\\\(character)"
            case "<": cell += "&lt;"
            case ">": cell += "&gt;"
            case "&": cell += "&amp;"
            default: cell.append(character)
            }
        }
        return cell
    }
}
