// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings
internal import JSON
internal import Remote

// Communities, whose curators publish, and links for referees.

extension DepositRun {
    /// Verifies the draft and hands it to a community; its curator's acceptance publishes it.
    ///
    /// - Parameters:
    ///   - community: Its name in addresses, or its number.
    ///   - confirm: Takes what is to be handed over and gives the DOI that somebody has typed; nil: nobody did.
    public func submit(
        to community: String, confirm: (DepositReport) throws(DepositStop) -> String?
    ) throws(DepositStop) -> DepositReport {
        digests.forget()
        guard case .draft = try place() else { return try status() }
        let id = try self.id()
        let before = try verified(id)
        if let words = before.doi.flatMap(target.refusal) { throw DepositStop(.refusal, words) }
        guard before.differences.isEmpty, before.state != .inReview else { return before }
        guard let doi = before.doi, try confirm(before)?.lowercased() == doi.lowercased() else {
            throw DepositStop(
                .refusal, "nothing was handed over: the DOI was not confirmed",
                remedy:
                    "'imprimatur deposit submit --community \(community) --confirm \(before.doi ?? "DOI") PACKAGE' hands the draft over; "
                    + "its curator publishes it, which cannot be undone")
        }
        let number = try self.number(ofCommunity: community)
        let review = JSONValue.object([
            JSONMember("receiver", .object([JSONMember("community", .string(number))])),
            JSONMember("type", .string("community-submission")),
        ])
        try done("review") { () throws(DepositStop) in
            try repository.change(.put, ["records", id, "draft", "review"], json: review)
        } isDone: { () throws(DepositStop) in
            try repository.get(["records", id, "draft", "review"]).body?["receiver"]?["community"]?.string == number
        }
        let words = JSONValue.object([
            JSONMember(
                "payload",
                .object([
                    JSONMember("content", .string("Raw diffraction data, verified by imprimatur.")),
                    JSONMember("format", .string("html")),
                ]))
        ])
        try done("submit") { () throws(DepositStop) in
            try repository.change(.post, ["records", id, "draft", "actions", "submit-review"], json: words)
        } isDone: { () throws(DepositStop) in
            // A community may take what comes from its own people at once.
            guard let draft = try draft(id) else { return try publicRecord(id) != nil }
            return Self.isInReview(draft)
        }
        return try status()
    }

    /// Makes a link by which a referee sees what is closed: `view` on a record, `preview` on a draft.
    ///
    /// A link with permission `view` does not open a draft.
    /// - Returns: The address with its secret, which is kept nowhere.
    public func link(until: String) throws(DepositStop) -> ReviewLink {
        guard until > today else {
            throw DepositStop(.refusal, "the link would end on \(until), which is not after today, \(today)")
        }
        let id = try self.id()
        let isDraft: Bool
        switch try place() {
        case .draft: isDraft = true
        case .published: isDraft = false
        case .none: throw DepositStop(.refusal, "there is nothing to link to")
        }
        let permission = isDraft ? "preview" : "view"
        let body = JSONValue.object([
            JSONMember("permission", .string(permission)), JSONMember("expires_at", .string(until)),
        ])
        switch try repository.change(.post, ["records", id, "access", "links"], json: body) {
        case .lost(let why):
            throw DepositStop(
                .interruption, "the answer with the link was lost: \(repository.clean(why))",
                remedy: "make another one, and take the lost one away in the browser")
        case .answered(let answer):
            guard answer.status == 201, let word = answer.body?["token"]?.string, !word.isEmpty else {
                throw repository.refusal(answer, "make a link")
            }
            let page = target.page(of: id) + (isDraft ? "?preview=1&token=" : "?token=") + word
            return ReviewLink(address: page, permission: permission, until: until)
        }
    }

    private func number(ofCommunity name: String) throws(DepositStop) -> String {
        let answer = try repository.get(["communities", name])
        guard answer.status == 200, let number = answer.body?["id"]?.string else {
            if answer.status == 404 {
                throw DepositStop(
                    .refusal, "\(target.name) has no community '\(name)'",
                    remedy: "give the name that stands in the address of its page")
            }
            throw repository.refusal(answer, "show the community '\(name)'")
        }
        return number
    }

    /// Sends a call until it is seen to be done.
    private func done(
        _ name: String, _ send: () throws(DepositStop) -> Repository.Outcome, isDone: () throws(DepositStop) -> Bool
    ) throws(DepositStop) {
        var why = ""
        for attempt in 1...max(1, repository.patience.tries) {
            if attempt > 1 { repository.pause(repository.patience.pause(before: attempt - 1), why) }
            try journal.before(name)
            switch try send() {
            case .lost(let words): why = words
            case .answered(let answer):
                guard (200..<300).contains(answer.status), !answer.hasErrors else {
                    if try isDone() { break }
                    try journal.after("refused", [("status", .integer(answer.status))])
                    throw repository.refusal(answer, "hand the draft to a community (\(name))")
                }
            }
            if try isDone() { return try journal.after(name) }
        }
        throw DepositStop(
            .interruption, "the draft was not handed over: \(repository.clean(why))",
            remedy: "'imprimatur deposit status' tells how it stands")
    }
}

/// An address that opens something closed to whoever knows it.
public struct ReviewLink: Sendable {
    /// With its secret: shown once, and kept nowhere.
    public let address: String
    /// "view" or "preview".
    public let permission: String
    /// Last day.
    public let until: String
}
