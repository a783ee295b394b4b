// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings

/// The data sets and files of an audit as a table of comma separated values, RFC 4180.
public enum CollectionTable {
    public static func csv(_ collection: AuditSummary) -> [UInt8] {
        var bytes = Array("path,kind,status,a,b,c,g,parts,outline,reason,rules\r\n".utf8)
        for member in collection.members {
            var cells = [Printable.text(member.path), member.kind, member.status.text]
            cells += member.counts.map(String.init)
            cells += [
                String(member.parts), Printable.text(member.outline), Printable.text(member.reason),
                member.rules.joined(separator: " "),
            ]
            bytes += cells.map(cell).joined(separator: ",").utf8
            bytes += [0x0D, 0x0A]
        }
        return bytes
    }

    /// In quotes where it needs them; one that a spreadsheet would take for a formula begins with an apostrophe.
    public static func cell(_ text: String) -> String {
        let first = text.unicodeScalars.first
        let isFormula = first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
        let text = isFormula ? "'" + text : text
        guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
