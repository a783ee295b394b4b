// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings
import Transport

/// What an audit found, for people: how many files ended in each state, the rules that spoke most, what stands out.
public enum CollectionText {
    public static func text(_ collection: AuditSummary, width: Int = 100) -> String {
        var rows: [(term: String, text: String)] = []
        rows.append(("archive", collection.roots.map(Printable.text).joined(separator: ", ")))
        rows.append(("files", "\(collection.files), \(SizeText.of(collection.bytes))"))
        let counts = FileStatus.all.filter { collection.statuses[$0] > 0 }.map {
            "\(collection.statuses[$0]) \($0.text)"
        }
        rows.append(("checked", counts.isEmpty ? "nothing" : counts.joined(separator: ", ")))
        if collection.parts > 0 { rows.append(("", "\(collection.parts) of them as parts of a data set")) }
        let passed = collection.statuses.passedOver.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        if !passed.isEmpty {
            rows.append(
                ("passed over", passed.map { "\($0.value) \(Printable.text($0.key))" }.joined(separator: ", ")))
        }
        if collection.elsewhere > 0 {
            rows.append(("elsewhere", "\(collection.elsewhere) files, \(SizeText.of(collection.elsewhereBytes))"))
        }
        if collection.open > 0 {
            rows.append(("not yet", "\(collection.open) files; 'imprimatur audit resume' checks them"))
        }
        rows.append(
            (
                "profile",
                "\(collection.head.profileName) fails at \(collection.head.failAt.rawValue); tiers \(collection.tiers)"
            ))
        var text = Paragraph.table(rows, width: width, indent: 0).joined(separator: "\n") + "\n"
        if !collection.rules.isEmpty {
            text += "\n"
            for rule in collection.rules.prefix(20) {
                text += "\(left(rule.files, 8))  \(rule.level)  \(rule.rule)  \(rule.title)\n"
            }
            if collection.rules.count > 20 { text += "          and \(collection.rules.count - 20) more rules\n" }
        }
        let bad = collection.members.filter { $0.status != .pass && $0.status != .skipped }
        if !bad.isEmpty {
            text += "\n"
            for member in bad.prefix(20) {
                text +=
                    "\(Printable.text(member.path)): \(member.status.text.uppercased())"
                    + (member.reason.isEmpty ? "" : ", " + Printable.text(member.reason)) + "\n"
            }
            let rest = FileStatus.all.filter { $0 != .pass && $0 != .skipped }.reduce(0) {
                $0 + collection.statuses[$1]
            }
            if rest > 20 { text += "and more: 'imprimatur audit list --db …' names all\n" }
        }
        return text
    }

    private static func left(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
