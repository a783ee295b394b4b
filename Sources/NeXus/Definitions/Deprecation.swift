// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension Item.Deprecation {
    /// Finds in the sentence of a definition what to use instead, and the address of its discussion.
    init(advice: String) {
        self.init(replacement: Self.replacement(in: advice), issue: Self.issue(in: advice))
    }

    private static let passed: Set<String> = [
        "the", "a", "an", "either", "or", "both", "field", "fields", "group", "attribute", "instead", "of",
    ]

    private static func replacement(in advice: String) -> String? {
        let words = advice.split(whereSeparator: { $0 == " " || $0 == "\n" || $0 == "\t" }).map(String.init)
        guard let use = words.firstIndex(where: { $0.lowercased() == "use" }) else { return nil }
        for word in words[(use + 1)...] {
            if word.hasPrefix(":ref:") { return name(in: String(word.dropFirst(5))) }
            let plain = word.lowercased().filter { $0.isLetter }
            if !word.contains("`"), passed.contains(plain) { continue }
            return name(in: word)
        }
        return nil
    }

    /// The characters of a name or path, marks and punctuation around it left out.
    private static func name(in word: String) -> String? {
        let name = String(word.filter { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "/" || $0 == "." })
        let end = name.hasSuffix(".") ? String(name.dropLast()) : name
        return end.isEmpty ? nil : end
    }

    private static func issue(in advice: String) -> String? {
        for word in advice.split(whereSeparator: { " \n\t()".contains($0) }) {
            if word.hasPrefix("https://") { return String(word) }
            if word.hasPrefix("#"), Int(word.dropFirst()) != nil {
                return "https://github.com/nexusformat/definitions/issues/\(word.dropFirst())"
            }
        }
        return nil
    }
}
