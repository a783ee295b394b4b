// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CCurl
internal import Glibc
internal import Synchronization
public import Transport

/// Calls the interface of one server, one request after the other, each sent once: whoever repeats decides it.
///
/// The secret goes to the interface alone: same scheme, host and port, below its path. Redirects are not followed.
public final class WebCaller: Sendable {
    /// The connections of libcurl, which belong to whoever holds the lock around them.
    private struct Session: @unchecked Sendable {
        // One thread at a time: the only way to it is the mutex below.
        let handle: OpaquePointer?
    }

    /// How long is waited.
    public struct Patience: Sendable {
        /// Seconds until a connection stands.
        public var connection = 30
        /// Seconds without a byte.
        public var silence = 60
        /// Seconds without a byte when all is sent, beside one for every 20 MB that the server may have to look at.
        public var thinking = 300

        public init() {}
    }

    private let session: Mutex<Session>
    private let interface: WebAddress
    private let secret: WebSecret?
    private let agent: String
    private let patience: Patience

    /// - Parameters:
    ///   - interface: What addresses begin with that the secret may go to, such as https://zenodo.org/api.
    ///   - agent: How the program names itself.
    public init(_ interface: WebAddress, secret: WebSecret?, agent: String, patience: Patience = Patience()) {
        self.interface = interface
        self.secret = secret
        self.agent = agent
        self.patience = patience
        session = Mutex(Session(handle: ccurl_open()))
    }

    deinit { session.withLock { ccurl_close($0.handle) } }

    /// The address is one that the secret may go to.
    public func mayBeSigned(_ address: WebAddress) -> Bool {
        // An interface at the root of its host has a slash already.
        let below = interface.text.last == "/" ? interface.text : interface.text + "/"
        return address.root == interface.root && address.text.hasPrefix(below)
            && !address.parts.contains { $0 == ".." || $0 == "." }
    }

