// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import CommandLine
import Glibc
import JSON
import RuleCatalog
import RuleEngine

/// The table of rules of the release to come, with the number of their cases and a finding of each.
enum RuleRelease {
    static let path = "rules/releases/\(Program.version).tsv"

    /// The history with this release as its last.
    static func history(in checkout: Checkout) -> RuleHistory {
        let folder = try? RulesFolder.find(option: checkout.root + "/rules")
        let older = folder.map { RuleHistory(in: $0).releases.filter { $0.version != Program.version } } ?? []
        return RuleHistory(releases: older + [(Program.version, rows(in: checkout))])
    }

    static func text(of history: RuleHistory) -> String { RuleHistory.text(history.releases.last?.rows ?? [:]) }

    private static func rows(in checkout: Checkout) -> [RuleID: RuleHistory.Row] {
        let examples = examples(in: checkout)
        var rows: [RuleID: RuleHistory.Row] = [:]
        for rule in catalogue {
            let files = checkout.names(in: "corpora/\(rule.id)", endingWith: "")
            func count(_ front: String) -> Int {
                files.count { $0.split(separator: "/").last?.hasPrefix(front) ?? false }
            }
            rows[rule.id] = RuleHistory.row(
                of: rule, fails: count("fail-"), passes: count("pass-"), example: examples[rule.id] ?? "")
        }
        return rows
    }

    /// The first sentence that a plain check prints for each rule, of the files that it has to speak of.
    private static func examples(in checkout: Checkout) -> [RuleID: String] {
        let folder = ".build/cases"
        let command =
            "cd '\(checkout.root)' && rm -rf \(folder) && mkdir -p \(folder) && .build/debug/write-corpora \(folder) corpora > /dev/null"
            + " && find corpora \(folder) -name 'fail-*' ! -name '*.json' ! -name '*.json5' -type f | LC_ALL=C sort"
            + " | IMPRIMATUR_RULES=rules .build/debug/imprimatur check --no-config --no-digest -q -o - -f jsonl - 2> /dev/null"
        guard let stream = popen(command, "r") else { return [:] }
        defer { pclose(stream) }
        var examples: [RuleID: String] = [:]
        for line in Checkout.all(of: stream).split(separator: "\n") {
            guard let event = try? JSONReader.read(Array(line.utf8)), event["event"]?.string == "finding",
                let rule = event["rule"]?.string.flatMap({ RuleID($0) }), examples[rule] == nil,
                event["path"]?.string?.contains("/\(rule)/") ?? false
            else { continue }
            examples[rule] = event["message"]?.string
        }
        return examples
    }
}
