// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import JSON

/// What a program says of one file, without its sentences.
struct Verdict: Sendable, Equatable {
    /// A finding as this gate tells it from others.
    struct Key: Sendable, Hashable, Comparable {
        let rule: String
        let level: String

        static func < (a: Key, b: Key) -> Bool { (a.rule, a.level) < (b.rule, b.level) }
    }

    /// What may change beside the rule and the level: sentences, counts, places.
    struct Wording: Sendable, Hashable {
        let message: String
        let count: Int
        let places: [JSONValue]
    }

    var status = "none"
    var code: Int32 = 0
    var isOverTime = false
    var findings: [Key: [Wording]] = [:]
    /// Rules that could not look, each with the words of its reasons; "" where the program names none.
    var notChecked: [String: Set<String>] = [:]
    var failureCount = 0

    /// Reasons for which a file cannot pass.
    private static let unread: Set<String> = ["unread", "refused", "limit", "definition"]

    /// From the events of `check -f jsonl`; what is no event is passed over.
    init(_ run: ProgramRun) {
        code = run.code
        isOverTime = run.isOverTime
        for line in run.output.split(separator: 0x0A) {
            guard let event = try? JSONReader.read(Array(line)) else { continue }
            switch event["event"]?.string {
            case "finding":
                let key = Key(rule: event["rule"]?.string ?? "", level: event["level"]?.string ?? "")
                findings[key, default: []].append(
                    Wording(
                        message: event["message"]?.string ?? "", count: event["count"]?.integer ?? 0,
                        places: event["places"]?.elements ?? []))
            case "fileEnd":
                status = event["status"]?.string ?? "none"
                failureCount += event["failures"]?.elements?.count ?? 0
                for item in event["notChecked"]?.elements ?? [] {
                    notChecked[item["rule"]?.string ?? "", default: []].insert(item["reason"]?.string ?? "")
                }
            default: break
            }
        }
    }

    /// Why the file does not pass, in the words that an announcement names: reasons of *not checked*, "failure" where
    /// something could not be read, "nothing" where nothing was checked.
    var reasons: [String] {
        var words = notChecked.values.reduce(into: Set<String>()) { $0.formUnion($1) }.intersection(Self.unread)
        if failureCount > 0 { words.insert("failure") }
        return words.isEmpty ? ["nothing"] : words.sorted()
    }
}
