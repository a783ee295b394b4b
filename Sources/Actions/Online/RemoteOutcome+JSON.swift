// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import JSON
import Remote
import RuleEngine

// What servers answered, from the program to a worker.

extension RemoteOutcome {
    func write(to json: inout JSONWriter) {
        json.object { json in
            switch self {
            case .failed(let fault):
                let (word, value) = fault.kind.wire
                json.member("fault", word)
                json.member("value", value)
                json.member("address", fault.address)
                json.member("words", fault.words)
            case .notAsked(let reason):
                json.member("reason", reason.word.text)
                json.member("words", reason.sentence)
            case .answered(let answer):
                if let size = answer.size { json.member("size", size) }
                json.member("hasRanges", answer.hasRanges)
                json.member("isSecure", answer.isSecure)
                json.member("isServedSecurely", answer.isServedSecurely)
                json.array("otherHosts") { json in for host in answer.otherHosts { json.string(host) } }
                switch answer.statement {
                case .none(let words): json.member("none", words)
                case .unread(let words): json.member("unread", words)
                case .file(let size, let algorithm, let stated, let found):
                    json.object("file") { json in
                        if let size { json.member("size", size) }
                        if let algorithm { json.member("algorithm", algorithm) }
                        if let stated { json.member("stated", stated) }
                        if let found { json.member("found", found) }
                    }
                }
            }
        }
    }

    /// Nil for what was not written so.
    init?(_ value: JSONValue) {
        let words = value["words"]?.string ?? ""
        if let word = value["fault"]?.string {
            guard let kind = RemoteFault.Kind(word: word, value: value["value"]?.string ?? "") else { return nil }
            self = .failed(RemoteFault(kind, value["address"]?.string ?? "", words))
        } else if let word = value["reason"]?.string {
            self = .notAsked(Reason(Reason.Word(text: word), words))
        } else {
            guard let hasRanges = value["hasRanges"]?.bool,
                let isSecure = value["isSecure"]?.bool, let isServedSecurely = value["isServedSecurely"]?.bool,
                let hosts = value["otherHosts"]?.elements
            else { return nil }
            let statement: RemoteAnswer.Statement
            if let file = value["file"] {
                statement = .file(
                    size: file["size"]?.integer, algorithm: file["algorithm"]?.string, stated: file["stated"]?.string,
                    found: file["found"]?.string)
            } else if let words = value["unread"]?.string {
                statement = .unread(words)
            } else {
                statement = .none(value["none"]?.string ?? "")
            }
            self = .answered(
                RemoteAnswer(
                    size: value["size"]?.integer, hasRanges: hasRanges, isSecure: isSecure,
                    isServedSecurely: isServedSecurely,
                    otherHosts: hosts.compactMap(\.string), statement: statement))
        }
    }
}
