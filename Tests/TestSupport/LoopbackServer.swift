// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc

/// A web server on the loopback interface that answers as a test wants, also badly; gone with this value.
public final class LoopbackServer: @unchecked Sendable {
    /// One request as it came; names of fields in lower case.
    public struct Request: Sendable {
        public let method: String
        public let path: String
        public let fields: [String: String]
        /// What came of the body before the connection was cut or the body ended.
        public internal(set) var body: [UInt8] = []
        /// The whole body came.
        public internal(set) var isWhole = true

        /// The bytes asked for, of a file of so many; nil without a range.
        public func range(of size: Int) -> Range<Int>? {
            guard let text = fields["range"], text.hasPrefix("bytes=") else { return nil }
            let ends = text.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
            if ends[0].isEmpty { return max(0, size - (Int(ends[1]) ?? 0))..<size }
            let start = Int(ends[0]) ?? 0
            return start..<max(start, min(size, (Int(ends[1]) ?? size - 1) + 1))
        }
    }

    /// What is done for a request.
    public enum Answer: Sendable {
        /// Status, fields and body.
        case plain(Int, [String: String] = [:], [UInt8] = [])
        /// As `plain`, but the connection ends after so many bytes of the body.
        case cut(Int, [String: String], [UInt8], after: Int)
        /// As `plain`, but nothing comes after so many bytes of the body, for so many seconds.
        case stalled(Int, [String: String], [UInt8], after: Int, seconds: Double)
        /// Bytes as they are, and the end of the connection.
        case raw(String)
        /// The end of the connection, after so many seconds without a word.
        case silence(seconds: Double)
    }

    public let port: Int
    private let listener: Int32
    private let lock = NSLock()
    private var seen: [Request] = []
    private var sent = 0
    private let respond: @Sendable (Request, Int) -> Answer
    private let room: @Sendable (Request) -> Int

    /// - Parameters:
    ///   - room: How much of the body of a request is read, by its head; what has more is answered early.
    ///   - respond: Answers a request with its number, from 0; asked on threads of the server.
    public init(
        room: @escaping @Sendable (Request) -> Int = { _ in Int.max },
        _ respond: @escaping @Sendable (Request, Int) -> Answer
    ) throws {
        self.respond = respond
        self.room = room
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let own = listener
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                var length = size
                return bind(own, pointer, size) == 0 && listen(own, 64) == 0 && getsockname(own, pointer, &length) == 0
            }
        }
        guard isBound else { throw CocoaError(.fileReadUnknown) }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [weak self] in
            while true {
                let connection = accept(own, nil, nil)
                if connection < 0, errno == EINTR || errno == ECONNABORTED { continue }
                // Closed here alone: by its number another server may listen once it is closed.
                guard connection >= 0 else {
                    close(own)
                    return
                }
                guard let server = self else {
                    close(connection)
                    continue
                }
                _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
                Thread.detachNewThread { server.serve(connection) }
            }
        }
    }

    deinit {
        // The thread that accepts wakes by it, and closes.
        shutdown(listener, Int32(SHUT_RDWR))
    }

    public func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

    public var requests: [Request] { lock.withLock { seen } }

    /// Bytes of bodies that were sent.
    public var bytes: Int { lock.withLock { sent } }

    private func serve(_ connection: Int32) {
        // A program that a test starts at this moment may hold the connection too: ended, not closed alone.
        defer {
            shutdown(connection, Int32(SHUT_RDWR))
            close(connection)
        }
        while var request = Self.request(connection) {
            let length = Int(request.fields["content-length"] ?? "") ?? 0
            let wanted = min(length, room(request))
            request.body = Self.body(connection, wanted)
            request.isWhole = request.body.count == length
            let number = lock.withLock {
                seen.append(request)
                return seen.count - 1
            }
            switch respond(request, number) {
            case .plain(let status, let fields, let body):
                lock.withLock { sent += body.count }
                guard send(head(status, fields, body.count), connection), send(body, connection) else { return }
            case .cut(let status, let fields, let body, let after):
                _ = send(head(status, fields, body.count), connection) && send(Array(body.prefix(after)), connection)
                return
            case .stalled(let status, let fields, let body, let after, let seconds):
                _ = send(head(status, fields, body.count), connection) && send(Array(body.prefix(after)), connection)
                usleep(UInt32(seconds * 1_000_000))
                return
            case .raw(let text):
                _ = send(Array(text.utf8), connection)
                return
            case .silence(let seconds):
                usleep(UInt32(seconds * 1_000_000))
                return
            }
            if !request.isWhole { return }
        }
    }

    private static func body(_ connection: Int32, _ count: Int) -> [UInt8] {
        var body = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let got = body[done...].withUnsafeMutableBytes { recv(connection, $0.baseAddress, $0.count, 0) }
            guard got > 0 else { break }
            done += got
        }
        return Array(body.prefix(done))
    }

    private func head(_ status: Int, _ fields: [String: String], _ count: Int) -> [UInt8] {
        var lines = ["HTTP/1.1 \(status) Answer"] + fields.map { "\($0.key): \($0.value)" }
        if fields["Content-Length"] == nil { lines.append("Content-Length: \(count)") }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    private func send(_ bytes: [UInt8], _ connection: Int32) -> Bool {
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes {
                Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }

    private static func request(_ connection: Int32) -> Request? {
        var text: [UInt8] = []
        var byte: UInt8 = 0
        while !text.suffix(4).elementsEqual([13, 10, 13, 10]) {
            guard recv(connection, &byte, 1, 0) == 1, text.count < 1 << 16 else { return nil }
            text.append(byte)
        }
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\r\n").map(String.init)
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            let name = line.prefix { $0 != ":" }
            fields[name.lowercased()] = line.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces)
        }
        let words = lines.first?.split(separator: " ") ?? []
        return Request(
            method: words.first.map(String.init) ?? "", path: words.count > 1 ? String(words[1]) : "", fields: fields)
    }

    /// A file with ranges, as a sound server gives it.
    public static func file(_ bytes: [UInt8], _ request: Request, tag: String = "\"a\"") -> Answer {
        guard let range = request.range(of: bytes.count), request.fields["if-range"] ?? tag == tag else {
            return .plain(200, ["ETag": tag, "Content-Type": "application/octet-stream"], bytes)
        }
        guard !range.isEmpty else { return .plain(416, ["Content-Range": "bytes */\(bytes.count)"]) }
        return .plain(
            206,
            [
                "ETag": tag, "Content-Range": "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(bytes.count)",
                "Content-Type": "application/octet-stream",
            ], Array(bytes[range]))
    }
}
