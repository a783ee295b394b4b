// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import DataCite
import Diffraction
import RuleEngine

extension Rule {
    static let meta017 = Rule(
        "META-017", .C, "text carries mark-up or stray blanks", applies: .package,
        what: """
            Texts of the record have no tags of HTML, written out or escaped, no references such as &amp;amp; that were \
            escaped twice, no blanks at their ends, no control characters, no marks of a text decoded wrongly.
            """,
        why: "Pages and citations show the mark-up to their readers, and identifiers are not recognised.",
        fix: "Write plain text; paragraphs of a description are separated by line feeds.",
        references: ["DataCite Metadata Schema 4.7"],
        checks: [.record(markedTexts)])
}

private func markedTexts(_ view: RecordView, _ verdicts: inout Verdicts) {
    for (property, leaf) in view.record.texts {
        guard let fault = fault(in: leaf.value) else { continue }
        verdicts.tell(
            fault.name, "\(property) has \(fault.words): '\(Wording.excerpt(leaf.value))'", at: leaf, in: view,
            [("property", .text(property)), ("value", .text(leaf.value)), ("fault", .text(fault.words))])
    }
}

private func fault(in text: String) -> (name: String, words: String)? {
    guard !text.isBlank else { return nil }
    if text.unicodeScalars.contains(where: { ($0.value < 0x20 && $0.value != 0x0A) || (0x7F...0x9F).contains($0.value) }
    ) {
        // Tabs and carriage returns between lines of XML are blanks.
        let isBlank = text.unicodeScalars.allSatisfy { $0.value >= 0x20 || [0x09, 0x0A, 0x0D].contains($0.value) }
        if !isBlank || text.unicodeScalars.contains(where: { (0x7F...0x9F).contains($0.value) }) {
            return ("control-characters", "a control character")
        }
    }
    if hasTag(text) { return ("markup-in-text", "mark-up") }
    for reference in ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&nbsp;"] where text.contains(reference) {
        return ("markup-in-text", "a text that was escaped twice")
    }
    for mark in ["Ã¤", "Ã¶", "Ã¼", "Ã©", "Ã¨", "â€™", "\u{FFFD}"] where text.contains(mark) {
        return ("decoded-twice", "marks of a wrong decoding")
    }
    return text != text.trimmed ? ("blanks", "blanks at its ends") : nil
}

/// A tag of HTML: "<p>", "</i>", "<br/>", "<a href=…>".
private func hasTag(_ text: String) -> Bool {
    let tags: Set<String> = [
        "p", "br", "b", "i", "em", "strong", "sub", "sup", "a", "div", "span", "ul", "ol", "li", "h1", "h2", "h3",
        "font",
        "table", "tr", "td", "img", "code", "pre",
    ]
    for piece in text.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
        guard let end = piece.firstIndex(of: ">") else { continue }
        let name = piece[..<end].drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }.lowercased()
        if tags.contains(name) { return true }
    }
    return false
}
