// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import JSON
internal import Remote
internal import Transport

/// The REST interface of DataCite, asked by one thread.
///
/// PUT names the DOI, so that sending it twice makes no second one: an answer that is lost leads to no orphan.
/// - Source: support.datacite.org, REST API guides.
final class DataCiteInterface: Sendable {
    let target: MintTarget
    private let patience: Patience
    private let caller: WebCaller
    private let note: @Sendable (String) -> Void

    init(
        _ target: MintTarget, secret: WebSecret?, agent: String, patience: Patience,
        note: @escaping @Sendable (String) -> Void
    ) {
        self.target = target
        self.patience = patience
        self.note = note
        caller = WebCaller(target.api, secret: secret, agent: agent, patience: patience.web)
    }

    /// The DOI as it is there; nil where there is none.
    func read(_ doi: String) throws(DepositStop) -> MintState? {
        let query = [(name: "affiliation", value: "true"), (name: "publisher", value: "true")]
        let answer = try send(.get, Self.parts(doi), query: query)
        switch answer.status {
        case 200:
            guard let state = answer.state, state.doi.lowercased() == doi.lowercased() else {
                throw DepositStop(
                    .interruption, "DataCite answers 200 to the question for \(doi), and not with this DOI")
            }
            return state
        case 404: return nil
        default: throw refusal(answer, "read \(doi)")
        }
    }

    /// Makes or changes a DOI, and reads it again.
    func put(_ doi: String, _ body: JSONValue) throws(DepositStop) -> MintState {
        let answer = try send(.put, Self.parts(doi), body: body)
        guard [200, 201].contains(answer.status), answer.errors.isEmpty else { throw refusal(answer, "write \(doi)") }
        guard let state = try read(doi) else {
            throw DepositStop(.interruption, "DataCite has answered \(answer.status), and \(doi) is not there")
        }
        return state
    }

    /// What DataCite says of a record, which it answers with 200 whatever it says.
    func validate(_ body: JSONValue) throws(DepositStop) -> [MintError] {
        let answer = try send(.post, ["dois", "validate"], body: body)
        guard [200, 201, 422].contains(answer.status), answer.body != nil else {
            throw refusal(answer, "validate the record")
        }
        return answer.errors
    }

    /// Deletes a draft; one that is gone already is deleted.
    func delete(_ doi: String) throws(DepositStop) {
        let answer = try send(.delete, Self.parts(doi))
        guard [200, 204, 404].contains(answer.status) else { throw refusal(answer, "delete \(doi)") }
        guard try read(doi) == nil else { throw DepositStop(.difference, "\(doi) is still there") }
    }

    /// Whether the landing page answers: 200 to 299, 401 or 403 (closed data); says what it answers else.
    func faultOfPage(_ text: String) -> String? {
        guard let address = WebAddress(text) else { return "'\(text)' is no address of http or https" }
        let pages = WebCaller(address, secret: nil, agent: "imprimatur", patience: patience.web)
        var call = WebCall(.get, address, fields: [("Accept", "text/html, */*")], isSigned: false)
        call.most = 64 << 10
        do throws(WebCallFault) {
            let status = try pages(call).status
            return (200..<400).contains(status) || status == 401 || status == 403 ? nil : "it answers \(status)"
        } catch {
            if case .remote(let fault) = error { return fault.words }
            return "it does not answer"
        }
    }

    /// The prefix and the suffix; a suffix may hold slashes.
    private static func parts(_ doi: String) -> [String] {
        ["dois", String(doi.prefix { $0 != "/" }), String(doi.drop { $0 != "/" }.dropFirst())]
    }

    /// Sends a call; again while no answer comes, for every call here may be sent twice.
    private func send(
        _ method: WebCall.Method, _ parts: [String], query: [(name: String, value: String)] = [], body: JSONValue? = nil
    ) throws(DepositStop) -> MintAnswer {
        var fields = [(name: "Accept", value: "application/vnd.api+json")]
        var bytes = WebCall.Body.none
        if let body {
            var writer = JSONWriter(.compact)
            writer.value(body)
            bytes = .bytes(writer.finishValue())
            fields.append((name: "Content-Type", value: "application/vnd.api+json"))
        }
        let call = WebCall(method, target.api.below(parts, query: query), fields: fields, body: bytes)
        var words = ""
        for attempt in 1...max(1, patience.tries) {
            if attempt > 1 {
                let wait = patience.pause(before: attempt - 1)
                note("waiting \(Int(wait.rounded(.up))) s: \(words)")
                Moment.sleep(wait)
            }
            do throws(WebCallFault) {
                let reply = try caller(call)
                guard ![408, 425, 429, 500, 502, 503, 504].contains(reply.status) else {
                    words = "DataCite answers \(reply.status)"
                    let asked = reply.fields["retry-after"].flatMap { Int($0) } ?? 0
                    if [429, 503].contains(reply.status), asked > 0 {
                        Moment.sleep(Double(min(asked, patience.longestWait)))
                    }
                    continue
                }
                return MintAnswer(reply)
            } catch {
                switch error {
                case .local(let failure): throw DepositStop(failure)
                case .remote(let fault):
                    switch fault.kind {
                    case .noLibrary, .otherHost, .unknownHost, .certificate:
                        throw DepositStop(.interruption, "cannot reach DataCite: \(fault.words)")
                    default: words = fault.words
                    }
                }
            }
        }
        throw DepositStop(
            .interruption, "DataCite gave no answer: \(words)", remedy: "the same command goes on where it stopped")
    }

    private func refusal(_ answer: MintAnswer, _ what: String) -> DepositStop {
        let said = answer.message.isEmpty ? "" : ": \(answer.message)"
        switch answer.status {
        case 401, 403:
            return DepositStop(
                .refusal, "DataCite does not take the account (\(answer.status)), or the DOI belongs to another",
                remedy: "check user, password and prefix")
        case 422, 400, 409: return DepositStop(.difference, "DataCite does not \(what)\(said) (\(answer.status))")
        case 406, 415: return DepositStop(.interruption, "DataCite does not speak this form (\(answer.status))\(said)")
        default:
            return DepositStop(.interruption, "DataCite answers \(answer.status) instead of doing this: \(what)\(said)")
        }
    }
}
