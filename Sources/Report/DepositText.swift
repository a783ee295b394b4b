// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings
import JSON

/// How a deposit stands, for people and for programs.
public enum DepositText {
    /// Repository, state, DOI, files, and what differs.
    public static func text(_ report: DepositReport, width: Int) -> [UInt8] {
        var text = ""
        func row(_ name: String, _ words: String?) {
            guard let words, !words.isEmpty else { return }
            let front = name + String(repeating: " ", count: max(1, 12 - name.count))
            text += front + Printable.wrap(Printable.text(words), width: max(width, 60), indent: front.count) + "\n"
        }
        row("repository", report.target + (report.isProduction ? "  PRODUCTION" : "  (for trials)"))
        row("state", report.state.rawValue + (report.isVerified && report.differences.isEmpty ? ", verified" : ""))
        row("title", report.title)
        row("DOI", report.doi)
        row("record", report.page ?? report.id)
        row("licence", report.licence)
        row("embargo", report.embargo.map { "until \($0)" })
        if !report.files.isEmpty {
            text += "\n"
            let width = report.files.map { String($0.size ?? 0).count }.max() ?? 1
            for file in report.files {
                let size = file.size.map { "\($0)" } ?? "-"
                let padded = String(repeating: " ", count: max(0, width - size.count)) + size
                let name = Printable.text(file.key)
                text += "  \(padded)  \(file.md5 ?? String(repeating: "-", count: 32))  \(file.state)  \(name)\n"
            }
        }
        if !report.differences.isEmpty { text += "\n" }
        for difference in report.differences {
            text +=
                "  "
                + Printable.wrap(
                    Printable.text("DATA-028 " + difference.line), width: max(width, 60), indent: 2) + "\n"
        }
        if !report.notes.isEmpty { text += "\n" }
        for note in report.notes {
            text += "  note: " + Printable.wrap(Printable.text(note), width: max(width, 60), indent: 8) + "\n"
        }
        text += "\n" + summary(report) + "\n"
        return Array(text.utf8)
    }

    /// One JSON object.
    public static func json(_ report: DepositReport) -> [UInt8] {
        var json = JSONWriter(.indented)
        json.object { json in
            json.member("schema", "imprimatur/deposit/1")
            json.member("repository", report.target)
            json.member("production", report.isProduction)
            json.member("state", report.state.rawValue)
            json.member("verified", report.isVerified && report.differences.isEmpty)
            json.member("title", report.title)
            json.member("id", report.id)
            json.member("doi", report.doi)
            json.member("page", report.page)
            json.member("embargo", report.embargo)
            json.member("licence", report.licence)
            json.array("files") { json in
                for file in report.files {
                    json.object { json in
                        json.member("key", file.key)
                        json.member("size", file.size)
                        json.member("md5", file.md5)
                        json.member("state", file.state)
                    }
                }
            }
            json.array("differences") { json in
                for difference in report.differences {
                    json.object { json in
                        json.member("subject", difference.subject)
                        json.member("here", difference.here)
                        json.member("there", difference.there)
                    }
                }
            }
            json.array("notes") { json in for note in report.notes { json.string(note) } }
        }
        return json.finish()
    }

    private static func summary(_ report: DepositReport) -> String {
        let count = report.differences.count
        let bytes = report.files.reduce(0) { $0 &+ ($1.size ?? 0) }
        let files = "\(report.files.count) \(report.files.count == 1 ? "file" : "files"), \(bytes) bytes"
        if count > 0 { return "\(files); \(count) \(count == 1 ? "difference" : "differences")" }
        return files + (report.isVerified ? "; no difference" : "; not compared")
    }
}
