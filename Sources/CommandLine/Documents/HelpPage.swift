// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Report

/// The texts of --help.
public enum HelpPage {
    /// Help on one verb.
    public static func page(for verb: VerbRow, width: Int) -> String {
        var lines = ["Usage: " + verb.usage, ""]
        lines += Paragraph.wrap(sentence(verb.summary), width: width)
        for paragraph in verb.description { lines += [""] + Paragraph.wrap(paragraph, width: width) }
        if let operand = verb.operand {
            lines += ["", "Inputs:"]
            lines += Paragraph.table([(operand.placeholder, operand.summary)], width: width)
        }
        lines += ["", "Options:"]
        lines += Paragraph.table(verb.allOptions.map { ($0.usage, words(on: $0)) }, width: width)
        if !verb.examples.isEmpty {
            lines += ["", "Examples:"]
            for example in verb.examples {
                lines.append("  " + example.line)
                lines += Paragraph.wrap(example.meaning, width: width, indent: 6)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Help on the program, or on a group of verbs.
    public static func overview(of verbs: [VerbRow], group: String, width: Int) -> String {
        var shown = group.isEmpty ? verbs : verbs.filter { $0.words.first == group }
        // A group can be a verb of its own, which is told first.
        if let own = shown.first(where: { $0.name == group }) {
            shown.removeAll { $0.name == group }
            return page(for: own, width: width) + "\nVerbs:\n"
                + Paragraph.table(shown.map { ($0.name, $0.summary) }, width: width).joined(separator: "\n")
                + "\n\n'imprimatur VERB --help' tells more of one verb.\n"
        }
        var lines = ["Usage: imprimatur \(group.isEmpty ? "VERB" : group + " VERB") [OPTION]... [INPUT]..."]
        if group.isEmpty { lines += [""] + Paragraph.wrap(Program.summary + ".", width: width) }
        lines += ["", "Verbs:"] + Paragraph.table(shown.map { ($0.name, $0.summary) }, width: width)
        if group.isEmpty {
            let options = [("--version", "print the version and end"), ("--help", "print this help and end")]
            lines += ["", "Options:"] + Paragraph.table(options, width: width)
        }
        lines += ["", "'imprimatur VERB --help' tells more of one verb.", "", "Exit codes:"]
        lines += Paragraph.table(ExitCode.meanings, width: width)
        return lines.joined(separator: "\n") + "\n"
    }

    static func sentence(_ summary: String) -> String {
        summary.prefix(1).uppercased() + summary.dropFirst() + "."
    }

    static func words(on row: OptionRow) -> String {
        var text = row.summary
        if case .choice(let choices) = row.shape { text += " (" + choices.joined(separator: ", ") + ")" }
        if row.isRepeatable { text += "; may be given several times" }
        return text
    }
}

extension ExitCode {
    /// Codes and what they say.
    public static let meanings: [(term: String, text: String)] = [
        ("0", "everything was checked and nothing is at or above the fail level"),
        ("1", "findings at or above the fail level"),
        ("2", "wrong usage or configuration; nothing was checked"),
        ("3", "at least one input could not be read or finished"),
        ("4", "an input is incomplete or still being written"),
        ("70", "a defect of this program"),
        ("130, 143", "interrupted, terminated"),
    ]
}
