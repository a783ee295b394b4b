// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What an option or an operand takes.
public enum ValueShape: Sendable, Hashable {
    case file
    case folder
    /// One of these words.
    case choice([String])
    /// Any text.
    case text
    /// The identifier of a rule.
    case rule
    /// The name of a profile that ships, or a file.
    case profile
    /// A release of the NeXus definitions, or a folder.
    case release
}

/// One option of the command line: parser, help, man page and completions are written from it.
public struct OptionRow: Sendable {
    /// Without hyphens.
    public let name: String
    public let short: Character?
    /// What stands for the value in the help, such as FILE; nil for an option without a value.
    public let placeholder: String?
    public let shape: ValueShape
    public let isRepeatable: Bool
    /// One sentence without a full stop.
    public let summary: String
    /// Why a text is no value; nil for one that is.
    let check: @Sendable (String) -> ValueFault?

    /// An option that is there or not.
    public init(_ name: String, short: Character? = nil, _ summary: String) {
        self.init(name, short: short, placeholder: nil, shape: .text, isRepeatable: false, summary)
    }

    /// An option with a value.
    public init(
        _ name: String, short: Character? = nil, placeholder: String?, shape: ValueShape, isRepeatable: Bool = false,
        _ summary: String, check: @escaping @Sendable (String) -> ValueFault? = { _ in nil }
    ) {
        self.check = check
        self.name = name
        self.short = short
        self.placeholder = placeholder
        self.shape = shape
        self.isRepeatable = isRepeatable
        self.summary = summary
    }

    public var takesValue: Bool { placeholder != nil }

    /// "-o, --output FILE", with four blanks where there is no short form.
    public var usage: String {
        let front = short.map { "-\($0), " } ?? "    "
        return front + "--" + name + (placeholder.map { " " + $0 } ?? "")
    }
}

/// What follows the options.
public struct OperandRow: Sendable, Hashable {
    /// What stands for it in the help, such as FILE.
    public let placeholder: String
    public let shape: ValueShape
    public let minimum: Int
    /// nil for any number.
    public let maximum: Int?
    /// One sentence without a full stop.
    public let summary: String

    public init(_ placeholder: String, _ shape: ValueShape, minimum: Int, maximum: Int?, _ summary: String) {
        self.placeholder = placeholder
        self.shape = shape
        self.minimum = minimum
        self.maximum = maximum
        self.summary = summary
    }

    /// "FILE...", "[ID]".
    public var usage: String {
        let word = maximum == 1 ? placeholder : placeholder + "..."
        return minimum == 0 ? "[\(word)]" : word
    }
}
