// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings
internal import JSON
internal import Remote

// A new version of a published record: its files are taken over, and only what changed is sent.

extension DepositRun {
    /// Makes the draft of a new version and brings the package to it.
    ///
    /// - Parameter parent: The number of the record before.
    public func newVersion(of parent: String) throws(DepositStop) -> DepositReport {
        try Self.sendable(record, contents, to: target, today: today)
        if let known = journal.facts.parent, known != parent {
            throw DepositStop(
                .refusal, "a new version of '\(known)' was begun", remedy: "'imprimatur deposit resume' goes on with it"
            )
        }
        try beginVersion(of: parent)
        return try deposit()
    }

    /// Draft and files of the version before; asked for again, both are the same.
    func beginVersion(of parent: String) throws(DepositStop) {
        var why = ""
        for attempt in 1...max(1, repository.patience.tries) where journal.facts.id == nil {
            if attempt > 1 { repository.pause(repository.patience.pause(before: attempt - 1), why) }
            try journal.before("version", [("parent", .string(parent)), ("marker", .string("version of \(parent)"))])
            switch try repository.change(.post, ["records", parent, "versions"]) {
            case .lost(let words): why = words
            case .answered(let answer):
                guard answer.status == 201, let id = answer.body?["id"]?.string, id != parent else {
                    try journal.after("refused", [("status", .integer(answer.status))])
                    throw repository.refusal(answer, "make a new version of '\(parent)'")
                }
                try journal.after("version", [("id", .string(id))] + Self.revision(answer.body ?? .null))
            }
        }
        guard let id = journal.facts.id else {
            throw DepositStop(
                .interruption, "no new version could be made: \(repository.clean(why))",
                remedy: "'imprimatur deposit resume' asks again; the same draft comes back")
        }
        try takeOver(id)
    }

    /// Takes the files of the version before over, once.
    private func takeOver(_ id: String) throws(DepositStop) {
        for attempt in 1...max(1, repository.patience.tries) where !journal.facts.isImported {
            var why = ""
            if attempt > 1 { repository.pause(repository.patience.pause(before: attempt - 1), why) }
            var entries = try list(id)
            if entries.isEmpty {
                try journal.before("import")
                switch try repository.change(.post, ["records", id, "draft", "actions", "files-import"]) {
                case .lost(let words): why = words
                case .answered(let answer):
                    // 400: there are files already.
                    guard answer.status == 201 || answer.status == 400 else {
                        throw repository.refusal(answer, "take over the files of the version before")
                    }
                }
                entries = try list(id)
                if entries.isEmpty, attempt < repository.patience.tries { continue }
            }
            try journal.after("import", [("keys", .array(entries.map { .string($0.key) }))])
            if !why.isEmpty { repository.note("the files of the version before were taken over after all") }
        }
    }
}
