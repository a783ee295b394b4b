// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CCurl
internal import Transport

/// A word that opens a server to its owner: it is sent, and shown nowhere.
///
/// Neither interpolation nor a mirror gives the word away, and once there is a secret the process leaves no core file.
public struct WebSecret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let word: String
    /// User and password, whose form in requests is another.
    private let isAccount: Bool

    /// Nil for what cannot stand in a field of a request: letters, digits and signs of ASCII do.
    ///
    /// - SeeAlso: prctl(2), PR_SET_DUMPABLE.
    public init?(_ word: String) {
        guard !word.isEmpty, word.utf8.count <= 4_096, word.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return nil
        }
        ccurl_hide_memory()
        self.word = word
        isAccount = false
    }

    /// User and password with a colon between; nil for what has no colon, or cannot stand in a request.
    ///
    /// - Source: RFC 7617.
    public init?(account: String) {
        guard account.contains(":"), account.first != ":", account.utf8.count <= 4_096,
            account.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
        else { return nil }
        ccurl_hide_memory()
        word = account
        isAccount = true
    }

    /// Says nothing of the word.
    public var description: String { "(secret)" }
    /// Says nothing of the word.
    public var debugDescription: String { "(secret)" }
    /// Has no parts.
    public var customMirror: Mirror { Mirror(self, children: []) }

    /// The line of a request that carries it.
    ///
    /// - Source: RFC 6750 section 2.1.
    var field: String {
        isAccount ? "Authorization: Basic \(Base64.text(Array(word.utf8)))" : "Authorization: Bearer \(word)"
    }

    /// The text with the word blotted out, for what a server says of it.
    public func blotted(_ text: String) -> String {
        var rest = Substring(text)
        var clean = ""
        while let found = Self.place(of: word, in: rest) {
            clean += rest[..<found.lowerBound] + "(secret)"
            rest = rest[found.upperBound...]
        }
        return clean + rest
    }

    private static func place(of word: String, in text: Substring) -> Range<Substring.Index>? {
        var start = text.startIndex
        while start < text.endIndex {
            if text[start...].hasPrefix(word) { return start..<text.index(start, offsetBy: word.count) }
            start = text.index(after: start)
        }
        return nil
    }
}
