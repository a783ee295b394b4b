// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine
import Transport

// What a file is told when the others of the run are known.

extension FileCheck {
    /// Rules on what links and virtual datasets lead to, which a master tells of the files between as well.
    static let rulesOnLinks: Set<RuleID> = ["FILE-004", "FILE-005", "FILE-006", "FILE-007"]

    /// The report on a file that is checked through a master of the run: what its bytes lack stays, and its role.
    ///
    /// - Parameter told: Rules on links that speak of the master.
    func asPart(of master: String, _ report: FileReport, told: Set<RuleID>) -> FileReport {
        var report = report
        let name = Self.name(of: master, from: report.path)
        var part = report.kinship.part ?? WriterPart(.data)
        part.master = name
        part.isMasterInRun = true
        report.kinship.part = part
        report.findings = report.findings.filter {
            $0.rule.area == "FILE" && $0.rule != "FILE-016"
                && (told.isEmpty || !Self.rulesOnLinks.contains($0.rule))
        }
        report.findings += [
            finding("FILE-016", "file is \(part.words)", [("role", part.role.rawValue), ("master", name)])
        ].compactMap { $0 }
        report.findings.sort(by: Engine.precedes)
        report.notChecked = report.notChecked.filter { $0.rule.area == "FILE" }
        report.experiments = []
        report.exhibits = nil
        report.isFailing = report.findings.contains {
            settings.profile.isFailing($0, failAt: settings.failAt)
        }
        report.isUnread = !report.failures.isEmpty
        if !report.isFailing, report.failures.isEmpty { report.status = .skipped }
        return report
    }

    /// The report on a description that leads to the frames of others.
    func sharing(_ files: [String], _ descriptions: [String], _ report: FileReport) -> FileReport {
        let more = files.count > 1 ? " and \(files.count - 1) more" : ""
        let first = files.first ?? ""
        let message =
            "\(descriptions.count) descriptions lead to the frames of '\(Wording.excerpt(Self.name(of: first, from: report.path), limit: 80))'\(more) "
            + "(\(descriptions.prefix(6).map { Self.name(of: $0, from: report.path) }.joined(separator: ", "))"
            + (descriptions.count > 6 ? " and \(descriptions.count - 6) more" : "") + ")"
        guard let finding = finding("DATA-029", message, [("file", first)]) else { return report }
        return adding([finding], to: report)
    }

    /// The report with what only the run can tell.
    func adding(_ findings: [Finding], to report: FileReport) -> FileReport {
        var report = report
        report.findings = (report.findings + findings).sorted(by: Engine.precedes)
        report.isFailing = report.findings.contains { settings.profile.isFailing($0, failAt: settings.failAt) }
        if report.isFailing, report.status != .fail {
            report.otherwise = report.status
            report.status = .fail
        }
        return report
    }

    private func finding(_ rule: RuleID, _ message: String, _ values: [(String, String)]) -> Finding? {
        engine.finding(rule, message, values: values.map { DatumField($0.0, .text($0.1)) })
    }

    /// A path as somebody names it who stands in the folder of another file.
    static func name(of path: String, from other: String) -> String {
        let folder = Name(other).folder.bytes
        guard !folder.isEmpty, Name(path).bytes.starts(with: folder) else { return path }
        return Name(bytes: Array(Name(path).bytes.dropFirst(folder.count))).text
    }
}