    /// Sends a call.
    ///
    /// - Parameter sink: Takes the bytes of an answer of 200 instead of memory; false stops.
    /// - Throws: When no whole answer came. A body that could not be read is thrown as its own failure.
    public func callAsFunction(
        _ call: WebCall, sink: ((UnsafeRawBufferPointer) throws(Failure) -> Void)? = nil
    ) throws(WebCallFault) -> WebReply {
        var lines = ["Accept-Encoding: identity"] + call.fields.map { "\($0.name): \($0.value)" }
        guard lines.allSatisfy({ $0.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } }) else {
            throw .remote(RemoteFault(.nonsense, call.address.shown, "a field of the request holds a line end"))
        }
        if call.isSigned, let secret {
            guard mayBeSigned(call.address) else {
                throw .remote(
                    RemoteFault(
                        .otherHost(call.address.host), call.address.shown,
                        "the token belongs to '\(interface.shown)' and goes nowhere else"))
            }
            lines.append(secret.field)
        }
        let exchange = Exchange(call, sink)
        let (outcome, told, sent) = perform(call, lines, exchange)
        if let failure = exchange.failure { throw .local(failure) }
        switch outcome {
        case CCURL_ANSWERED: return exchange.reply
        case CCURL_STOPPED:
            var reply = exchange.reply
            reply.isCut = true
            return reply
        default: throw .remote(Self.fault(outcome, call.address, told, sent))
        }
    }

    private func perform(
        _ call: WebCall, _ lines: [String], _ exchange: Exchange
    ) -> (ccurl_outcome, ccurl_answer, Int64) {
        var told = ccurl_answer()
        var sent: Int64 = 0
        let outcome = session.withLock { session -> ccurl_outcome in
            guard let handle = session.handle else { return CCURL_ABSENT }
            let texts = ([call.address.text, call.method.rawValue, agent] + lines).map { strdup($0) }
            defer { for text in texts { wipe(text) } }
            let fields: [UnsafePointer<CChar>?] = texts.dropFirst(3).map { UnsafePointer($0) }
            return fields.withUnsafeBufferPointer { fields -> ccurl_outcome in
                var request = ccurl_call()
                request.url = UnsafePointer(texts[0])
                request.method = UnsafePointer(texts[1])
                request.agent = UnsafePointer(texts[2])
                request.fields = fields.baseAddress
                request.field_count = fields.count
                request.body = Int64(exchange.size)
                request.connect_ms = patience.connection * 1_000
                request.idle_s = patience.silence
                request.silent_s = patience.thinking + exchange.size / 20_000_000
                request.allows_private = true
                request.may_reuse = call.method == .get
                return ccurl_send(
                    handle, &request,
                    { context, line, count in
                        guard let context, let line else { return }
                        let bytes = UnsafeRawBufferPointer(start: line, count: count)
                        Exchange.from(context).reply.take(String(decoding: bytes, as: UTF8.self))
                    },
                    { context, room, count in
                        guard let context, let room else { return Int.max }
                        return Exchange.from(context).feed(UnsafeMutableRawBufferPointer(start: room, count: count))
                    },
                    { context, bytes, count in
                        guard let context else { return 1 }
                        return Exchange.from(context).take(UnsafeRawBufferPointer(start: bytes, count: count)) ? 0 : 1
                    }, Unmanaged.passUnretained(exchange).toOpaque(), &told, &sent)
            }
        }
        withExtendedLifetime(exchange) {}
        return (outcome, told, sent)
    }

    /// One call under way.
    private final class Exchange {
        var reply = WebReply()
        var failure: Failure?
        private let call: WebCall
        private let sink: ((UnsafeRawBufferPointer) throws(Failure) -> Void)?
        private var given = 0

        init(_ call: WebCall, _ sink: ((UnsafeRawBufferPointer) throws(Failure) -> Void)?) {
            self.call = call
            self.sink = sink
        }

        static func from(_ context: UnsafeMutableRawPointer) -> Exchange {
            Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
        }

        /// Negative for a call without a body.
        var size: Int {
            switch call.body {
            case .none: call.method == .get || call.method == .delete ? -1 : 0
            case .bytes(let bytes): bytes.count
            case .stream(let size, _): size
            }
        }

        func feed(_ room: UnsafeMutableRawBufferPointer) -> Int {
            switch call.body {
            case .none: return 0
            case .bytes(let bytes):
                let piece = bytes.dropFirst(given).prefix(room.count)
                room.copyBytes(from: piece)
                given += piece.count
                return piece.count
            case .stream(_, let read):
                do throws(Failure) {
                    let count = try read(room)
                    // A body that ends before its time is no body.
                    return count > 0 && count <= room.count ? count : Int.max
                } catch {
                    failure = error
                    return Int.max
                }
            }
        }

        func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
            if let sink, reply.status == 200 {
                do throws(Failure) {
                    try sink(bytes)
                    return true
                } catch {
                    failure = error
                    return false
                }
            }
            let room = call.most - reply.bytes.count
            reply.bytes.append(contentsOf: bytes.prefix(max(0, room)))
            return bytes.count <= room
        }
    }

    private static func fault(
        _ outcome: ccurl_outcome, _ address: WebAddress, _ told: ccurl_answer, _ sent: Int64
    ) -> RemoteFault {
        let reason = withUnsafeBytes(of: told.reason) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        func fault(_ kind: RemoteFault.Kind, _ words: String) -> RemoteFault { RemoteFault(kind, address.shown, words) }
        switch outcome {
        case CCURL_ABSENT: return fault(.noLibrary, "libcurl.so.4 of 7.85 or later is not on this machine")
        case CCURL_UNKNOWN_HOST: return fault(.unknownHost, "there is no host '\(address.host)'")
        case CCURL_UNRESOLVED: return fault(.unresolved, "no name server tells where '\(address.host)' is")
        case CCURL_NO_CONNECTION: return fault(.noConnection, "'\(address.host)' takes no connection")
        case CCURL_TIMED_OUT: return fault(.timedOut, "'\(address.host)' does not answer in time")
        case CCURL_CUT: return fault(.cut, "the connection ended before the answer did")
        case CCURL_CERTIFICATE: return fault(.certificate, "its certificate does not verify (\(reason))")
        default: return fault(.nonsense, "the answer cannot be read (\(reason))")
        }
    }
}

/// Why a call has no answer.
public enum WebCallFault: Error, Sendable {
    case remote(RemoteFault)
    /// The body could not be read, or the answer not be kept.
    case local(Failure)
}

/// Frees a text and leaves nothing of it behind.
private func wipe(_ text: UnsafeMutablePointer<CChar>?) {
    guard let text else { return }
    explicit_bzero(text, strlen(text))
    free(text)
}
