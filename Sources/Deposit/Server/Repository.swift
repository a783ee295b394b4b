// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import JSON
internal import Remote
internal import Transport

/// The interface of one repository, asked by one thread.
///
/// What only reads is asked again when it may help. What changes something is sent once: whoever sends it looks at the
/// state of the server before it sends it again.
final class Repository: Sendable {
    let target: DepositTarget
    let patience: Patience
    private let caller: WebCaller
    private let secret: WebSecret?
    private let pace: Pace
    private let agent: String
    /// Takes words about waiting.
    let note: @Sendable (String) -> Void

    init(
        _ target: DepositTarget, secret: WebSecret?, agent: String, patience: Patience,
        note: @escaping @Sendable (String) -> Void
    ) {
        self.target = target
        self.patience = patience
        self.secret = secret
        self.note = note
        self.agent = agent
        pace = Pace(target.limits)
        caller = WebCaller(target.api, secret: secret, agent: agent, patience: patience.web)
    }

    /// Another connection under the same budget, for another thread.
    init(beside other: Repository) {
        target = other.target
        patience = other.patience
        secret = other.secret
        note = other.note
        agent = other.agent
        pace = other.pace
        caller = WebCaller(target.api, secret: secret, agent: agent, patience: patience.web)
    }

    /// What came of a call that changes something.
    enum Outcome {
        case answered(Answer)
        /// Nobody knows whether it was done; says why.
        case lost(String)
    }

    /// Reads something of the interface.
    ///
    /// - Throws: When no answer comes in all tries. What is refused or absent is an answer.
    func get(
        _ parts: [String], query: [(name: String, value: String)] = [], accept: String = "application/json",
        isSigned: Bool = true
    ) throws(DepositStop) -> Answer {
        let address = target.api.below(parts, query: query)
        var call = WebCall(.get, address, fields: [("Accept", accept)], isSigned: isSigned)
        call.most = 64 << 20
        var words = ""
        for attempt in 1...max(1, patience.tries) {
            if attempt > 1 { pause(patience.pause(before: attempt - 1), words) }
            switch try send(call, isJSON: accept.hasSuffix("json")) {
            case .answered(let answer): return answer
            case .lost(let why): words = why
            }
        }
        throw interruption(words, call)
    }

    /// Sends what changes something, once.
    func change(
        _ method: WebCall.Method, _ parts: [String], _ body: WebCall.Body = .none, fields: [(String, String)] = []
    ) throws(DepositStop) -> Outcome {
        var all = [("Accept", "application/json")] + fields
        if case .bytes = body { all.append(("Content-Type", "application/json")) }
        if case .stream = body { all.append(("Content-Type", "application/octet-stream")) }
        let call = WebCall(method, target.api.below(parts), fields: all, body: body)
        return try send(call, isJSON: true)
    }

    func change(
        _ method: WebCall.Method, _ parts: [String], json: JSONValue, fields: [(String, String)] = []
    ) throws(DepositStop) -> Outcome {
        var writer = JSONWriter(.compact)
        writer.value(json)
        return try change(method, parts, .bytes(writer.finishValue()), fields: fields)
    }

