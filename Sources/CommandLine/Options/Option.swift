// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine
import Transport

/// Why a text is no value of an option.
public struct ValueFault: Error, Sendable, Hashable {
    /// What the option takes: "a number above 0", "A, B, C or G".
    public let wanted: String
    /// The value that was meant, when one is near.
    public let nearest: String?

    public init(wanted: String, nearest: String? = nil) {
        self.wanted = wanted
        self.nearest = nearest
    }

    /// None of these words.
    static func noChoice(_ value: String, of choices: [String]) -> ValueFault {
        let list = choices.count > 1 ? choices.dropLast().joined(separator: ", ") + " or " : ""
        return ValueFault(
            wanted: list + (choices.last ?? ""), nearest: Spelling.nearest(to: value, among: choices))
    }
}

/// An option with the type of its value: `call[.failAt]` is a level, and what is none never reaches the verb.
///
/// Options are computed when they are asked for, so that a run pays for those of its verb alone.
public struct Option<Value: Sendable>: Sendable {
    public let row: OptionRow
    let parse: @Sendable (String) -> Result<Value, ValueFault>

    /// An option with a value.
    init(
        _ name: String, short: Character? = nil, _ placeholder: String, shape: ValueShape = .text,
        isRepeatable: Bool = false, _ summary: String,
        parse: @escaping @Sendable (String) -> Result<Value, ValueFault>
    ) {
        self.parse = parse
        row = OptionRow(
            name, short: short, placeholder: placeholder, shape: shape, isRepeatable: isRepeatable, summary
        ) { text in
            if case .failure(let fault) = parse(text) { return fault }
            return nil
        }
    }

    /// One of some words, each with what it means.
    init(
        _ name: String, short: Character? = nil, _ placeholder: String, choices: [(word: String, value: Value)],
        _ summary: String
    ) {
        let words = choices.map(\.word)
        self.init(name, short: short, placeholder, shape: .choice(words), summary) { text in
            guard let choice = choices.first(where: { $0.word == text }) else {
                return .failure(.noChoice(text, of: words))
            }
            return .success(choice.value)
        }
    }
}

extension Option where Value == String {
    /// An option that takes any text.
    init(
        _ name: String, short: Character? = nil, _ placeholder: String, shape: ValueShape = .text,
        isRepeatable: Bool = false, _ summary: String
    ) {
        self.init(name, short: short, placeholder, shape: shape, isRepeatable: isRepeatable, summary) { .success($0) }
    }
}

extension Option where Value == Double {
    /// A number above 0.
    init(positive name: String, _ placeholder: String, _ summary: String) {
        self.init(name, placeholder, summary) { text in
            guard let value = Double(text), value.isFinite, value > 0 else {
                return .failure(ValueFault(wanted: "a number above 0"))
            }
            return .success(value)
        }
    }
}

/// An option without a value.
public struct Flag: Sendable {
    public let row: OptionRow

    init(_ name: String, short: Character? = nil, _ summary: String) {
        row = OptionRow(name, short: short, summary)
    }
}

extension OptionRow {
    /// The row of an option, for the list of a verb.
    static func option<Value>(_ option: Option<Value>) -> OptionRow { option.row }

    /// The row of an option without a value.
    static func flag(_ flag: Flag) -> OptionRow { flag.row }
}

extension Invocation {
    /// The last value of an option; nil when it was not given.
    subscript<Value>(_ option: Option<Value>) -> Value? { self[all: option].last }

    /// All values of a repeatable option in the order given.
    subscript<Value>(all option: Option<Value>) -> [Value] {
        // The parser has refused what is no value.
        texts(of: option.row).compactMap { try? option.parse($0).get() }
    }

    /// Whether an option was given.
    func has<Value>(_ option: Option<Value>) -> Bool { isGiven(option.row) }

    /// Whether an option without a value was given.
    func has(_ flag: Flag) -> Bool { isGiven(flag.row) }
}
