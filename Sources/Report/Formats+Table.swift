// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The forms of report there are; the first is the one that nobody has to ask for.
public enum Formats {
    public static let all: [any ReportFormat.Type] = [
        TextReport.self, JSONReport.self, JSONLinesReport.self, CheckCIFReport.self,
    ]

    /// The form with a name; nil for a name that is none.
    public static func named(_ name: String) -> (any ReportFormat.Type)? { all.first { $0.row.name == name } }

    /// By the ending of a file name; nil for an ending that says nothing.
    public static func ofFile(_ name: String) -> (any ReportFormat.Type)? {
        guard let ending = name.split(separator: ".").last.map(String.init) else { return nil }
        return all.first { $0.row.endings.contains(ending) }
    }
}
