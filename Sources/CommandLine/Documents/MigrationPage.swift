// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Actions
import RuleEngine

/// What changed of the rules from release to release: new ones, levels, parameters, titles, numbers that are given up.
public enum MigrationPage {
    public static func text(of history: RuleHistory) -> String {
        var lines = [
            "# Rules by release", "",
            "Written by `swift run write-docs` from `rules/releases`. A profile, a baseline or a job that",
            "was made for one release finds here what the next ones changed; verdicts that changed without any of",
            "this are in `docs/changes`.",
        ]
        for (index, release) in history.releases.enumerated().reversed() {
            lines += ["", "## \(release.version)", ""]
            guard index > 0 else {
                lines += first(release.rows)
                continue
            }
            let rows = changes(from: history.releases[index - 1].rows, to: release.rows)
            lines +=
                rows.isEmpty ? ["No rule changed."] : ["| rule | change | before | now |", "|---|---|---|---|"] + rows
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func first(_ rows: [RuleID: RuleHistory.Row]) -> [String] {
        [
            "The first release: \(rows.count) rules, all of them new.", "", "| rule | level | parameters | title |",
            "|---|---|---|---|",
        ]
            + rows.sorted { $0.key < $1.key }.map { rule, row in
                let status = row.status == "stable" ? "" : " (\(row.status))"
                return
                    "| [\(rule)](\(rule).md) | \(row.level)\(status) | \(cell(row.parameters)) | \(cell(row.title)) |"
            }
    }

    private static func changes(from old: [RuleID: RuleHistory.Row], to new: [RuleID: RuleHistory.Row]) -> [String] {
        var lines: [String] = []
        for rule in Set(old.keys).union(new.keys).sorted() {
            let link = "[\(rule)](\(rule).md)"
            guard let now = new[rule] else {
                lines.append("| \(rule) | given up | \(cell(old[rule]?.title ?? "")) | |")
                continue
            }
            guard let before = old[rule] else {
                lines.append("| \(link) | new | | \(now.level): \(cell(now.title)) |")
                continue
            }
            let parts = [
                ("level", before.level, now.level), ("status", before.status, now.status),
                ("parameters", before.parameters, now.parameters), ("title", before.title, now.title),
            ]
            for (name, was, isNow) in parts where was != isNow {
                lines.append("| \(link) | \(name) | \(cell(was)) | \(cell(isNow)) |")
            }
        }
        return lines
    }

    private static func cell(_ text: String) -> String {
        text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}
