// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CCurl
internal import Glibc
internal import Synchronization

/// Asks servers for bytes, one request after the other, under the limits of a run.
///
/// Redirects are followed here and by nobody else, so that each address is looked at before it is asked.
public final class WebClient: Sendable {
    /// The connections of libcurl, which belong to whoever holds the lock around them.
    private struct Session: @unchecked Sendable {
        // One thread at a time: the only way to it is the mutex below.
        let handle: OpaquePointer?
    }

    /// What the run may do over the network.
    public let limits: RemoteLimits
    private let session: Mutex<Session>
    private let counted = Mutex(RemoteCounters())

    public init(_ limits: RemoteLimits) {
        self.limits = limits
        session = Mutex(Session(handle: ccurl_open()))
    }

    deinit { session.withLock { ccurl_close($0.handle) } }

    /// What went over the network so far.
    public var counters: RemoteCounters { counted.withLock { $0 } }

    /// What came of a request.
    struct Fetched {
        let answer: WebAnswer
        let bytes: [UInt8]
        /// More was there than was taken.
        let isCut: Bool
        /// The address that answered.
        let address: WebAddress
        /// Redirects in front of it, in the order they were followed.
        let hops: [WebAddress]
    }

    /// Asks for bytes, over redirects, and again where that may help.
    ///
    /// - Parameters:
    ///   - range: As Range has it behind "bytes="; nil for all.
    ///   - condition: If-Range.
    ///   - expected: Bytes that may come, for the time that they take.
    ///   - room: How many bytes of the body are taken, by the header of the answer.
    func fetch(
        _ start: WebAddress, range: String?, condition: String? = nil, expected: Int, room: @escaping (WebAnswer) -> Int
    ) throws(RemoteFault) -> Fetched {
        var address = start
        var hops: [WebAddress] = []
        let began = Self.now
        var left = limits.retries
        while true {
            var wait = Double(1 << (limits.retries - left)) / 2
            let fault: RemoteFault
            switch attempt(address, range, condition, expected, room) {
            case .success((let answer, _, _)) where [301, 302, 303, 307, 308].contains(answer.status):
                let next = try redirected(address, answer, hops)
                hops.append(address)
                address = next
                continue
            case .success((let answer, let bytes, let isCut))
            where (200..<300).contains(answer.status) || answer.status == 416:
                return Fetched(answer: answer, bytes: bytes, isCut: isCut, address: address, hops: hops)
            case .success((let answer, _, _)):
                fault = RemoteFault(.status(answer.status), address.shown, Self.words(answer))
                if let seconds = answer.retryAfter {
                    // Whoever is told to come back in an hour does not wait here.
                    if seconds > Self.longestWait { throw fault }
                    wait = max(wait, Double(seconds))
                }
            case .failure(let error):
                if case .notPublic(let number) = error.kind, !hops.isEmpty {
                    throw RemoteFault(.redirectNotPublic(address: number), error.address, error.words)
                }
                fault = error
            }
            guard fault.mayPass, left > 0, Self.now - began + wait < limits.patience else { throw fault }
            left -= 1
            usleep(UInt32(wait * 1_000_000))
        }
    }

    /// All of a small document, such as a list that an interface gives.
    public func text(_ address: WebAddress, most: Int) throws(RemoteFault) -> [UInt8] {
        let fetched = try fetch(address, range: nil, expected: most) { _ in most }
        guard !fetched.isCut else { throw RemoteFault(.limit, address.shown, "it has more than \(most) bytes") }
        return fetched.bytes
    }

    private func attempt(
        _ address: WebAddress, _ range: String?, _ condition: String?, _ expected: Int,
        _ room: @escaping (WebAnswer) -> Int
    ) -> Result<(WebAnswer, [UInt8], isCut: Bool), RemoteFault> {
        do throws(RemoteFault) {
            return .success(try ask(address, range, condition, expected, room))
        } catch {
            return .failure(error)
        }
    }

