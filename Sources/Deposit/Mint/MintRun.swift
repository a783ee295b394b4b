// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import DataCite
internal import Diffraction
internal import JSON
public import Remote
internal import Transport

/// Registers a DOI of one's own prefix: draft, registered, findable.
///
/// The suffix is ours and known before the first call; it stands in a file beside the record until the DOI is there.
/// - Source: publication.md section 9; support.datacite.org, DOI states.
public final class MintRun {
    /// What is asked before something that stays: gives what was typed.
    public typealias Confirmation = (_ doi: String, _ question: String) -> String?

    private let service: DataCiteInterface
    private let confirm: Confirmation
    /// What was done, in words.
    public private(set) var notes: [String] = []

    public init(
        _ target: MintTarget, secret: WebSecret?, agent: String, patience: Patience = Patience(),
        note: @escaping @Sendable (String) -> Void, confirm: @escaping Confirmation
    ) {
        service = DataCiteInterface(target, secret: secret, agent: agent, patience: patience, note: note)
        self.confirm = confirm
    }

    /// The DOI as DataCite has it; nil where there is none.
    public func status(_ doi: String) throws(DepositStop) -> MintState? { try service.read(doi) }

    /// What DataCite says of the record; one fault of each property at a time.
    public func validate(_ record: PublicationRecord) throws(DepositStop) -> [MintError] {
        try service.validate(record.restJSON())
    }

    /// Makes a draft, or writes over one.
    public func draft(_ record: PublicationRecord) throws(DepositStop) -> MintState {
        let doi = try doi(of: record)
        if let known = try service.read(doi), known.state != .draft {
            throw DepositStop(
                .difference, "\(doi) is \(known.state?.rawValue ?? "known") already", remedy: "use 'mint update'")
        }
        return try written(record, doi, event: nil, expected: [.draft])
    }

    /// Writes the record over what is there, in the state that it has.
    public func update(_ record: PublicationRecord) throws(DepositStop) -> MintState {
        let doi = try doi(of: record)
        guard let known = try service.read(doi) else {
            throw DepositStop(.difference, "\(doi) is not there", remedy: "make it with 'mint draft'")
        }
        return try written(record, doi, event: nil, expected: known.state.map { [$0] } ?? [])
    }

    /// Makes the DOI resolve without being found.
    public func register(_ record: PublicationRecord) throws(DepositStop) -> MintState {
        try lasting(
            record, event: "register", from: [.draft], to: .registered, "registers the DOI; it cannot be deleted")
    }

    /// Makes the DOI resolve and be found.
    public func publish(_ record: PublicationRecord) throws(DepositStop) -> MintState {
        try lasting(
            record, event: "publish", from: [.draft, .registered], to: .findable,
            "publishes the DOI; it cannot be deleted")
    }

    /// Makes a findable DOI registered again.
    public func hide(_ doi: String) throws(DepositStop) -> MintState {
        try service.target.check(doi)
        let known = try known(doi)
        if known.state == .registered { return known }
        guard known.state == .findable else {
            throw DepositStop(.difference, "\(doi) is \(known.state?.rawValue ?? "of another state"), not findable")
        }
        try ask(doi, "hides the DOI from searches; it goes on resolving")
        let state = try service.put(doi, Self.event("hide", doi))
        try check(state, .registered)
        return state
    }

    /// Deletes a draft.
    public func delete(_ doi: String) throws(DepositStop) {
        try service.target.check(doi)
        let known = try known(doi)
        guard known.state == .draft else {
            throw DepositStop(
                .difference, "\(doi) is \(known.state?.rawValue ?? "of another state"); drafts alone can be deleted")
        }
        try ask(doi, "deletes the draft")
        try service.delete(doi)
    }

