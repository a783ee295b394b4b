// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Digest
internal import JSON
internal import Remote

// The draft, its DOI and its record.

extension DepositRun {
    /// Makes a draft; one, whatever becomes of answers.
    func makeDraft(_ record: RecordBody) throws(DepositStop) -> JSONValue {
        var why = ""
        for attempt in 1...max(1, repository.patience.tries) {
            if attempt > 1 {
                repository.pause(repository.patience.pause(before: attempt - 1), why)
                if let found = try adopted() { return found }
            }
            if journal.facts.marker.isEmpty || journal.facts.open != "draft" {
                let marker = journal.facts.marker.isEmpty ? Self.marker() : journal.facts.marker
                try journal.before("draft", [("marker", .string(marker)), ("title", .string(record.title))])
            }
            switch try repository.change(.post, ["records"], json: record.marked(journal.facts.marker)) {
            case .lost(let words): why = words
            case .answered(let answer):
                guard answer.status == 201, let body = answer.body, let id = body["id"]?.string, !id.isEmpty else {
                    // What is refused has made no draft.
                    if answer.status >= 400 { try journal.after("draft", [("refused", .integer(answer.status))]) }
                    throw repository.refusal(answer, "make a draft")
                }
                try journal.after("draft", [("id", .string(id))] + Self.revision(body))
                try checkErrors(answer, "the draft '\(id)' was made")
                return body
            }
        }
        throw DepositStop(
            .interruption, "no draft could be made: \(repository.clean(why))",
            remedy: "'imprimatur deposit resume' looks whether one was made after all, and goes on")
    }

    /// Our draft among those of the user, where the answer to it was lost; nil where there is none.
    ///
    /// Lists of servers lag behind by seconds, so they are read twice.
    func adopted() throws(DepositStop) -> JSONValue? {
        let marker = journal.facts.marker
        guard !marker.isEmpty else { return nil }
        for look in 0..<2 {
            if look > 0 { Moment.sleep(repository.patience.look) }
            let found = try marked(marker)
            guard found.count < 2 else {
                throw DepositStop(
                    .difference,
                    "there are \(found.count) drafts of this deposit: "
                        + found.compactMap { $0["id"]?.string }.sorted().joined(separator: ", "),
                    remedy: "delete all but one in the browser, and 'imprimatur deposit resume'")
            }
            if let draft = found.first, let id = draft["id"]?.string {
                try journal.after("draft", [("id", .string(id)), ("adopted", .bool(true))] + Self.revision(draft))
                return draft
            }
        }
        return nil
    }

    private func marked(_ marker: String) throws(DepositStop) -> [JSONValue] {
        var found: [JSONValue] = []
        var seen = Set<String>()
        for page in 1...50 {
            let answer = try repository.get(
                ["user", "records"], query: [("size", "100"), ("page", "\(page)"), ("sort", "newest")])
            guard answer.status == 200, let hits = answer.body?["hits"]?["hits"]?.elements else {
                throw repository.refusal(answer, "list the drafts of the user")
            }
            for hit in hits {
                guard let id = hit["id"]?.string, seen.insert(id).inserted, hit["is_published"]?.bool != true else {
                    continue
                }
                if RecordBody.holds(marker, hit) {
                    if let draft = try draft(id), RecordBody.holds(marker, draft) { found.append(draft) }
                }
            }
            if hits.count < 100 { break }
        }
        return found
    }

    /// Reserves a DOI, or takes the one that is there.
    ///
    /// - Returns: The draft with it.
    func reserveDOI(_ id: String, _ start: JSONValue, _ record: RecordBody) throws(DepositStop) -> JSONValue {
        if let external = record.externalDOI {
            if journal.facts.doi != external { try journal.after("doi", [("doi", .string(external))]) }
            return start
        }
        var draft = start
        var why = "the answer names none"
        for attempt in 1...max(1, repository.patience.tries) {
            if let doi = Self.doi(draft) {
                try keep(doi, draft)
                return draft
            }
            if let known = journal.facts.doi {
                throw DepositStop(
                    .difference, "the draft '\(id)' has lost its DOI, '\(known)', which files of the package may name",
                    remedy: "look at the draft in the browser; with another DOI the package is built anew")
            }
            if attempt > 1 { repository.pause(repository.patience.pause(before: attempt - 1), why) }
            try journal.before("doi")
            switch try repository.change(.post, ["records", id, "draft", "pids", "doi"]) {
            case .lost(let words): why = words
            case .answered(let answer):
                // 400: there is one already.
                guard answer.status == 201 || answer.status == 400 else {
                    throw repository.refusal(answer, "reserve a DOI")
                }
                if answer.status == 201, let body = answer.body, let doi = Self.doi(body), body["id"]?.string == id {
                    try keep(doi, body)
                    return body
                }
                if !answer.message.isEmpty { why = answer.message }
            }
            guard let now = try self.draft(id) else { throw gone(id) }
            draft = now
        }
        if let doi = Self.doi(draft) {
            try keep(doi, draft)
            return draft
        }
        throw DepositStop(
            .interruption, "no DOI was reserved: \(repository.clean(why))",
            remedy: "'imprimatur deposit resume' asks again")
    }

