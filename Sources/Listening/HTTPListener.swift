// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CHTTPD
internal import Glibc
internal import Synchronization
public import Transport

/// A request that came whole.
public struct HTTPRequest {
    /// "GET", "POST".
    public let method: String
    /// With its escapes undone, from the first slash to the query.
    public let path: String
    private let handle: OpaquePointer

    fileprivate init(_ handle: OpaquePointer) {
        self.handle = handle
        method = chttpd_method(handle).map { String(cString: $0) } ?? ""
        path = chttpd_path(handle).map { String(cString: $0) } ?? ""
    }

    /// A field of the header.
    public func field(_ name: String) -> String? { chttpd_field(handle, name).map { String(cString: $0) } }

    /// An argument of the query with its escapes undone.
    public func argument(_ name: String) -> String? { chttpd_argument(handle, name).map { String(cString: $0) } }

    /// The bytes behind the header.
    public var body: [UInt8] {
        var count = 0
        guard let start = chttpd_body(handle, &count) else { return [] }
        return Array(UnsafeBufferPointer(start: start, count: count))
    }
}

/// What is answered.
public struct HTTPAnswer: Sendable {
    /// As HTTP numbers it, 200 to 599.
    public var status: Int
    /// What stands behind the header.
    public var body: [UInt8]
    /// Names and values of the header.
    public var fields: [(name: String, value: String)]

    public init(_ status: Int, _ body: [UInt8] = [], fields: [(name: String, value: String)] = []) {
        self.status = status
        self.body = body
        self.fields = fields
    }
}

/// Whoever answers requests; asked by several threads at once.
public protocol HTTPAnswering: Sendable {
    /// Bytes of a body that are taken, before any came.
    ///
    /// - Parameter announced: What the header says; nil where it says nothing.
    /// - Returns: Or the status with which the request is refused.
    func room(for request: HTTPRequest, announced: Int?) -> Result<Int, HTTPRefusal>
    /// The answer, which may take its time.
    func answer(_ request: HTTPRequest) -> HTTPAnswer
    /// The answer to a request that is refused.
    func refusal(_ request: HTTPRequest, status: Int) -> HTTPAnswer
}

/// The status with which a request is refused.
public struct HTTPRefusal: Error, Sendable, Hashable {
    /// 400 to 599.
    public let status: Int

    public init(_ status: Int) { self.status = status }
}

/// Listens at an address of this machine and answers by HTTP/1.1; the only door to libmicrohttpd.
///
/// - SeeAlso: MHD_start_daemon.
public final class HTTPListener: Sendable {
    /// How much is served at a time.
    public struct Limits: Sendable {
        /// Connections at a time.
        public var connections = 64
        /// Of these, by one address.
        public var connectionsOfOneAddress = 64
        /// Seconds without a byte.
        public var idleSeconds = 60

        public init() {}
    }

    private struct Daemon: @unchecked Sendable {
        // The library locks what it shares between its threads.
        let handle: OpaquePointer
    }

    private let daemon: Daemon
    private let box: Unmanaged<Box>
    /// The port that it listens at.
    public let port: Int

    private final class Box: Sendable {
        let answering: any HTTPAnswering
        init(_ answering: any HTTPAnswering) { self.answering = answering }
    }

    /// Begins to listen.
    ///
    /// - Parameters:
    ///   - address: An IP address as text.
    ///   - port: 0 for one that is free.
    /// - Throws: When the library is not on this machine, or the address cannot be had.
    public init(_ address: String, port: Int, _ limits: Limits, by answering: any HTTPAnswering) throws(Failure) {
        let box = Unmanaged.passRetained(Box(answering))
        var handle: OpaquePointer?
        let bounds = chttpd_limits(
            connections: UInt32(clamping: limits.connections),
            connections_of_one_address: UInt32(clamping: limits.connectionsOfOneAddress),
            idle_s: UInt32(clamping: limits.idleSeconds))
        let outcome = chttpd_start(
            address, UInt16(clamping: port), bounds,
            { context, request, announced in
                guard let context, let request else { return -500 }
                let box = Unmanaged<Box>.fromOpaque(context).takeUnretainedValue()
                switch box.answering.room(
                    for: HTTPRequest(request), announced: announced < 0 ? nil : Int(clamping: announced))
                {
                case .success(let count): return Int64(max(0, count))
                case .failure(let refusal): return -Int64(refusal.status)
                }
            },
            { context, request, refused, answer in
                guard let context, let request, let answer else { return }
                let box = Unmanaged<Box>.fromOpaque(context).takeUnretainedValue()
                let asked = HTTPRequest(request)
                let told =
                    refused == 0 ? box.answering.answer(asked) : box.answering.refusal(asked, status: Int(refused))
                HTTPListener.give(told, to: answer)
            }, box.toOpaque(), &handle)
        guard outcome == CHTTPD_LISTENS, let handle else {
            let number = errno
            box.release()
            if outcome == CHTTPD_ABSENT {
                throw Failure(
                    attempt: "listen", subject: address, code: .library("libmicrohttpd"),
                    words: "libmicrohttpd is not on this machine", remedy: "install libmicrohttpd12")
            }
            throw Failure(
                attempt: "listen", subject: "\(address):\(port)", code: .usage,
                words: Failure.systemWords(number, isWriting: true), remedy: "name another address or port")
        }
        self.box = box
        daemon = Daemon(handle: handle)
        self.port = Int(chttpd_port(handle))
    }

    /// Takes no more connections.
    public func close() { chttpd_quiesce(daemon.handle) }

    /// Waits for the requests in hand, and ends; nothing is asked of it afterwards.
    public func end() {
        chttpd_stop(daemon.handle)
        box.release()
    }

    private static func give(_ told: HTTPAnswer, to answer: UnsafeMutablePointer<chttpd_answer>) {
        answer.pointee.status = UInt32(clamping: told.status)
        // The library frees what it is given.
        let bytes = malloc(max(1, told.body.count))
        if let bytes { told.body.withUnsafeBytes { if let start = $0.baseAddress { memcpy(bytes, start, $0.count) } } }
        answer.pointee.bytes = bytes?.assumingMemoryBound(to: UInt8.self)
        answer.pointee.count = bytes == nil ? 0 : told.body.count
        let fields = calloc(max(1, told.fields.count), MemoryLayout<UnsafePointer<CChar>?>.stride)?
            .assumingMemoryBound(to: UnsafePointer<CChar>?.self)
        for (index, field) in told.fields.enumerated() {
            let line = "\(field.name): \(field.value)".filter { $0 != "\r" && $0 != "\n" && $0 != "\r\n" }
            fields?[index] = strdup(line).map { UnsafePointer($0) }
        }
        answer.pointee.fields = fields.map { UnsafePointer($0) }
        answer.pointee.field_count = fields == nil ? 0 : told.fields.count
    }

    /// "0.9.75"; nil where the library is not on this machine.
    public static var libraryVersion: String? { chttpd_version().map { String(cString: $0) } }
}
