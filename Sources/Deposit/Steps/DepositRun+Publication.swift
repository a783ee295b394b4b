// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings
internal import JSON
internal import Remote

// The one step that cannot be undone.

extension DepositRun {
    /// Verifies the draft again and publishes it.
    ///
    /// - Parameter confirm: Takes what is to be published and gives the DOI that somebody has typed; nil: nobody did.
    /// - Returns: The published record compared; the draft with its differences where it was not published.
    public func publish(
        confirm: (DepositReport) throws(DepositStop) -> String?
    ) throws(DepositStop) -> DepositReport {
        digests.forget()
        switch try place() {
        case .published(let record): return try report(onPublished: record)
        case .none:
            _ = try id()
            throw DepositStop(
                .refusal, "there is no draft to publish", remedy: "'imprimatur deposit PACKAGE' makes one")
        case .draft: break
        }
        let id = try self.id()
        // A publication that was begun and confirmed may be under way on the server.
        if journal.facts.open == "publish", let record = try appeared(id) { return try report(onPublished: record) }
        let before = try verified(id)
        if let words = before.doi.flatMap(target.refusal) {
            throw DepositStop(
                .refusal, words, remedy: "choose the repository that gives such DOIs; nothing was published")
        }
        guard before.differences.isEmpty else { return before }
        guard before.state != .inReview else {
            throw DepositStop(
                .difference, "a community looks at the draft; its curator publishes it, nobody else can",
                remedy: "'imprimatur deposit status' tells when it is done; a review can be withdrawn in the browser")
        }
        guard let doi = before.doi else {
            throw DepositStop(.difference, "the draft has no DOI", remedy: "'imprimatur deposit resume' reserves one")
        }
        guard try confirm(before)?.lowercased() == doi.lowercased() else {
            throw DepositStop(
                .refusal, "nothing was published: the DOI was not confirmed",
                remedy:
                    "'imprimatur deposit publish --confirm \(doi) PACKAGE' publishes on \(target.shown), which cannot be undone"
            )
        }
        return try report(onPublished: try send(id))
    }

    private func send(_ id: String) throws(DepositStop) -> JSONValue {
        var why = ""
        for _ in 0..<2 {
            try journal.before("publish")
            switch try repository.change(.post, ["records", id, "draft", "actions", "publish"]) {
            case .lost(let words): why = words
            case .answered(let answer):
                switch answer.status {
                case 202 where !answer.hasErrors, 404: why = answer.message
                default:
                    try journal.after("refused", [("status", .integer(answer.status))])
                    throw repository.refusal(answer, "publish the draft '\(id)'")
                }
            }
            if let record = try appeared(id) { return record }
        }
        throw DepositStop(
            .interruption, "the record does not appear: \(repository.clean(why))",
            remedy: "servers publish minutes after such an answer; 'imprimatur deposit resume' looks again")
    }

    /// The record that a publication has made, asked for patiently; nil where the draft is still one.
    private func appeared(_ id: String) throws(DepositStop) -> JSONValue? {
        let end = Moment.steady + repository.patience.publication
        while true {
            if let record = try publicRecord(id) {
                try journal.after("publish", [("id", .string(id))])
                return record
            }
            guard Moment.steady < end else { break }
            repository.pause(repository.patience.look, "the record does not show yet")
        }
        return nil
    }
}
