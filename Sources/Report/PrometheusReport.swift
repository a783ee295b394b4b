// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings

/// Numbers of a run for the textfile collector of the node exporter: no times, one series for each state and each rule.
///
/// - Source: prometheus.io, text exposition format 0.0.4.
public struct PrometheusReport: ReportFormat {
    public static let row = FormatRow("prometheus", endings: ["prom"], "numbers for the textfile collector")

    private struct Key: Hashable {
        let rule: RuleID
        let level: Level
        let isFailing: Bool
    }

    private let head: RunHead
    private var findings: [Key: Int] = [:]
    private var known = 0
    private var unjudged = 0

    public init(_ head: RunHead, _ style: ReportStyle) { self.head = head }

    public mutating func take(_ event: ReportEvent, _ out: inout [UInt8]) {
        switch event {
        case .run: break
        case .file(let report):
            if report.isUnjudged { unjudged += 1 }
            for finding in report.findings {
                if finding.isKnown { known += 1 }
                findings[
                    Key(rule: finding.rule, level: finding.level, isFailing: head.isFailing(finding)), default: 0] += 1
            }
        case .end(let end): out += text(end).utf8
        }
    }

    private func text(_ end: RunEnd) -> String {
        var text = Self.head("imprimatur_info", "Version and profile of the run.")
        text +=
            "imprimatur_info{version=\"\(Self.label(head.version))\",profile=\"\(Self.label(head.profileName))\",fail_at=\"\(head.failAt.rawValue)\"} 1\n"
        text += Self.head(
            "imprimatur_run_complete", "1 when every input was looked at, 0 when the run was ended before.")
        text += "imprimatur_run_complete \(end.interruptedOf == nil ? 1 : 0)\n"
        text += Self.head("imprimatur_files", "Files by the state in which their check ended.")
        for status in FileStatus.all { text += "imprimatur_files{status=\"\(status.text)\"} \(end[status])\n" }
        text += Self.head("imprimatur_files_not_judged", "Files of which something was not read.")
        text += "imprimatur_files_not_judged \(unjudged)\n"
        text += Self.head("imprimatur_findings_known", "Findings that the baseline holds.")
        text += "imprimatur_findings_known \(known)\n"
        guard !findings.isEmpty else { return text }
        text += Self.head("imprimatur_findings", "Findings by rule and level, and whether they fail the run.")
        let sorted = findings.sorted {
            ($0.key.rule, $0.key.level, $0.key.isFailing ? 0 : 1) < (
                $1.key.rule, $1.key.level, $1.key.isFailing ? 0 : 1
            )
        }
        for (key, count) in sorted {
            text +=
                "imprimatur_findings{rule=\"\(key.rule)\",level=\"\(key.level.rawValue)\",failing=\"\(key.isFailing)\"} \(count)\n"
        }
        return text
    }

    private static func head(_ name: String, _ help: String) -> String {
        "# HELP \(name) \(help)\n# TYPE \(name) gauge\n"
    }

    private static func label(_ text: String) -> String {
        var shown = ""
        for scalar in Printable.text(text).unicodeScalars {
            switch scalar {
            case "\\": shown += "\\\\"
            case "\"": shown += "\\\""
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }
}
