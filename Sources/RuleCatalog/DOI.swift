// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Digital object identifiers.
///
/// - Source: ISO 26324; support.zenodo.org on the form of its DOIs; support.datacite.org and www.crossref.org on prefixes
///   for tests.
public enum DOI {
    /// What keeps a text from being the bare DOI of a record; prefixes for tests are DOIs as well. Nil for one.
    public static func faultInRecord(_ text: String) -> String? {
        // DataCite registers '$', which stands in templates otherwise.
        if isPlaceholder(text.filter { $0 != "$" }) { return "a placeholder of a template" }
        if text.hasPrefix("10."), name(in: text[...]) != nil { return nil }
        return name(in: text[...]) == nil ? "not a DOI" : "a DOI behind the address of its resolver"
    }

    /// What keeps DataCite from registering a bare DOI: digits of the prefix, characters of the suffix; nil for nothing.
    public static func faultOnRegistering(_ text: String) -> String? {
        let prefix = text.prefix { $0 != "/" }.dropFirst("10.".count)
        guard (4...5).contains(prefix.count), prefix.allSatisfy({ $0.isASCII && $0.isNumber }) else {
            return "its prefix has not four or five digits"
        }
        let suffix = text.drop { $0 != "/" }.dropFirst()
        let other = suffix.first { !($0.isASCII && ($0.isLetter || $0.isNumber)) && !"-._;()/:*~$=".contains($0) }
        return other.map { "its suffix has the character '\($0)'" }
    }

    /// What keeps a text from being a DOI that resolves; nil for one that may.
    public static func fault(in text: String) -> String? {
        if isPlaceholder(text) { return "a placeholder of a template" }
        guard let name = name(in: text[...]) else { return "not a DOI" }
        for (prefix, use) in unregistered where name.hasPrefix(prefix + "/") {
            return "a DOI of the prefix \(prefix), \(use)"
        }
        let suffix = name.drop { $0 != "/" }.dropFirst()
        guard let last = suffix.last else { return nil }
        if ".,;:/".contains(last) { return "a DOI with '\(last)' at its end" }
        if let opening = [")": "(", "]": "[", "}": "{", ">": "<"][last] {
            let isOpen = suffix.filter { $0 == last }.count > suffix.filter { $0 == opening.first }.count
            if isOpen { return "a DOI with '\(last)' at its end" }
        }
        if name.hasPrefix("10.5281/"), !isNumberOfZenodo(suffix) {
            return "not of the form 10.5281/zenodo.NUMBER that Zenodo gives"
        }
        return nil
    }

    /// The bare name of a DOI that may resolve, "10.5281/zenodo.7654321"; nil for any other text.
    public static func name(of text: String) -> String? {
        fault(in: text) == nil ? name(in: text[...]).map(String.init) : nil
    }

    /// The DOI that a text holds which is none itself, such as "DOI: 10.5281/zenodo.7654321"; nil when there is none.
    public static func meant(by text: String) -> String? {
        guard !isPlaceholder(text) else { return nil }
        var rest = text[...]
        if let found = rest.firstRange(of: "10.") {
            rest = rest[found.lowerBound...].prefix { !$0.isWhitespace && !"?#,;<>\"'".contains($0) }
            while let last = rest.last, "./)]}:".contains(last) { rest.removeLast() }
        } else {
            // A record of Zenodo by its number, with or without the address.
            let lower = rest.lowercased()
            guard let found = lower.firstRange(of: "zenodo") else { return nil }
            let number = lower[found.upperBound...].split { !$0.isNumber }.first ?? ""
            guard number.count > 3, text.filter(\.isNumber).count == number.count else { return nil }
            rest = "10.5281/zenodo.\(number)"[...]
        }
        let meant = String(rest)
        return meant != text && fault(in: meant) == nil ? meant : nil
    }

    private static let unregistered = [
        ("10.5072", "which is for tests"), ("10.5555", "which is for tests"), ("10.1234", "which stands in examples"),
        ("10.12345", "which stands in examples"),
    ]

    private static func isNumberOfZenodo(_ suffix: Substring) -> Bool {
        guard suffix.lowercased().hasPrefix("zenodo.") else { return false }
        let number = suffix.dropFirst("zenodo.".count)
        return !number.isEmpty && number.allSatisfy { $0.isASCII && $0.isNumber }
    }

    /// Runs of x, n or y, of ?, # or 0, words that put off, or the digits in order, where the number of a record belongs.
    private static func isPlaceholder(_ text: String) -> Bool {
        let lower = text.lowercased()
        for marks in ["<>", "{}", "[]"] where lower.contains(marks.prefix(1)) && lower.contains(marks.suffix(1)) {
            // Brackets around letters; old DOIs have them around numbers.
            let inside = lower.drop { $0 != marks.first }.dropFirst().prefix { $0 != marks.last }
            if !inside.isEmpty, inside.allSatisfy({ $0.isLetter || "_- .".contains($0) }) { return true }
        }
        if ["??", "##", "$", "****"].contains(where: lower.contains) { return true }
        let parts = lower.split { !($0.isLetter || $0.isNumber) }
        let letters: [Character] = ["x", "n", "y"]
        if parts.contains(where: { part in
            part.count > 2 && letters.contains { letter in part.allSatisfy { $0 == letter } }
        }) {
            return true
        }
        guard let last = parts.last else { return false }
        // "M3XXXX", "zenodo.76XXXXX": the rest is to be filled in.
        if text.hasSuffix("XXX") || lower.hasSuffix("xxxx") { return true }
        if ["tbd", "tba", "todo", "pending", "example"].contains(String(last)), parts.count > 2 { return true }
        if lower.hasSuffix("tbd") || lower.hasSuffix("todo") { return true }
        let isZero = last.count > 4 && last.allSatisfy { $0 == "0" }
        // Registrants whose suffixes are plain numbers of records may have this one.
        let isCounted = ["11577", "2172"].contains(parts.dropFirst().first.map(String.init) ?? "")
        let isRow = (7...9).contains(last.count) && "123456789".hasPrefix(last) && !isCounted
        return parts.count > 2 && (isZero || isRow)
    }

    /// The bare name, "10.1234/suffix"; nil for a text that is none.
    private static func name(in text: Substring) -> Substring? {
        var rest = text
        for prefix in ["https://", "http://", "dx.doi.org/", "doi.org/", "www.doi.org/", "doi:"]
        where rest.lowercased().hasPrefix(prefix) { rest = rest.dropFirst(prefix.count) }
        guard rest.hasPrefix("10."), let slash = rest.firstIndex(of: "/") else { return nil }
        let registrant = rest[..<slash].dropFirst(3)
        let digits = registrant.prefix { $0 != "." }
        guard (4...9).contains(digits.count), digits.first != "0",
            registrant.allSatisfy({ $0 == "." || $0.isASCII && $0.isNumber })
        else { return nil }
        let suffix = rest[slash...].dropFirst()
        let isPrinted = suffix.unicodeScalars.allSatisfy { $0.value > 0x20 && !(0x7F...0xA0).contains($0.value) }
        let isAddress = text.lowercased().hasPrefix("http") && suffix.contains { "?#".contains($0) }
        return suffix.isEmpty || !isPrinted || isAddress || suffix.contains(",10.") ? nil : rest
    }
}