    private func lasting(
        _ record: PublicationRecord, event: String, from states: [MintState.State], to state: MintState.State,
        _ consequence: String
    ) throws(DepositStop) -> MintState {
        let doi = try doi(of: record)
        let known = try known(doi)
        if known.state == state { return try written(record, doi, event: nil, expected: [state]) }
        guard let now = known.state, states.contains(now) else {
            throw DepositStop(.difference, "\(doi) is \(known.state?.rawValue ?? "of another state") already")
        }
        guard let url = record.url?.value ?? known.url, !url.isEmpty else {
            throw DepositStop(
                .difference, "the record has no address of a landing page, which DataCite asks for from here on",
                remedy: "write url: \"https://…\" in publication.json5, or give --url")
        }
        if let fault = service.faultOfPage(url) {
            throw DepositStop(.difference, "the landing page '\(url)' is not there: \(fault)")
        }
        let errors = try service.validate(record.restJSON())
        guard errors.isEmpty else {
            throw DepositStop(
                .difference, "DataCite does not take the record: " + errors.map(\.line).joined(separator: "; "),
                remedy: "mend it, and ask 'mint validate' again: one fault of each property is told at a time")
        }
        try ask(doi, consequence)
        return try written(record, doi, event: event, expected: [state])
    }

    private func doi(of record: PublicationRecord) throws(DepositStop) -> String {
        guard let doi = record.identifier?.value, doi.hasPrefix("10."), doi.contains("/") else {
            throw DepositStop(.refusal, "the record has no DOI", remedy: "give --doi, or --prefix for a new one")
        }
        try service.target.check(doi)
        return doi
    }

    private func known(_ doi: String) throws(DepositStop) -> MintState {
        guard let known = try service.read(doi) else {
            throw DepositStop(.difference, "\(doi) is not there", remedy: "make it with 'mint draft'")
        }
        return known
    }

    private func ask(_ doi: String, _ consequence: String) throws(DepositStop) {
        let typed = confirm(doi, "On \(service.target.shown) this \(consequence). Type the DOI to go on: ")
        guard typed?.lowercased() == doi.lowercased() else {
            throw DepositStop(.refusal, "the DOI was not confirmed; nothing was done", remedy: "add --confirm \(doi)")
        }
    }

    private func written(
        _ record: PublicationRecord, _ doi: String, event: String?, expected: [MintState.State]
    ) throws(DepositStop) -> MintState {
        let state = try service.put(doi, record.restJSON(event: event))
        if let wanted = expected.first { try check(state, wanted) }
        let differences = MintComparison.differences(record.restAttributes, state.attributes)
        guard differences.isEmpty else {
            throw DepositStop(
                .difference, "DataCite has not kept what was sent: " + differences.prefix(5).joined(separator: "; "))
        }
        return state
    }

    private func check(_ state: MintState, _ wanted: MintState.State) throws(DepositStop) {
        guard state.state != wanted else { return }
        throw DepositStop(
            .difference,
            "\(state.doi) is \(state.state?.rawValue ?? "of another state") after all, not \(wanted.rawValue)")
    }

    private static func event(_ event: String, _ doi: String) -> JSONValue {
        .object([
            JSONMember(
                "data",
                .object([
                    JSONMember("type", .string("dois")),
                    JSONMember(
                        "attributes",
                        .object([JSONMember("event", .string(event)), JSONMember("doi", .string(doi))])),
                ]))
        ])
    }
}

/// What DataCite gives back beside what it was sent.
enum MintComparison {
    /// Attributes that were sent and came back otherwise; what DataCite adds does not count, nor how a number is written.
    static func differences(_ sent: JSONValue, _ found: JSONValue) -> [String] {
        (sent.members ?? []).compactMap { member in
            // The version of the schema is theirs to write.
            if member.name == "schemaVersion" { return nil }
            guard let other = found[member.name] else { return "\(member.name) is not there" }
            if member.name == "doi", member.value.string?.lowercased() == other.string?.lowercased() { return nil }
            return isKept(member.value, other) ? nil : "\(member.name) is not as it was sent"
        }
    }

    private static func isKept(_ sent: JSONValue, _ found: JSONValue) -> Bool {
        switch (sent, found) {
        case (.object(let members), .object):
            return members.allSatisfy { member in found[member.name].map { isKept(member.value, $0) } ?? false }
        case (.array(let one), .array(let other)):
            return one.count == other.count && zip(one, other).allSatisfy { isKept($0, $1) }
        case (.string(let one), .string(let other)): return one == other
        default:
            return text(sent) == text(found)
        }
    }

    private static func text(_ value: JSONValue) -> String? {
        value.string.flatMap { Double($0).map { "\($0)" } ?? $0 } ?? value.double.map { "\($0)" }
    }
}
