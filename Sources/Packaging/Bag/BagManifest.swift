// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Digest
import Transport

/// A manifest of a bag as its lines have it.
struct BagManifest {
    struct Line {
        let path: Name
        let digest: String
    }

    /// "manifest-sha256.txt".
    let file: Name
    let algorithm: DigestAlgorithm
    let isTag: Bool
    private(set) var lines: [Line] = []
    /// What breaks the rules, one sentence each.
    private(set) var faults: [String] = []
    /// What is allowed and unwise.
    private(set) var notes: [String] = []

    /// The algorithm of a name such as `tagmanifest-sha256.txt`; nil for other files.
    ///
    /// - Source: RFC 8493, section 2.4: the name is in small letters without hyphens.
    static func algorithm(of name: Name) -> (word: String, isTag: Bool)? {
        var text = name.text[...]
        guard text.hasSuffix(".txt") else { return nil }
        text = text.dropLast(4)
        if text.hasPrefix("manifest-") { return (String(text.dropFirst(9)), false) }
        if text.hasPrefix("tagmanifest-") { return (String(text.dropFirst(12)), true) }
        return nil
    }

    init(
        _ file: Name, _ algorithm: DigestAlgorithm, isTag: Bool, lines text: [String], isOld: Bool
    ) {
        self.file = file
        self.algorithm = algorithm
        self.isTag = isTag
        var seen: [Name: String] = [:]
        var hasStar = false
        var hasDot = false
        for (index, line) in text.enumerated() where !line.isEmpty {
            let digest = line.prefix { !$0.isWhitespace }
            var rest = line[digest.endIndex...].drop { $0 == " " || $0 == "\t" }
            guard !digest.isEmpty, !rest.isEmpty, digest.utf8.count == algorithm.digits,
                digest.allSatisfy({ $0.isASCII && $0.isHexDigit })
            else {
                faults.append("line \(index + 1) is no \(algorithm.rawValue) with a path")
                continue
            }
            if rest.first == "*" {
                hasStar = true
                rest = rest.dropFirst()
            }
            if rest.hasPrefix("./") {
                hasDot = true
                rest = rest.dropFirst(2)
            }
            let path = BagPath.unescaped(String(rest), isOld: isOld)
            if let refusal = BagPath.refusal(path) {
                faults.append("path '\(path.shown)' \(refusal)")
                continue
            }
            if !isTag, !path.bytes.starts(with: "data/".utf8) {
                faults.append("path '\(path.shown)' is not below 'data/'")
                continue
            }
            let value = digest.lowercased()
            if let known = seen[path] {
                // The same digest twice was allowed before 1.0.
                let words = "lists '\(path.shown)' twice" + (known == value ? "" : " with different digests")
                if isOld, known == value { notes.append(words) } else { faults.append(words) }
                continue
            }
            seen[path] = value
            self.lines.append(Line(path: path, digest: value))
        }
        if hasStar { notes.append("was made with md5sum or its kin: a '*' stands before names") }
        if hasDot { notes.append("begins names with './'") }
    }
}