    /// Fetches bytes without an interface around them, once.
    func download(
        _ parts: [String], isSigned: Bool, sink: @escaping (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(DepositStop) -> WebReply {
        let call = WebCall(.get, target.api.below(parts), fields: [("Accept", "*/*")], isSigned: isSigned)
        waitForTurn()
        do throws(WebCallFault) {
            return try caller(call, sink: sink)
        } catch {
            switch error {
            case .local(let failure): throw DepositStop(failure)
            case .remote(let fault): throw interruption(fault.words, call)
            }
        }
    }

    /// One call; again only while the server says that it has not looked at it.
    private func send(_ call: WebCall, isJSON: Bool) throws(DepositStop) -> Outcome {
        var waits = 0
        while true {
            waitForTurn()
            let reply: WebReply
            do throws(WebCallFault) {
                reply = try caller(call)
            } catch {
                switch error {
                case .local(let failure): throw DepositStop(failure)
                case .remote(let fault):
                    switch fault.kind {
                    case .noLibrary, .otherHost, .unknownHost, .certificate: throw interruption(fault.words, call)
                    default: return .lost(fault.words)
                    }
                }
            }
            pace.learn(reply, longest: patience.longestWait)
            switch reply.status {
            case _ where Self.isPutOff(reply.status, call):
                let asked = reply.fields["retry-after"].flatMap { Int($0) } ?? 0
                guard asked <= patience.longestWait else {
                    throw interruption("the server asks to come back in \(asked) s", call)
                }
                waits += 1
                guard waits <= 2 * patience.tries else {
                    throw interruption("the server answers \(reply.status) again and again", call)
                }
                let wait = max(Double(asked), asked == 0 ? patience.pause(before: waits) : 0)
                // A body that is a stream has been read from: whoever gave it gives it anew.
                if case .stream = call.body {
                    pause(wait, "the server answers \(reply.status)")
                    return .lost("the server answers \(reply.status)")
                }
                pause(wait, "the server answers \(reply.status)")
                continue
            case 300..<400: throw redirected(reply, call)
            case 500...:
                // A 500 may come from what was asked: its words are kept.
                return .lost("the server answers \(reply.status)\(words(of: reply))")
            case 408: return .lost("the server answers 408")
            default: break
            }
            guard isJSON else { return .answered(Answer(status: reply.status, body: nil, reply: reply)) }
            if reply.bytes.isEmpty {
                guard reply.status != 200, reply.status != 201 else { return .lost("the answer is empty") }
                return .answered(Answer(status: reply.status, body: nil, reply: reply))
            }
            guard !reply.isCut, let value = try? JSONReader.read(reply.bytes) else {
                let what = reply.type == "text/html" ? "a web page" : "no JSON"
                // What is refused is refused in any form.
                guard (200..<300).contains(reply.status) else {
                    return .answered(Answer(status: reply.status, body: nil, reply: reply))
                }
                return .lost("the server answers \(reply.status) with \(what)")
            }
            return .answered(Answer(status: reply.status, body: value, reply: reply))
        }
    }

    /// The server has not looked at the call, and wants to be asked later.
    private static func isPutOff(_ status: Int, _ call: WebCall) -> Bool {
        status == 429 || status == 425 || status == 503 && call.method == .get
    }

    private func words(of reply: WebReply) -> String {
        guard let text = (try? JSONReader.read(reply.bytes))?["message"]?.string, !text.isEmpty else { return "" }
        return " (\(clean(String(text.prefix(120)))))"
    }

    /// What a server says, on one line, without the token.
    func clean(_ text: String) -> String {
        Escaping.line(String((secret?.blotted(text) ?? text).prefix(600)))
    }

    private func waitForTurn() {
        while true {
            let wait = pace.wait()
            guard wait > 0 else { return }
            pause(wait, "the repository takes so many requests and no more")
        }
    }

    /// Waits, and says why and until when where somebody would wonder.
    func pause(_ seconds: Double, _ why: String) {
        if seconds >= 2 {
            let end = Moment.text(Moment.seconds + Int(seconds.rounded(.up))).dropFirst(11)
            note("waiting \(Int(seconds.rounded(.up))) s, until \(end): \(clean(why))")
        }
        Moment.sleep(seconds)
    }

    private func redirected(_ reply: WebReply, _ call: WebCall) -> DepositStop {
        let place = reply.fields["location"].flatMap { WebAddress($0)?.shown } ?? ""
        return DepositStop(
            .interruption,
            "'\(call.address.shown)' leads elsewhere (\(reply.status)\(place.isEmpty ? "" : ", to '\(clean(place))'")); "
                + "a request with a token is not sent on",
            remedy: "give the address of the repository itself as --target, and 'imprimatur deposit resume'")
    }

    func interruption(_ words: String, _ call: WebCall) -> DepositStop {
        DepositStop(
            .interruption,
            "'\(target.api.host)' gave no answer to \(call.method.rawValue) "
                + "\(call.address.shown.dropFirst(target.api.root.count)): \(clean(words))",
            remedy: "'imprimatur deposit resume' goes on from here")
    }
}