    private func keep(_ doi: String, _ draft: JSONValue) throws(DepositStop) {
        if let known = journal.facts.doi, known != doi {
            throw DepositStop(
                .difference, "the draft has the DOI '\(doi)', and '\(known)' was reserved",
                remedy: "somebody works on this draft; look at it in the browser")
        }
        if journal.facts.doi == nil || journal.facts.open == "doi" {
            try journal.after("doi", [("doi", .string(doi))] + Self.revision(draft))
        }
        if let words = target.refusal(of: doi) {
            throw DepositStop(
                .refusal, words,
                remedy: "choose the repository that gives such DOIs; 'imprimatur deposit discard' deletes the draft")
        }
    }

    /// Writes the record, unless the draft holds it already.
    func writeRecord(_ id: String, _ start: JSONValue, _ record: RecordBody) throws(DepositStop) {
        var draft = start
        var why = ""
        for attempt in 1...max(1, repository.patience.tries) {
            let differences = record.differences(held: draft)
            if differences.isEmpty {
                if journal.facts.open == "record" { try journal.after("record", Self.revision(draft)) }
                return
            }
            let revision = draft["revision_id"]?.integer
            // A call of ours whose end is not known may be what changed it.
            if !takesOver, journal.facts.open == nil, let known = journal.facts.revision, let revision,
                known != revision, journal.facts.held != Self.held(draft)
            {
                throw edited(differences)
            }
            if attempt > 1 { repository.pause(repository.patience.pause(before: attempt - 1), why) }
            try journal.before("record")
            let condition = revision.map { [("If-Match", "\($0)")] } ?? []
            switch try repository.change(.put, ["records", id, "draft"], json: record.value, fields: condition) {
            case .lost(let words):
                why = words
                guard let now = try self.draft(id) else { throw gone(id) }
                draft = now
            case .answered(let answer):
                if answer.status == 412 {
                    try journal.after("record")
                    guard let now = try self.draft(id) else { throw gone(id) }
                    throw edited(record.differences(held: now))
                }
                guard answer.status == 200, let body = answer.body, body["id"]?.string == id else {
                    try journal.after("record")
                    throw repository.refusal(answer, "write the record")
                }
                try journal.after("record", Self.revision(body))
                try checkErrors(answer, "the record was written")
                guard journal.facts.doi == nil || Self.doi(body) == journal.facts.doi else {
                    throw DepositStop(
                        .difference, "the draft has lost its DOI, '\(journal.facts.doi ?? "")'",
                        remedy: "look at the draft in the browser; nothing was published")
                }
                let rest = record.differences(held: body)
                guard rest.isEmpty else {
                    throw DepositStop(
                        .difference, "the server has not kept the record: " + Self.words(rest),
                        remedy: "mend the record, and 'imprimatur deposit resume'")
                }
                return
            }
        }
        throw DepositStop(
            .interruption, "the record could not be written: \(repository.clean(why))",
            remedy: "'imprimatur deposit resume' goes on from here")
    }

    private func edited(_ differences: [RecordComparison.Difference]) -> DepositStop {
        DepositStop(
            .difference, "somebody else has changed the draft: " + Self.words(differences, ours: "ours is"),
            remedy: "bring the change into the package, or write over it with 'imprimatur deposit resume --take-over'")
    }

    func gone(_ id: String) -> DepositStop {
        DepositStop(
            .difference, "the draft '\(id)' has gone while we worked on it",
            remedy: "somebody has deleted it; begin another deposit with 'imprimatur deposit --anew PACKAGE'")
    }

    private func checkErrors(_ answer: Answer, _ done: String) throws(DepositStop) {
        let errors = answer.errorsBesideFiles
        guard errors.isEmpty else {
            throw DepositStop(
                .difference,
                "\(done), and the server finds fault with it: "
                    + repository.clean(errors.map(\.line).joined(separator: "; ")),
                remedy: "mend the record, and 'imprimatur deposit resume' writes it into the same draft")
        }
    }

    // MARK: Parts of a draft

    static func doi(_ draft: JSONValue) -> String? {
        guard let doi = draft["pids"]?["doi"]?["identifier"]?.string, doi.hasPrefix("10."), doi.contains("/") else {
            return nil
        }
        return doi
    }

    /// The revision of a draft, and a digest of its record: a change of files alone makes a revision as well.
    static func revision(_ draft: JSONValue) -> [(String, JSONValue)] {
        guard let revision = draft["revision_id"]?.integer else { return [] }
        // An answer without a record says nothing of it.
        let held = draft["metadata"] == nil ? [] : [("held", JSONValue.string(held(draft)))]
        return [("revision", .integer(revision))] + held
    }

    private static func held(_ draft: JSONValue) -> String {
        var json = JSONWriter(.compact)
        json.array { json in
            for name in ["access", "metadata", "custom_fields"] { json.value(ordered(draft[name] ?? .null)) }
        }
        return Digests.of(json.finish(), [.sha256])[.sha256] ?? ""
    }

    /// Members by their names: servers give them in any order.
    private static func ordered(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let members):
            .object(members.sorted { $0.name < $1.name }.map { JSONMember($0.name, ordered($0.value)) })
        case .array(let elements): .array(elements.map(ordered))
        default: value
        }
    }

    static func words(_ differences: [RecordComparison.Difference], ours: String = "sent was") -> String {
        let shown = differences.prefix(3).map { "\($0.place) is \($0.held), \(ours) \($0.sent)" }
        let rest = differences.count > 3 ? "; and \(differences.count - 3) more" : ""
        return shown.joined(separator: "; ") + rest
    }

    private static func marker() -> String {
        var random = SystemRandomNumberGenerator()
        let number = String(random.next(), radix: 16) + String(random.next(), radix: 16)
        return "imprimatur-deposit:\(number)"
    }
}
