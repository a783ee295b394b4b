// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Digest
import Transport

/// What every page has: head, policy, style, script, the links to its sections.
///
/// Nothing is loaded, and the policy allows the style and the script of the page and pictures in it, nothing else.
/// - Source: reports.md section 3; W3C Content Security Policy 3.
struct Page {
    /// A section with a heading.
    struct Section {
        let id: String
        let heading: String
        let body: String
    }

    let title: String
    /// HTML that stands above the sections, such as the verdict.
    let top: String
    let sections: [Section]
    let version: String

    var bytes: [UInt8] {
        let script = PageScript.text
        var html = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(Self.policy(script))">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <meta name="generator" content="imprimatur \(HTMLText.escaped(version))">
            <title>\(title)</title>
            <style>\(PageStyle.text)</style>
            </head>
            <body>
            <a class="skip" href="#main">To the report</a>

            """
        let shown = sections.filter { !$0.body.isEmpty }
        html += "<main id=\"main\">\n" + top
        if shown.count > 1 {
            html += "<nav aria-label=\"Sections\"><ul>"
            for section in shown { html += "<li><a href=\"#\(section.id)\">\(section.heading)</a></li>" }
            html += "</ul></nav>\n"
        }
        for section in shown {
            html += "<section id=\"\(section.id)\"><h2>\(section.heading)</h2>\n\(section.body)</section>\n"
        }
        html += "<footer><p>Made by Imprimatur \(HTMLText.escaped(version)). This page is complete in itself: it loads "
        html += "nothing, and its script only adds convenience.</p></footer>\n</main>\n"
        html += "<script>\(script)</script>\n</body>\n</html>\n"
        return Array(html.utf8)
    }

    private static func policy(_ script: String) -> String {
        let style = hash(PageStyle.text)
        return "default-src 'none'; style-src '\(style)'; script-src '\(hash(script))'; img-src data:; "
            + "base-uri 'none'; form-action 'none'"
    }

    /// "sha256-…" of what stands between the tags.
    private static func hash(_ text: String) -> String {
        let digits = Array(FileDigests.of(Array(text.utf8)).sha256.utf8)
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).map {
            nibble(digits[$0]) << 4 | nibble(digits[$0 + 1])
        }
        return "sha256-" + Base64.text(bytes)
    }

    private static func nibble(_ digit: UInt8) -> UInt8 {
        digit <= UInt8(ascii: "9") ? digit &- UInt8(ascii: "0") : digit &- UInt8(ascii: "a") &+ 10
    }
}

/// A table of HTML, with its caption, that scrolls sideways by itself.
struct PageTable {
    private var rows = ""
    private let head: String
    private(set) var count = 0

    /// - Parameters:
    ///   - caption: HTML.
    ///   - columns: Headings; HTML.
    ///   - traits: Classes of the table.
    init(_ caption: String, _ columns: [String], traits: String = "") {
        head =
            "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"\(Self.plain(caption))\">"
            + "<table\(traits.isEmpty ? "" : " class=\"\(traits)\"")><caption>\(caption)</caption><thead><tr>"
            + columns.map { "<th scope=\"col\">\($0)</th>" }.joined() + "</tr></thead><tbody>\n"
    }

    /// A row whose first cell is its heading; HTML.
    mutating func add(_ cells: [String], traits: String = "") {
        rows += traits.isEmpty ? "<tr>" : "<tr class=\"\(traits)\">"
        for (index, cell) in cells.enumerated() {
            rows += index == 0 ? "<th scope=\"row\">\(cell)</th>" : "<td>\(cell)</td>"
        }
        rows += "</tr>\n"
        count += 1
    }

    /// Empty without rows.
    var html: String { count == 0 ? "" : head + rows + "</tbody></table></div>\n" }

    private static func plain(_ caption: String) -> String {
        caption.split(separator: "<").enumerated().map { index, part in
            index == 0 ? String(part) : String(part.drop { $0 != ">" }.dropFirst())
        }.joined()
    }
}
