// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Transport

/// How a facility names its folders, such as `/data/<instrument>/<year>/<proposal>`.
struct FolderLayout: Sendable {
    private enum Part: Sendable {
        case exactly(String)
        /// Any one name, with what it stands for.
        case any(String)
    }

    /// As the profile has it.
    let text: String
    private let parts: [Part]
    private let isAbsolute: Bool

    /// Nil for what is no pattern.
    init?(_ text: String) {
        self.text = text
        isAbsolute = text.hasPrefix("/")
        var parts: [Part] = []
        for word in text.split(separator: "/", omittingEmptySubsequences: true) {
            if word == "*" {
                parts.append(.any(""))
            } else if word.first == "<", word.last == ">", word.count > 2 {
                parts.append(.any(String(word.dropFirst().dropLast())))
            } else if word.contains(where: { "<>*".contains($0) }) {
                return nil
            } else {
                parts.append(.exactly(String(word)))
            }
        }
        guard !parts.isEmpty else { return nil }
        self.parts = parts
    }

    /// What a folder that fits says of its files.
    struct Fit: Sendable {
        /// "instrument", "year" … with the names that stand there.
        var values: [(name: String, value: String)] = []
        /// Names of the folder that the pattern takes.
        var depth = 0
    }

    /// Nil for a folder that does not lie in the layout.
    ///
    /// - Parameters:
    ///   - root: The names of the path of the root.
    ///   - inner: Those of the folder from the root.
    func fit(root: [String], inner: [String]) -> Fit? {
        let names = isAbsolute ? root + inner : inner
        guard names.count >= parts.count else { return nil }
        var fit = Fit()
        fit.depth = isAbsolute ? max(0, parts.count - root.count) : parts.count
        for (part, name) in zip(parts, names) {
            switch part {
            case .exactly(let word): guard word == name else { return nil }
            case .any(let what):
                if what == "year", name.utf8.count != 4 || !name.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
                    return nil
                }
                if !what.isEmpty { fit.values.append((what, name)) }
            }
        }
        return fit
    }
}
