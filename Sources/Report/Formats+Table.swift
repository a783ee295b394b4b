// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The forms of report there are; the first is the one that nobody has to ask for.
public enum Formats {
    public static let all: [any ReportFormat.Type] = [
        TextReport.self, JSONReport.self, JSONLinesReport.self, CheckCIFReport.self, SARIFReport.self,
        JUnitReport.self, GitLabReport.self, GitHubReport.self, MarkdownReport.self, CSVReport.self,
        PrometheusReport.self, SciCatReport.self, HTMLReport.self,
    ]

    /// The form with a name; nil for a name that is none.
    public static func named(_ name: String) -> (any ReportFormat.Type)? { all.first { $0.row.name == name } }

    /// By the longest ending of a file name that is known, case aside; nil where none is.
    ///
    /// "gl-code-quality-report.json" is that of GitLab, "report.json" ours.
    public static func ofFile(_ name: String) -> (any ReportFormat.Type)? {
        let name = name.lowercased()
        var best: (form: any ReportFormat.Type, length: Int)?
        for form in all {
            for ending in form.row.endings where ends(name, with: ending) && ending.utf8.count > best?.length ?? 0 {
                best = (form, ending.utf8.count)
            }
        }
        return best?.form
    }

    /// The ending stands behind a point, or behind a hyphen where it has a point of its own.
    private static func ends(_ name: String, with ending: String) -> Bool {
        guard name.hasSuffix(ending) else { return false }
        let sign = name.dropLast(ending.count).last
        return sign == "." || ending.contains(".") && (sign == nil || sign == "-" || sign == "/")
    }
}
