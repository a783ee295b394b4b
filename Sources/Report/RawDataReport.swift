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
    ///
    /// - Parameter showsSources: Where each value comes from stands beside it.
    public static func text(
        _ inspection: Inspection, form: Form, width: Int, showsSources: Bool = true
    ) -> [UInt8] {
        var parts: [String] = []
        for item in inspection.experiments {
            switch form {
            case .text: parts.append(plain(item.sheet, of: inspection, width: width, showsSources))
            case .markdown: parts.append(markdown(item.sheet, showsSources))
            case .cif: parts.append(RawDataFragment.text(item.sheet, path: inspection.path))
            }
        }
        if parts.isEmpty { parts.append("\(inspection.path): no raw data table, \(inspection.withoutExperiment)\n") }
        return Array(parts.joined(separator: "\n").utf8)
    }

    /// "20 of 22 fields; missing: temperature".
    static func score(_ table: RawDataSheet) -> String {
        let missing = table.missing
        return "\(table.presentCount) of \(RawDataTable.fieldCount) fields"
            + (missing.isEmpty ? "" : "; missing: " + missing.joined(separator: ", "))
    }

    static func name(_ field: RawDataSheet.Field) -> String { field.name + (field.unit.map { " (\($0))" } ?? "") }

    /// A value with its scan, where there are several, and its note.
    static func words(_ value: RawDataSheet.Value, of field: RawDataSheet.Field) -> String {
        let scan = field.values.count > 1 ? value.scan.map { "\($0): " } ?? "" : ""
        return scan + value.text + (value.note.map { " (\($0))" } ?? "")
    }

    private static func plain(
        _ sheet: RawDataSheet, of inspection: Inspection, width: Int, _ showsSources: Bool
    ) -> String {
        var text = Printable.text("\(inspection.path): raw data table of '\(sheet.id)'") + "\n"
        text += Printable.wrap(score(sheet), width: width, indent: 0) + "\n\n"
        for field in sheet.fields {
            let number = field.number < 10 ? " \(field.number)" : "\(field.number)"
            var front = " \(number)  " + ComparisonTable.pad(name(field), 26)
            if field.values.isEmpty {
                text += front + "-   wanted: \(field.item)\n"
            }
            for value in field.values {
                let shown = Printable.text(words(value, of: field))
                if !showsSources {
                    text += front + shown + "\n"
                    front = blanks(31)
                    continue
                }
                let source = Printable.text(value.source)
                let line = front + ComparisonTable.pad(shown, 28) + source
                text += (line.count <= width ? line : front + shown + "\n" + blanks(33) + source) + "\n"
                front = blanks(31)
            }
        }
        return text
    }

    private static func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }

    static func markdown(_ sheet: RawDataSheet, _ showsSources: Bool) -> String {
        var text = "Raw data table of \(code(sheet.id)): \(cell(score(sheet)))\n\n"
        text +=
            showsSources
            ? "| no. | field | value | from |\n|---|---|---|---|\n" : "| no. | field | value |\n|---|---|---|\n"
        for field in sheet.fields {
            let values = field.values.map { cell(words($0, of: field)) }.joined(separator: "<br>")
            text += "| \(field.number) | \(name(field)) | \(values.isEmpty ? "-" : values) |"
            if showsSources {
                var seen = Set<String>()
                let from = field.values.map { source($0.source) }.filter { seen.insert($0).inserted }
                text += " \(from.isEmpty ? "wanted: `\(field.item)`" : from.joined(separator: "<br>")) |"
            }
            text += "\n"
        }
        return text
    }

    /// Words on a source; those with names of items are code, which takes underscores as they are.
    private static func source(_ words: String) -> String { words.contains("_") ? code(words) : cell(words) }

    /// A text between backticks, where no mark has a meaning but that of a table.
    private static func code(_ text: String) -> String {
        "`"
            + String(Printable.text(text).map { $0 == "`" ? "'" : $0 }).split(
                separator: "|", omittingEmptySubsequences: false
            ).joined(separator: "\\|") + "`"
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
