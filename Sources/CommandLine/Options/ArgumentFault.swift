// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

/// What is wrong with the words of a command line.
public enum ArgumentFault: Error, Sendable, Hashable {
    case noVerb
    case unknownVerb(String, nearest: String?)
    /// A word that is no verb and names a file.
    case fileForVerb(String)
    case incompleteVerb(String, choices: [String])
    case unknownOption(String, verb: String, nearest: String?)
    case missingValue(option: String, placeholder: String, verb: String)
    case unexpectedValue(option: String, value: String, verb: String)
    case notAValue(option: String, value: String, wanted: String, nearest: String?, verb: String)
    case repeated(option: String, verb: String)
    case missingOperand(String, verb: String)
    case unexpectedOperand(String, verb: String)

    /// The sentence and the remedy, without the name of the program.
    public var lines: [String] {
        switch self {
        case .noVerb: return ["no verb is given", Self.help(nil)]
        case .unknownVerb(let word, let nearest):
            return ["'\(word)' is no verb" + Self.suggestion(nearest), Self.help(nil)]
        case .fileForVerb(let word):
            return [
                "'\(word)' is no verb but a file; 'imprimatur check \(Self.quoted(word))' checks it", Self.help(nil),
            ]
        case .incompleteVerb(let word, let choices):
            return ["'\(word)' is followed by \(Self.list(choices))", Self.help(word)]
        case .unknownOption(let option, let verb, let nearest):
            return ["'\(option)' is no option of '\(verb)'" + Self.suggestion(nearest), Self.help(verb)]
        case .missingValue(let option, let placeholder, let verb):
            return ["'\(option)' lacks its value, \(placeholder)", Self.help(verb)]
        case .unexpectedValue(let option, let value, let verb):
            return ["'\(option)' takes no value, and '\(value)' is given", Self.help(verb)]
        case .notAValue(let option, let value, let wanted, let nearest, let verb):
            return [
                "'\(value)' is no value of '\(option)', which takes \(wanted)" + Self.suggestion(nearest),
                Self.help(verb),
            ]
        case .repeated(let option, let verb): return ["'\(option)' is given more than once", Self.help(verb)]
        case .missingOperand(let placeholder, let verb):
            return ["\(placeholder) is missing after '\(verb)'", Self.help(verb)]
        case .unexpectedOperand(let word, let verb):
            return ["'\(word)' is one word too many for '\(verb)'", Self.help(verb)]
        }
    }

    private static func suggestion(_ nearest: String?) -> String { nearest.map { "; did you mean '\($0)'?" } ?? "" }

    /// As a shell takes it for one word.
    private static func quoted(_ word: String) -> String {
        let isPlain = word.unicodeScalars.allSatisfy {
            ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
                || "._-/+,=@%:".unicodeScalars.contains($0)
        }
        return isPlain
            ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    private static func list(_ choices: [String]) -> String {
        guard let last = choices.last, choices.count > 1 else { return choices.joined() }
        return choices.dropLast().joined(separator: ", ") + " or " + last
    }

    private static func help(_ verb: String?) -> String {
        "see 'imprimatur \(verb.map { $0 + " " } ?? "")--help'"
    }
}