    private static let longestWait = 10

    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    private static func words(_ answer: WebAnswer) -> String {
        let later = answer.retryAfter.map { ", and asks to come back in \($0) s" } ?? ""
        let meaning =
            switch answer.status {
            case 401, 403: " (access is refused)"
            case 404: " (nothing is there)"
            case 410: " (it was taken away)"
            case 429: " (too many requests)"
            case 503: " (busy)"
            case 500...: " (the server has a fault)"
            default: ""
            }
        return "the server answers \(answer.status)\(meaning)\(later)"
    }

    /// Where a redirect leads, if it is one that is followed.
    func redirected(
        _ address: WebAddress, _ answer: WebAnswer, _ hops: [WebAddress]
    ) throws(RemoteFault) -> WebAddress {
        guard let location = answer.location, let next = address.resolved(location) else {
            throw RemoteFault(
                .strayRedirect(String((answer.location ?? "").prefix(80))), address.shown,
                "the server answers \(answer.status) and leads to no address of http or https")
        }
        if address.isSecure, !next.isSecure {
            throw RemoteFault(.unsecured(to: next.shown), address.shown, "it leads from https to '\(next.shown)'")
        }
        if next.host != address.host, !(address.isSecure && next.isSecure) {
            throw RemoteFault(
                .otherHost(next.host), address.shown, "it leads over plain http to another host, '\(next.host)'")
        }
        if next == address || hops.contains(next) {
            throw RemoteFault(.redirects(hops.count + 1), address.shown, "its redirects lead in a circle")
        }
        guard hops.count < limits.redirects else {
            throw RemoteFault(
                .redirects(hops.count + 1), address.shown, "it leads over more than \(limits.redirects) redirects")
        }
        return next
    }

    /// Gathers an answer while libcurl hands it over.
    private final class Reception {
        var answer = WebAnswer()
        var bytes: [UInt8] = []
        /// Bytes that are taken; known with the first of them.
        var most: Int?
        let room: (WebAnswer) -> Int

        init(_ room: @escaping (WebAnswer) -> Int) { self.room = room }

        /// False when there is no room for more.
        func take(_ more: UnsafeBufferPointer<UInt8>) -> Bool {
            // What comes with a status of no success is not read.
            let most = most ?? (answer.status == 200 || answer.status == 206 ? room(answer) : 1 << 12)
            self.most = most
            bytes.append(contentsOf: more.prefix(max(0, most - bytes.count)))
            return more.count == 0 || bytes.count < most || answer.length == bytes.count
        }
    }

    /// One request to one address.
    private func ask(
        _ address: WebAddress, _ range: String?, _ condition: String?, _ expected: Int,
        _ room: @escaping (WebAnswer) -> Int
    ) throws(RemoteFault) -> (WebAnswer, [UInt8], isCut: Bool) {
        let text = address.text
        let agent = limits.agent
        let total = limits.total(bytes: expected)
        var told = ccurl_answer()
        let reception = Reception(room)
        let outcome = session.withLock { session -> ccurl_outcome in
            guard let handle = session.handle else { return CCURL_ABSENT }
            return Self.withTexts(text, range, condition, agent) { url, range, condition, agent in
                var request = ccurl_request()
                request.url = url
                request.range = range
                request.condition = condition
                request.agent = agent
                request.connect_ms = limits.seconds * 1_000
                request.idle_s = limits.seconds * 2
                request.total_ms = total
                request.allows_private = limits.allowsPrivate
                return ccurl_get(
                    handle, &request,
                    { context, line, count in
                        guard let context, let line else { return }
                        let reception = Unmanaged<Reception>.fromOpaque(context).takeUnretainedValue()
                        let bytes = UnsafeRawBufferPointer(start: line, count: count)
                        reception.answer.take(String(decoding: bytes, as: UTF8.self))
                    },
                    { context, bytes, count in
                        guard let context else { return 1 }
                        let reception = Unmanaged<Reception>.fromOpaque(context).takeUnretainedValue()
                        return reception.take(UnsafeBufferPointer(start: bytes, count: count)) ? 0 : 1
                    }, Unmanaged.passUnretained(reception).toOpaque(), &told)
            }
        }
        withExtendedLifetime(reception) {}
        counted.withLock { counted in
            counted.requests &+= 1
            counted.bytes &+= reception.bytes.count
        }
        switch outcome {
        case CCURL_ANSWERED: return (reception.answer, reception.bytes, false)
        case CCURL_STOPPED: return (reception.answer, reception.bytes, true)
        default: throw fault(outcome, address, told)
        }
    }

