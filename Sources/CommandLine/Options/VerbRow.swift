// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// One verb: its words, options, operands and what it does.
public struct VerbRow: Sendable {
    /// "check", or "rules explain".
    public let name: String
    /// One sentence without a full stop.
    public let summary: String
    /// Paragraphs for the help and the man page.
    public let description: [String]
    public let options: [OptionRow]
    public let operand: OperandRow?
    /// Lines to try, with what each does.
    public let examples: [(line: String, meaning: String)]
    public let run: @Sendable (Invocation) -> ExitCode

    public init(
        _ name: String, _ summary: String, description: [String], options: [OptionRow] = [],
        operand: OperandRow? = nil, examples: [(line: String, meaning: String)] = [],
        run: @escaping @Sendable (Invocation) -> ExitCode
    ) {
        self.name = name
        self.summary = summary
        self.description = description
        self.options = options
        self.operand = operand
        self.examples = examples
        self.run = run
    }

    public var words: [String] { name.split(separator: " ").map(String.init) }

    /// "imprimatur check [OPTION]... FILE...".
    public var usage: String {
        ["imprimatur", name, options.isEmpty ? nil : "[OPTION]...", operand?.usage].compactMap { $0 }
            .joined(separator: " ")
    }

    /// The options of this verb and those that every verb has.
    public var allOptions: [OptionRow] { options + OptionRow.everywhere }
}

/// A verb by its name; its row is made when it is asked for.
public struct VerbEntry: Sendable {
    public let name: String
    public let row: @Sendable () -> VerbRow

    public init(_ name: String, row: @escaping @Sendable () -> VerbRow) {
        self.name = name
        self.row = row
    }

    var words: [String] { name.split(separator: " ").map(String.init) }
}

extension OptionRow {
    /// Options of every verb.
    public static let everywhere: [OptionRow] = [OptionRow("help", short: "h", "print this help and end")]
}

/// A verb with the options and operands that were given.
public struct Invocation: Sendable {
    public let verb: VerbRow
    /// Every verb of the program, for those that tell of all of them.
    let entries: [VerbEntry]
    let values: [String: [String]]
    public let operands: [String]
    let surroundings: Surroundings

    /// The values of an option of this verb as they were written.
    func texts(of row: OptionRow) -> [String] {
        precondition(verb.allOptions.contains { $0.name == row.name }, "'\(verb.name)' has no option '\(row.name)'")
        return values[row.name] ?? []
    }

    /// What the program tells its workers of a run, beside options.
    enum Told: String, Sendable {
        /// Files of which a page shows tables and pictures.
        case exhibited = "(exhibited)"
    }

    /// What was told; nil where this is no worker, or nothing was.
    func told(_ matter: Told) -> [String]? { values[matter.rawValue] }

    /// The same call for workers that are told something.
    func telling(_ matter: Told, _ words: [String]) -> Invocation {
        var values = values
        values[matter.rawValue] = words
        return Invocation(
            verb: verb, entries: entries, values: values, operands: operands, surroundings: surroundings)
    }

    /// Whether an option of this verb was given.
    func isGiven(_ row: OptionRow) -> Bool {
        precondition(verb.allOptions.contains { $0.name == row.name }, "'\(verb.name)' has no option '\(row.name)'")
        return values[row.name] != nil
    }
}
