// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine
import Transport

/// What a command line asks for.
public enum Request: Sendable {
    case run(Invocation)
    case help(VerbRow)
    /// Help on a group such as "rules", or on the whole program with an empty name.
    case overview(String)
    case version
}

/// Finds verb, options and operands among the words of a command line, by the table of verbs; the row of one verb is made.
public struct ArgumentParser: Sendable {
    let entries: [VerbEntry]

    public init(_ entries: [VerbEntry]) {
        self.entries = entries
    }

    /// Reads the words after the name of the program.
    public func parse(_ words: [String]) throws(ArgumentFault) -> Request {
        guard let first = words.first else { throw .noVerb }
        switch first {
        case "--version", "-V": return .version
        case "--help", "-h": return .overview("")
        case "help": return try help(on: Array(words.dropFirst()))
        default: break
        }
        let (verb, rest) = try verb(in: words)
        guard let verb else { return .overview(first) }
        return try invocation(of: verb, rest)
    }

    private func help(on words: [String]) throws(ArgumentFault) -> Request {
        guard let first = words.first else { return .overview("") }
        if words.count == 1, group(first) != nil { return .overview(first) }
        guard let verb = try verb(in: words).0 else { return .overview(first) }
        return .help(verb)
    }

    private func group(_ word: String) -> [VerbEntry]? {
        let members = entries.filter { $0.words.count == 2 && $0.words[0] == word }
        return members.isEmpty ? nil : members
    }

    /// The verb and what follows it; no verb when help on a group is asked for.
    private func verb(in words: [String]) throws(ArgumentFault) -> (VerbRow?, ArraySlice<String>) {
        let first = words[0]
        if let members = group(first) {
            let choices = members.map { $0.words[1] }
            // "deposit" is a verb of its own as well.
            let own = entries.first { $0.name == first }
            guard words.count > 1 else {
                if let own { return (own.row(), []) }
                throw .incompleteVerb(first, choices: choices)
            }
            if words[1] == "--help" || words[1] == "-h" { return (nil, []) }
            guard let verb = members.first(where: { $0.words[1] == words[1] }) else {
                if let own { return (own.row(), words[1...]) }
                let whole = first + " " + words[1]
                throw .unknownVerb(
                    whole, nearest: Spelling.nearest(to: words[1], among: choices).map { first + " " + $0 })
            }
            return (verb.row(), words[2...])
        }
        guard let verb = entries.first(where: { $0.name == first }) else {
            let known = entries.map(\.words[0]) + ["help"]
            throw .unknownVerb(first, nearest: Spelling.nearest(to: first, among: known))
        }
        return (verb.row(), words[1...])
    }

    private func invocation(of verb: VerbRow, _ words: ArraySlice<String>) throws(ArgumentFault) -> Request {
        var values: [String: [String]] = [:]
        var operands: [String] = []
        var rest = words
        while let word = rest.popFirst() {
            if word == "--" {
                operands += rest
                break
            }
            guard word.hasPrefix("-"), word != "-" else {
                operands.append(word)
                continue
            }
            if word.hasPrefix("--") {
                try long(word, of: verb, &rest, &values)
            } else {
                try short(word, of: verb, &rest, &values)
            }
            if values["help"] != nil { return .help(verb) }
        }
        try count(operands, of: verb)
        return .run(
            Invocation(verb: verb, entries: entries, values: values, operands: operands, surroundings: Surroundings()))
    }

    private func long(
        _ word: String, of verb: VerbRow, _ rest: inout ArraySlice<String>, _ values: inout [String: [String]]
    ) throws(ArgumentFault) {
        let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts.first.map(String.init) ?? ""
        let attached = parts.count > 1 ? String(parts[1]) : nil
        guard let row = verb.allOptions.first(where: { $0.name == name }) else {
            let nearest = Spelling.nearest(to: name, among: verb.allOptions.map(\.name))
            throw .unknownOption("--" + name, verb: verb.name, nearest: nearest.map { "--" + $0 })
        }
        try store(row, written: "--" + name, attached: attached, of: verb, &rest, &values)
    }

    private func short(
        _ word: String, of verb: VerbRow, _ rest: inout ArraySlice<String>, _ values: inout [String: [String]]
    ) throws(ArgumentFault) {
        var letters = word.dropFirst()
        while let letter = letters.popFirst() {
            guard let row = verb.allOptions.first(where: { $0.short == letter }) else {
                throw .unknownOption("-\(letter)", verb: verb.name, nearest: nil)
            }
            let attached = row.takesValue && !letters.isEmpty ? String(letters) : nil
            try store(row, written: "-\(letter)", attached: attached, of: verb, &rest, &values)
            if attached != nil { return }
        }
    }

    private func store(
        _ row: OptionRow, written: String, attached: String?, of verb: VerbRow, _ rest: inout ArraySlice<String>,
        _ values: inout [String: [String]]
    ) throws(ArgumentFault) {
        guard let placeholder = row.placeholder else {
            if let attached { throw .unexpectedValue(option: written, value: attached, verb: verb.name) }
            values[row.name] = []
            return
        }
        guard let value = attached ?? rest.popFirst() else {
            throw .missingValue(option: written, placeholder: placeholder, verb: verb.name)
        }
        if let fault = row.check(value) {
            throw .notAValue(
                option: written, value: value, wanted: fault.wanted, nearest: fault.nearest, verb: verb.name)
        }
        if values[row.name] != nil, !row.isRepeatable { throw .repeated(option: written, verb: verb.name) }
        values[row.name, default: []].append(value)
    }

    private func count(_ operands: [String], of verb: VerbRow) throws(ArgumentFault) {
        let least = verb.operand?.minimum ?? 0
        if operands.count < least { throw .missingOperand(verb.operand?.placeholder ?? "", verb: verb.name) }
        guard let most = verb.operand == nil ? 0 : verb.operand?.maximum, operands.count > most else { return }
        throw .unexpectedOperand(operands[most], verb: verb.name)
    }
}
