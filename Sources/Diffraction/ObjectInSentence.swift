// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Sentences on one object of a file or on several alike: the path is put in when all cases are known.
public enum ObjectInSentence {
    /// Stands in a sentence where the path of the object is to stand, with its attribute if the fault is there.
    public static let mark = "\u{FFFC}"
    /// The same for the path alone.
    public static let owner = "\u{FFFC}\u{2060}"

    /// The sentence with the path of the first object, and the number of the others of which it is true as well.
    public static func filled(_ sentence: String, path: String, attribute: String?, others: Int) -> String {
        let scalars = sentence.unicodeScalars
        guard let place = scalars.firstIndex(of: "\u{FFFC}") else { return sentence }
        var rest = scalars.index(after: place)
        let isOwner = rest < scalars.endIndex && scalars[rest] == "\u{2060}"
        if isOwner { rest = scalars.index(after: rest) }
        let name = isOwner ? path : path + (attribute.map { "@" + $0 } ?? "")
        let more = others > 0 ? " (and \(others) more alike)" : ""
        return String(scalars[..<place]) + "'\(name)'" + more + String(scalars[rest...])
    }
}
