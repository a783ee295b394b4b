// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The index of the decisions, made from the first lines of their files.
enum DecisionIndex {
    static let path = "docs/decisions/README.md"

    static func text(in checkout: Checkout) -> String {
        let rows = checkout.names(in: "docs/decisions", endingWith: ".md").filter { $0 != path }.map { file in
            let name = file.split(separator: "/").last.map(String.init) ?? file
            let decision = Decision(checkout.read(file) ?? "")
            return "| [\(name.prefix(4))](\(name)) | \(decision.title) | \(decision.status) | \(decision.date) |\n"
        }
        return """
            # Decisions

            Choices between ways, one page each. Written by `swift run write-docs` from the pages: the title is the heading,
            `# NNNN. Title`, status and date stand below it, `**Status.** stands, YYYY-MM-DD` or `replaced by NNNN, YYYY-MM-DD`.

            | number | decision | status | date |
            |---|---|---|---|

            """ + rows.joined()
    }
}

/// The head of one page; what it lacks is "?", which a test does not accept.
private struct Decision {
    var title = "?"
    var status = "?"
    var date = "?"

    init(_ text: String) {
        for line in text.split(separator: "\n", maxSplits: 6) {
            if title == "?", line.hasPrefix("# "), let stop = line.firstIndex(of: ".") {
                title = String(line[line.index(after: stop)...].drop { $0 == " " })
            } else if line.hasPrefix("**Status.** ") {
                let parts = line.dropFirst("**Status.** ".count).split(separator: ",")
                status = parts.first.map(String.init) ?? "?"
                date = parts.dropFirst().first.map { String($0.drop { $0 == " " }) } ?? "?"
            }
        }
    }
}
