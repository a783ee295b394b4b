// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The types that a file declares, and the words in it that can name a type.
struct TypeNames {
    /// Types at the top of the file that other files see.
    private(set) var declared: Set<String> = []
    /// Names that mean something else here than a type of another file: private, nested and generic ones.
    private(set) var own: Set<String> = []
    /// For each type that is declared or extended here, the names nested in it.
    private(set) var nested: [String: Set<String>] = [:]
    /// The types that are declared or extended here.
    private(set) var opened: Set<String> = []
    /// Words that are no member of anything.
    private(set) var used: Set<String> = []

    private static let kinds: Set<String> = ["struct", "class", "enum", "protocol", "actor", "typealias", "extension"]

    init(_ source: String) {
        let tokens = SwiftTokens.all(in: source)
        /// For each open brace the type that it opens, "" for other braces.
        var braces: [String] = []
        var pending = ""
        for (index, token) in tokens.enumerated() {
            switch token.text {
            case "{":
                braces.append(pending)
                pending = ""
            case "}": _ = braces.popLast()
            default: break
            }
            guard token.isWord, !token.isMember else { continue }
            used.insert(token.text)
            guard index + 1 < tokens.count, tokens[index + 1].isWord else { continue }
            let name = tokens[index + 1].text
            if ["func", "struct", "class", "enum", "init", "typealias"].contains(token.text) {
                own.formUnion(Self.parameters(tokens, from: index + 2))
            }
            if token.text == "associatedtype" { own.insert(name) }
            guard Self.kinds.contains(token.text), name != "func", name != "var" else { continue }
            if token.text == "extension" {
                // `extension CIF.Column` opens Column.
                var last = index + 1
                while last + 2 < tokens.count, tokens[last + 1].text == ".", tokens[last + 2].isWord { last += 2 }
                pending = tokens[last].text
                opened.insert(pending)
                continue
            }
            let owners = braces.filter { !$0.isEmpty }
            let front = tokens[max(0, index - 3)..<index].map(\.text)
            if !braces.isEmpty || front.contains("private") || front.contains("fileprivate") {
                own.insert(name)
            } else {
                declared.insert(name)
            }
            for owner in owners { nested[owner, default: []].insert(name) }
            opened.insert(name)
            pending = token.text == "typealias" ? "" : name
        }
    }

    /// The names between `<` and `>` behind a declared name.
    private static func parameters(_ tokens: [SwiftToken], from start: Int) -> Set<String> {
        guard start < tokens.count, tokens[start].text == "<" else { return [] }
        var names: Set<String> = []
        var isFirst = true
        for token in tokens[(start + 1)...] {
            if token.text == ">" { break }
            if isFirst, token.isWord { names.insert(token.text) }
            isFirst = token.text == ","
        }
        return names
    }
}
