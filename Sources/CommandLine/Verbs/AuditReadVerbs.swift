// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Findings
import JSON
import Report
import RuleEngine
import Transport

/// `imprimatur audit report`, `list` and `show`: what a store holds, without a look at the data.
enum AuditReadVerbs {
    static func list(_ call: Invocation) -> ExitCode {
        AuditRunVerb.guarded { () throws(Failure) in
            let store = try AuditStore.reading(AuditRunVerb.storeName(call))
            var choice = AuditStore.Choice()
            choice.rule = call[.listedRule]
            choice.level = call[.listedLevel]
            choice.status = call[.listedStatus]
            choice.below = call[.listedBelow].map { Name($0) }
            choice.isComplete = call.has(.listedAll)
            if let rule = choice.rule, RuleID(rule) == nil {
                throw Failure(usage: "'\(rule)' is no rule", remedy: "see 'imprimatur rules list'")
            }
            let isJSON = call[.listShape] == "jsonl"
            var bytes: [UInt8] = []
            try store.rows(choice) { (entry) throws(Failure) in
                bytes += isJSON ? line(entry) : Array(text(entry).utf8)
                guard bytes.count > 1 << 16 else { return }
                StandardStream.report(bytes)
                bytes = []
            }
            StandardStream.report(bytes)
            return .fine
        }
    }

    private static func text(_ entry: StoredEntry) -> String {
        let status = entry.status?.text ?? "not checked yet"
        let reason = entry.reason.isEmpty ? "" : ", " + Escaping.line(entry.reason)
        return "\(entry.path.shown): \(status)\(reason)\n"
    }

    private static func line(_ entry: StoredEntry) -> [UInt8] {
        var json = JSONWriter(.compact)
        json.object { json in
            json.path(entry.path.text)
            json.member("name", entry.kind.rawValue)
            json.member("kind", entry.format)
            json.member("status", entry.status?.text)
            json.member("size", entry.size)
            json.member("sha256", entry.sha256)
            json.object("counts") { json in
                for (level, count) in zip(Level.allCases, entry.counts) { json.member(level.rawValue, count) }
            }
            json.member("outline", entry.outline)
            json.member("reason", entry.reason)
        }
        return json.finish()
    }

    static func show(_ call: Invocation) -> ExitCode {
        AuditRunVerb.guarded { () throws(Failure) in
            let store = try AuditStore.reading(AuditRunVerb.storeName(call))
            guard let head = try store.head() else {
                throw Failure(usage: "no run has begun in the store", remedy: "begin one with 'imprimatur audit run'")
            }
            let terminal = call.surroundings.terminal
            let style = ReportStyle(
                width: terminal.width, isColoured: terminal.colours(call[.color] ?? .auto), isComplete: call.has(.all))
            var format = (call[.format] ?? TextReport.self).init(head, style)
            var bytes: [UInt8] = []
            var end = RunEnd()
            format.take(.run(head), &bytes)
            for word in call.operands {
                guard let entry = try store.entry(at: Name(word)) else {
                    throw Failure(
                        usage: "the store has no '\(Name(word).shown)'",
                        remedy: "name it as 'imprimatur audit list --all' does")
                }
                let report = try store.report(entry)
                end.add(report.status)
                format.take(.file(report), &bytes)
            }
            format.take(.end(end), &bytes)
            StandardStream.report(bytes)
            return .fine
        }
    }

    static func report(_ call: Invocation) -> ExitCode {
        AuditRunVerb.guarded { () throws(Failure) in
            let name = try AuditRunVerb.storeName(call)
            let store = try AuditStore.reading(name)
            let path = call[.auditOutput]
            let kept = try AuditOutputs(of: name, below: store.roots().map(\.name))
            let output = try kept.open(path)
            let shape = call[.reportShape] ?? shape(of: path)
            var collection = try store.collection(members: shape == "text" ? 20 : shape == "html" ? mostMembers : .max)
            let bytes: [UInt8]
            switch shape {
            case "html":
                collection.head.version = Program.version
                bytes = CollectionPage.page(collection)
            case "csv": bytes = CollectionTable.csv(collection)
            default: bytes = Array(CollectionText.text(collection).utf8)
            }
            try output.write(bytes)
            if shape == "html", collection.memberCount > mostMembers, let path {
                // A page of so many rows opens nowhere; the table stands beside it.
                let all = try store.collection(members: .max)
                let beside = try kept.open(path + ".csv")
                try beside.write(CollectionTable.csv(all))
                try beside.end()
            }
            try output.end()
            return .fine
        }
    }

    private static func shape(of path: String?) -> String {
        guard let path else { return "text" }
        return path.hasSuffix(".html") ? "html" : path.hasSuffix(".csv") ? "csv" : "text"
    }

    private static let mostMembers = 5_000
}
