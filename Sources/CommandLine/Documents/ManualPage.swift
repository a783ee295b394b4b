// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The manual page, in the man macros of roff.
public enum ManualPage {
    public static func text(of verbs: [VerbRow]) -> String {
        var lines = [
            ".\\\" SPDX-FileCopyrightText: 2026 The Imprimatur authors", ".\\\" SPDX-License-Identifier: Apache-2.0",
            ".\\\" Written by 'swift run write-docs'.",
            ".TH IMPRIMATUR 1 \"\" \"imprimatur \(Program.version)\" \"User commands\"",
            ".SH NAME", escaped("imprimatur - " + Program.summary.prefix(1).lowercased() + Program.summary.dropFirst()),
            ".SH SYNOPSIS", ".B imprimatur", ".I VERB", "[OPTION]... [INPUT]...",
            ".SH DESCRIPTION",
        ]
        lines += Program.description.flatMap { [".PP", escaped($0)] }
        lines.append(".SH VERBS")
        for verb in verbs { lines += section(on: verb) }
        lines.append(".SH EXIT STATUS")
        lines += ExitCode.meanings.flatMap { [".TP", ".B \($0.term)", escaped(HelpPage.sentence($0.text))] }
        lines.append(".SH ENVIRONMENT")
        lines += Program.environment.flatMap { [".TP", ".B \($0.name)", escaped(HelpPage.sentence($0.meaning))] }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func section(on verb: VerbRow) -> [String] {
        var lines = [".SS \"" + escaped(verb.usage) + "\"", escaped(HelpPage.sentence(verb.summary))]
        lines += verb.description.flatMap { [".PP", escaped($0)] }
        if let operand = verb.operand {
            lines += [".TP", ".I \(operand.placeholder)", escaped(HelpPage.sentence(operand.summary))]
        }
        for option in verb.options {
            let front = option.short.map { "\\-\($0), " } ?? ""
            let value = option.placeholder.map { " \\fI\($0)\\fR" } ?? ""
            lines += [".TP", "\\fB\(front)\\-\\-\(escaped(option.name))\\fR\(value)"]
            lines.append(escaped(HelpPage.sentence(HelpPage.words(on: option))))
        }
        for example in verb.examples {
            lines += [".PP", ".nf", escaped(example.line), ".fi", escaped(HelpPage.sentence(example.meaning))]
        }
        return lines
    }

    /// Backslashes, hyphens and a leading point or quote, which roff would read as its own.
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            default: result.append(character)
            }
        }
        return result.hasPrefix(".") || result.hasPrefix("'") ? "\\&" + result : result
    }
}
