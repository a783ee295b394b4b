// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings
internal import JSON
internal import Remote

// Going on, and giving up.

extension DepositRun {
    /// Goes on with what was begun: also with a publication that was confirmed and whose answer was lost.
    public func resume() throws(DepositStop) -> DepositReport {
        guard journal.isBegun else {
            _ = try id()
            return emptyReport(.none)
        }
        return try deposit()
    }

    /// Deletes our draft, once somebody has typed its number.
    public func discard(confirm: (DepositReport) throws(DepositStop) -> String?) throws(DepositStop) -> DepositReport {
        let draft: JSONValue
        switch try place() {
        case .draft(let found): draft = found
        case .published(let record):
            throw DepositStop(
                .refusal, "the record '\(record["id"]?.string ?? "")' is published, and stays",
                remedy: "ask the repository to withdraw it")
        case .none:
            _ = try id()
            return emptyReport(.none)
        }
        let id = try self.id()
        var report = describe(draft, state: .draft)
        guard try confirm(report) == id else {
            throw DepositStop(
                .refusal, "nothing was deleted: the number of the draft was not confirmed",
                remedy: "'imprimatur deposit discard --confirm \(id) PACKAGE' deletes it")
        }
        var why = ""
        for attempt in 1...max(1, repository.patience.tries) {
            if attempt > 1 { repository.pause(repository.patience.pause(before: attempt - 1), why) }
            try journal.before("discard")
            switch try repository.change(.delete, ["records", id, "draft"]) {
            case .lost(let words): why = words
            case .answered(let answer):
                guard answer.status == 204 || answer.status == 404 else {
                    throw repository.refusal(answer, "delete the draft '\(id)'")
                }
            }
            if try self.draft(id) == nil {
                try journal.after("discard")
                report.state = .discarded
                return report
            }
        }
        throw DepositStop(
            .interruption, "the draft '\(id)' is still there: \(repository.clean(why))", remedy: "try again later")
    }
}
