// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The words of the command line.
struct GateArguments {
    let old: String
    let new: String
    /// Files, folders, and lists of both as `@LIST`.
    let paths: [String]
    /// Folder with the announced changes.
    var changes = "docs/changes"
    /// Folder where runs of the old program are kept.
    var kept = ".build/verdicts"
    /// Every report is compared byte by byte.
    var comparesBytes = false
    /// Time and memory are compared; not between a release and a program for debugging.
    var comparesTimes = true

    static let usage = """
        usage: compare-verdicts [--bytes] [--no-times] [--changes DIR] [--kept DIR] OLD NEW PATH...

        PATH is a file, a folder, or @LIST, a file with a path on each line.

        """

    init(_ arguments: [String]) throws(GateFault) {
        var operands: [String] = []
        var rest = arguments[...]
        while let word = rest.popFirst() {
            switch word {
            case "--bytes": comparesBytes = true
            case "--no-times": comparesTimes = false
            case "--help": throw GateFault(line: "what two programs say of the same files", isHelp: true)
            case "--changes", "--kept":
                guard let value = rest.popFirst() else { throw GateFault(line: "'\(word)' lacks its value, DIR") }
                if word == "--kept" { kept = value } else { changes = value }
            default:
                guard !word.hasPrefix("-") else { throw GateFault(line: "no option '\(word)'") }
                operands.append(word)
            }
        }
        guard operands.count > 2 else { throw GateFault(line: "two programs and at least one path are expected") }
        old = operands[0]
        new = operands[1]
        paths = Array(operands.dropFirst(2))
    }
}
