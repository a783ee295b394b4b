// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Codes of languages: DataCite takes the shortest one, InvenioRDM the one of three letters.
///
/// - Source: RFC 5646; ISO 639.
public enum Languages {
    private static let words = pairs.split { $0 == " " || $0 == "\n" }.map(String.init)

    private static let threeByTwo = Dictionary(
        stride(from: 0, to: words.count - 1, by: 2).map { (words[$0], words[$0 + 1]) }
    ) { first, _ in first }

    private static let twoByThree = Dictionary(threeByTwo.map { ($0.value, $0.key) }) { first, _ in first }

    /// The code of three letters of a language tag such as "en" or "en-GB"; nil for one that is not known.
    public static func threeLetters(_ tag: String) -> String? {
        let language = tag.prefix { $0 != "-" }.lowercased()
        if language.utf8.count == 3 { return language }
        return threeByTwo[language]
    }

    /// The code of two letters that is to be used instead of one of three; nil where there is none.
    public static func shorter(_ tag: String) -> String? {
        twoByThree[tag.prefix { $0 != "-" }.lowercased()]
    }

    /// Whether a code of two letters is one of ISO 639-1.
    public static func isKnown(twoLetters code: String) -> Bool { threeByTwo[code.lowercased()] != nil }
}
