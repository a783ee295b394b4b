// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings
internal import JSON
public import Remote
internal import Transport

/// A draft that has its number and its DOI.
public struct Reserved: Sendable {
    /// Number of the draft, and of the record that becomes of it.
    public let id: String
    public let doi: String
    /// DOI of the version before; nil for a first one.
    public let previous: String?
    let target: DepositTarget

    /// The public address of a file of the record.
    public func address(ofFile key: String) -> String { target.address(ofFile: key, record: id) }
}

/// One deposit on its way: each step looks at the server first, and does what is missing.
///
/// - Source: InvenioRDM REST API; measured on InvenioRDM 14.0.5.
public final class DepositRun {
    let target: DepositTarget
    private(set) var contents: DepositContents
    private(set) var record: RecordBody?
    let journal: DepositJournal
    let repository: Repository
    let digests = LocalDigests()
    let today: String
    /// Is told of bytes as they go out, on any thread.
    let sent: @Sendable (Int) -> Void
    /// Writes the documents that name the DOI and the addresses of the files, once both are known: gives the files and the
    /// record anew.
    public var naming: ((Reserved) throws(DepositStop) -> (DepositContents, RecordBody))?
    /// Larger files are sent in parts of so many bytes, where the repository takes parts.
    public var partSize = 256 << 20
    /// Our record is written over what somebody else has changed.
    public var takesOver = false

    /// - Parameters:
    ///   - record: nil for steps that send no record.
    ///   - note: Takes words on waiting, on any thread.
    public init(
        _ target: DepositTarget, _ contents: DepositContents, record: RecordBody?, journal: DepositJournal,
        secret: WebSecret?, agent: String, patience: Patience = Patience(), today: String,
        note: @escaping @Sendable (String) -> Void = { _ in }, sent: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws(DepositStop) {
        try target.checkAddress()
        self.target = target
        self.contents = contents
        self.record = record?.dated(today)
        self.journal = journal
        self.today = today
        self.sent = sent
        repository = Repository(target, secret: secret, agent: agent, patience: patience, note: note)
    }

    /// The record as it is sent, where it and the files can be: asked before anything is made.
    ///
    /// - Throws: What keeps this repository from taking them.
    @discardableResult
    public static func sendable(
        _ record: RecordBody?, _ contents: DepositContents, to target: DepositTarget, today: String
    ) throws(DepositStop) -> RecordBody {
        guard let record = record?.dated(today) else {
            throw DepositStop(.refusal, "there is no record to send", remedy: "name one with --record FILE")
        }
        try contents.check(target)
        try record.check(today: today)
        return record
    }

    /// Draft, DOI, record, files, verification: whatever of it is missing. Nothing is published.
    public func deposit() throws(DepositStop) -> DepositReport {
        let record = try Self.sendable(record, contents, to: target, today: today)
        if let parent = journal.facts.parent, journal.facts.id == nil || !journal.facts.isImported {
            try beginVersion(of: parent)
        }
        switch try place() {
        case .published(let record): return try report(onPublished: record)
        case .draft(let draft): return try complete(draft, record)
        case .none: return try complete(try makeDraft(record), record)
        }
    }

    private func complete(_ draft: JSONValue, _ record: RecordBody) throws(DepositStop) -> DepositReport {
        let id = try self.id()
        let named = try reserveDOI(id, draft, record)
        if let naming, let doi = journal.facts.doi {
            let previous = try journal.facts.parent.flatMap { (parent) throws(DepositStop) in
                try publicRecord(parent).flatMap(Self.doi)
            }
            let (contents, record) = try naming(Reserved(id: id, doi: doi, previous: previous, target: target))
            try contents.check(target)
            self.contents = contents
            self.record = record
            digests.forget()
            try writeRecord(id, named, record)
        } else {
            try writeRecord(id, named, record)
        }
        try upload(id)
        return try verified(id)
    }

    /// The number of our draft.
    func id() throws(DepositStop) -> String {
        guard let id = journal.facts.id else {
            throw DepositStop(
                .refusal, "there is no deposit of this package to \(target.name) yet",
                remedy: "begin one with 'imprimatur deposit PACKAGE'")
        }
        return id
    }

    /// What the server has of our deposit.
    enum Place {
        case none
        case draft(JSONValue)
        case published(JSONValue)
    }

    /// Looks for our draft, and for the record that became of it.
    func place() throws(DepositStop) -> Place {
        guard let id = journal.facts.id else {
            guard journal.facts.open == "draft", let found = try adopted() else {
                return .none
            }
            return .draft(found)
        }
        if journal.facts.isDiscarded {
            throw DepositStop(
                .refusal, "the draft '\(id)' was discarded",
                remedy: "begin another deposit with 'imprimatur deposit --anew PACKAGE'")
        }
        if let draft = try draft(id) { return .draft(draft) }
        if let record = try publicRecord(id) { return .published(record) }
        throw DepositStop(
            .difference, "the draft '\(id)' is no longer there, and was not published: somebody has deleted it",
            remedy:
                "begin another deposit with 'imprimatur deposit --anew PACKAGE'; '\(journal.name.shown)' stays as it is"
        )
    }

    /// The draft; nil where there is none.
    func draft(_ id: String) throws(DepositStop) -> JSONValue? {
        let answer = try repository.get(["records", id, "draft"])
        switch answer.status {
        case 200:
            guard let body = answer.body, body["id"]?.string == id else {
                throw repository.refusal(answer, "show the draft '\(id)'")
            }
            return body
        case 404, 410: return nil
        default: throw repository.refusal(answer, "show the draft '\(id)'")
        }
    }

    /// The published record, as everybody sees it or, where it is closed, as its owner does; nil where there is none.
    func publicRecord(_ id: String) throws(DepositStop) -> JSONValue? {
        var answer = try repository.get(["records", id], isSigned: false)
        if answer.status == 401 || answer.status == 403 { answer = try repository.get(["records", id]) }
        switch answer.status {
        case 200:
            guard let body = answer.body, body["id"]?.string == id, body["is_published"]?.bool != false,
                body["is_draft"]?.bool != true
            else { return nil }
            return body
        case 404: return nil
        default: throw repository.refusal(answer, "show the record '\(id)'")
        }
    }
}
