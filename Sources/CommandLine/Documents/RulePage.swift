// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Report
public import RuleEngine

/// The page of a rule, in Markdown that also reads well on a terminal.
public enum RulePage {
    public static func text(of rule: Rule) -> String {
        var lines = [
            "# \(rule.id): \(rule.title)", "", facts(on: rule), "", rule.what, "", "**Why it matters.** \(rule.why)",
            "",
        ]
        lines += ["**What to do.** \(rule.fix)", ""]
        if !rule.parameters.isEmpty {
            lines += ["| parameter | default | limits | meaning |", "|---|---|---|---|"]
            lines += rule.parameters.map(row) + [""]
        }
        if !rule.needs.isEmpty {
            lines += [
                "Looked at only where these have no finding: " + rule.needs.map(\.description).joined(separator: ", ")
                    + ".", "",
            ]
        }
        if !rule.references.isEmpty { lines += ["Sources:", ""] + rule.references.map { "- \($0)" } + [""] }
        return lines.flatMap { $0.hasPrefix("|") || $0.hasPrefix("#") ? [$0] : Paragraph.wrapKeepingBlank($0) }
            .joined(separator: "\n")
    }

    /// The rules by subject, and by level, each with a finding as it is printed.
    ///
    /// - Parameter example: The sentence of a finding of a rule; empty where none is known.
    public static func index(of rules: [Rule], example: (RuleID) -> String = { _ in "" }) -> String {
        let sorted = rules.sorted { $0.id < $1.id }
        var lines = [
            "# Rules", "", "Written by `swift run write-docs`. Levels: A the data cannot be interpreted or will be",
            "interpreted wrongly; B some software will go wrong; C check; G for information. What changed from release",
            "to release is in [migration.md](migration.md); `imprimatur rules list -f json` is the same for programs.",
            "",
            "| level | rules |", "|---|---|",
        ]
        for level in Level.allCases {
            let links = sorted.filter { $0.level == level }.map { "[\($0.id)](\($0.id).md)" }
            lines.append("| \(level.rawValue) | \(links.joined(separator: ", ")) |")
        }
        for area in RuleID.areas {
            let members = sorted.filter { $0.id.area == area }
            guard !members.isEmpty else { continue }
            lines += ["", "## \(area)", "", "| rule | level | files | fault | a finding |", "|---|---|---|---|---|"]
            for rule in members {
                let front = "| [\(rule.id)](\(rule.id).md) | \(rule.level.rawValue) | \(words(on: rule.applies)) "
                lines.append(front + "| \(cell(rule.title)) | \(cell(example(rule.id))) |")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func facts(on rule: Rule) -> String {
        let views = rule.checks.map(\.view).joined(separator: ", ")
        return "Level \(rule.level.rawValue), for \(words(on: rule.applies)), \(rule.status.rawValue); reads: \(views)."
    }

    private static func words(on applies: Applicability) -> String {
        switch applies {
        case .both: return "imgCIF and NXmx"
        case .anyNeXus: return "HDF5 and NeXus files"
        case .imgCIF, .nxmx, .package: return applies.rawValue
        }
    }

    private static func row(_ parameter: Parameter) -> String {
        let value: String
        switch parameter.defaultValue {
        case .number(let number): value = Wording.number(number) + " " + parameter.unit
        case .words(let words): value = words.joined(separator: ", ")
        }
        let limits =
            parameter.limits.map { "\(Wording.number($0.lowerBound)) to \(Wording.number($0.upperBound))" } ?? ""
        return "| \(parameter.name) | \(cell(value)) | \(limits) | \(cell(parameter.meaning)) |"
    }

    private static func cell(_ text: String) -> String {
        text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}

extension Paragraph {
    /// Lines of at most 100 columns; an empty text stays an empty line.
    static func wrapKeepingBlank(_ text: String) -> [String] {
        text.isEmpty ? [""] : wrap(text, width: 100)
    }
}