    /// C texts for the time of a call; nil stays nil.
    private static func withTexts<Result>(
        _ a: String, _ b: String?, _ c: String?, _ d: String,
        _ body: (UnsafePointer<CChar>, UnsafePointer<CChar>?, UnsafePointer<CChar>?, UnsafePointer<CChar>) -> Result
    ) -> Result {
        a.withCString { a in
            d.withCString { d in
                (b ?? "").withCString { second in
                    (c ?? "").withCString { third in body(a, b == nil ? nil : second, c == nil ? nil : third, d) }
                }
            }
        }
    }

    private func fault(_ outcome: ccurl_outcome, _ address: WebAddress, _ told: ccurl_answer) -> RemoteFault {
        let number = Self.text(of: told.address)
        let reason = Self.text(of: told.reason)
        func fault(_ kind: RemoteFault.Kind, _ words: String) -> RemoteFault {
            RemoteFault(kind, address.shown, words)
        }
        switch outcome {
        case CCURL_ABSENT: return fault(.noLibrary, "libcurl.so.4 of 7.85 or later is not on this machine")
        case CCURL_UNKNOWN_HOST:
            guard Self.resolvesOthers(than: address.host) else {
                return fault(.unresolved, "this machine knows no hosts of the Internet")
            }
            return fault(.unknownHost, "there is no host '\(address.host)'")
        case CCURL_UNRESOLVED: return fault(.unresolved, "no name server tells where '\(address.host)' is")
        case CCURL_NOT_PUBLIC:
            return fault(
                .notPublic(address: number),
                "'\(address.host)' has the address \(number), which is of this machine or of a private network")
        case CCURL_NO_CONNECTION: return fault(.noConnection, "'\(address.host)' takes no connection")
        case CCURL_TIMED_OUT: return fault(.timedOut, "'\(address.host)' does not answer in time")
        case CCURL_CUT: return fault(.cut, "the connection ended before the answer did")
        case CCURL_CERTIFICATE: return fault(.certificate, "its certificate does not verify (\(reason))")
        default: return fault(.nonsense, "the answer cannot be read (\(reason))")
        }
    }

    /// The name servers of this machine know hosts at all: without one that does, an unknown host says nothing.
    ///
    /// What ends in ".invalid" exists nowhere.
    /// - Source: RFC 6761 section 6.4.
    private static func resolvesOthers(than host: String) -> Bool {
        let others: [String] = ["doi.org", "www.iucr.org"]
        return host.hasSuffix(".invalid") || others.contains { (name: String) -> Bool in ccurl_resolves(name) }
    }

    private static func text<Characters>(of characters: Characters) -> String {
        withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}

/// The version of libcurl with that of its TLS library, such as "7.88.1 with OpenSSL/3.0.19"; nil when it is not on this
/// machine. Loads it.
///
/// - Source: curl_version.
public var libraryVersion: String? {
    ccurl_version().map { words in
        let parts = String(cString: words).split(separator: " ")
        let version = parts.first.map { $0.drop { $0 != "/" }.dropFirst() } ?? ""
        return parts.count > 1 ? "\(version) with \(parts[1])" : String(version)
    }
}
