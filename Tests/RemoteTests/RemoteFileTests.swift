// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization
import TestSupport
import Testing
import Transport

@testable import Remote

/// Oracle: a server on the loopback interface, which knows what it was asked for and what it sent.
@Suite(.serialized) struct RemoteFileTests {
    static let bytes: [UInt8] = {
        var numbers = SeededNumbers(seed: 7)
        return (0..<3_000_000).map { _ in UInt8.random(in: 0...255, using: &numbers) }
    }()

    static func client(seconds: Int = 2, retries: Int = 0, bytes: Int = 20 << 20, isPrivate: Bool = true) -> WebClient {
        var limits = RemoteLimits()
        limits.seconds = seconds
        limits.retries = retries
        limits.bytes = bytes
        limits.allowsPrivate = isPrivate
        return WebClient(limits)
    }

    static func open(
        _ url: String, _ client: WebClient = client(), from beginning: RemoteFile.Beginning = .head
    ) throws(RemoteFault) -> RemoteFile {
        guard let address = WebAddress(url) else { throw RemoteFault(.nonsense, url, "no address") }
        return try RemoteFile(address, by: client, from: beginning)
    }

    static func kind(_ url: String, _ client: WebClient = client()) -> RemoteFault.Kind? {
        do throws(RemoteFault) { _ = try open(url, client) } catch { return error.kind }
        return nil
    }

    @Test func `reads give the bytes of the file, in few requests`() throws {
        let server = try LoopbackServer { request, _ in LoopbackServer.file(Self.bytes, request) }
        let file = try Self.open(server.url("/a.h5"))
        #expect(file.size == Self.bytes.count && file.hasRanges)
        let source = Source(ranges: file, name: Name("a.h5"))
        #expect(try source.bytes(at: 0, count: 8) == Array(Self.bytes[..<8]))
        #expect(server.requests.count == 1)
        // A frame in one request, to the byte.
        #expect(try source.bytes(at: 1_000_001, count: 500_000) == Array(Self.bytes[1_000_001..<1_500_001]))
        #expect(server.requests.count == 2)
        #expect(server.bytes == RemoteFile.page + 500_000)
        // Once more: nothing is asked.
        #expect(try source.bytes(at: 1_200_000, count: 100) == Array(Self.bytes[1_200_000..<1_200_100]))
        #expect(server.requests.count == 2)
        var numbers = SeededNumbers(seed: 3)
        for _ in 0..<200 {
            let start = Int.random(in: 0..<Self.bytes.count, using: &numbers)
            let count = Int.random(in: 1...200_000, using: &numbers)
            let wanted = Array(Self.bytes[start..<min(Self.bytes.count, start + count)])
            #expect(try source.bytes(at: start, count: count) == wanted)
        }
        #expect(server.bytes <= Self.bytes.count + 10 * RemoteFile.page)
        #expect(file.counters.requests == server.requests.count && file.counters.bytes == server.bytes)
        #expect(server.requests.allSatisfy { $0.fields["authorization"] == nil && $0.fields["cookie"] == nil })
        #expect(server.requests.allSatisfy { $0.fields["user-agent"] == "imprimatur" })
        #expect(try source.bytes(at: Self.bytes.count, count: 9).isEmpty)
    }

    @Test func `an archive is opened at its end`() throws {
        let server = try LoopbackServer { request, _ in LoopbackServer.file(Self.bytes, request) }
        let file = try Self.open(server.url("/a.zip"), from: .tail)
        let source = Source(ranges: file, name: Name("a.zip"))
        #expect(try source.bytes(at: Self.bytes.count - 22, count: 22) == Array(Self.bytes.suffix(22)))
        #expect(server.requests.count == 1)
        try source.expect(500_000..<700_000)
        #expect(try source.bytes(at: 500_000, count: 30) == Array(Self.bytes[500_000..<500_030]))
        #expect(try source.bytes(at: 500_030, count: 199_000) == Array(Self.bytes[500_030..<699_030]))
        #expect(server.requests.count == 2)
    }

    @Test func `a server that knows no ranges gives small files whole, and large ones not at all`() throws {
        let server = try LoopbackServer { _, _ in .plain(200, [:], Self.bytes) }
        let file = try Self.open(server.url("/a"))
        #expect(!file.hasRanges && file.size == Self.bytes.count)
        #expect(
            try Source(ranges: file, name: Name("a")).bytes(at: 2_000_000, count: 10)
                == Array(Self.bytes[2_000_000..<2_000_010]))
        let before = server.bytes
        #expect(Self.kind(server.url("/a"), Self.client(bytes: 1_000_000)) == .noRanges(size: Self.bytes.count))
        #expect(server.requests.count == 2 && before == Self.bytes.count)
    }

    @Test func `a file that changes while it is read is told`() throws {
        let isNew = Mutex(false)
        let server = try LoopbackServer { request, _ in
            LoopbackServer.file(Self.bytes, request, tag: isNew.withLock { $0 } ? "\"b\"" : "\"a\"")
        }
        let file = try Self.open(server.url("/a"))
        isNew.withLock { $0 = true }
        let source = Source(ranges: file, name: Name("a"))
        let failure = try #require(throws: Failure.self) { try source.bytes(at: 1_000_000, count: 10) }
        #expect(failure.code == .changed)
        #expect(server.requests.last?.fields["if-range"] == "\"a\"")
    }

    @Test func `no more is fetched than is allowed`() throws {
        let server = try LoopbackServer { request, _ in LoopbackServer.file(Self.bytes, request) }
        let file = try Self.open(server.url("/a"), Self.client(bytes: 200_000))
        let source = Source(ranges: file, name: Name("a"))
        let failure = try #require(throws: Failure.self) { try source.bytes(at: 1_000_000, count: 200_000) }
        #expect(failure.code == .limit("max-download"))
        #expect(server.bytes == RemoteFile.page)
    }

    @Test(
        arguments: [
            ("/403", RemoteFault.Kind.status(403)), ("/404", .status(404)), ("/500", .status(500)),
            ("/503", .status(503)), ("/page", .page), ("/empty", .empty), ("/loop", .redirects(1)),
            ("/far", .otherHost("localhost.invalid")), ("/stray", .strayRedirect("ftp://a/b")), ("/cut", .cut),
            ("/stall", .timedOut), ("/silent", .timedOut), ("/other-part", .nonsense), ("/nonsense", .nonsense),
            ("/huge", .nonsense),
            ("/many/0", .redirects(6)), ("/local", .redirectNotPublic(address: "")),
        ])
    func `what a server does instead has a name`(_ path: String, _ wanted: RemoteFault.Kind) throws {
        let server = try LoopbackServer { request, _ in Self.badly(request) }
        let start = Date()
        let found = Self.kind(server.url(path))
        if path == "/local" {
            // The server lies on this machine itself, which this test allows: the redirect is followed.
            #expect(found == .noConnection)
        } else {
            #expect(found == wanted)
        }
        #expect(Date().timeIntervalSince(start) < 14)
    }

    private static func badly(_ request: LoopbackServer.Request) -> LoopbackServer.Answer {
        let part = ["Content-Range": "bytes 0-65535/3000000"]
        switch request.path {
        case "/403", "/404", "/500": return .plain(Int(request.path.dropFirst()) ?? 0, [:], Array("no".utf8))
        case "/503": return .plain(503, ["Retry-After": "3600"])
        case "/page": return .plain(200, ["Content-Type": "text/html"], Array("<!doctype html><p>Sign in".utf8))
        case "/empty": return .plain(416, ["Content-Range": "bytes */0"])
        case "/loop": return .plain(302, ["Location": "/loop"])
        case "/far": return .plain(302, ["Location": "http://localhost.invalid/a"])
        case "/stray": return .plain(302, ["Location": "ftp://a/b"])
        case "/local": return .plain(302, ["Location": "http://127.0.0.1:1/a"])
        case "/cut": return .cut(206, part, Array(bytes[..<65536]), after: 5_000)
        case "/stall": return .stalled(206, part, Array(bytes[..<65536]), after: 5_000, seconds: 20)
        case "/silent": return .stalled(206, part, Array(bytes[..<65536]), after: 0, seconds: 20)
        case "/other-part":
            return .plain(206, ["Content-Range": "bytes 10-65545/3000000"], Array(bytes[10..<65546]))
        case "/huge":
            return .plain(206, ["Content-Range": "bytes 0-65535/\(Int.max)"], Array(bytes[..<65536]))
        case "/nonsense": return .raw("hello\r\n\r\n")
        default:
            let number = Int(request.path.dropFirst(6)) ?? 0
            return .plain(302, ["Location": "/many/\(number + 1)"])
        }
    }

    @Test func `addresses of this machine are not asked unless that is allowed`() throws {
        let server = try LoopbackServer { request, _ in LoopbackServer.file(Self.bytes, request) }
        #expect(Self.kind(server.url("/a"), Self.client(isPrivate: false)) == .notPublic(address: "127.0.0.1"))
        let named = "http://localhost:\(server.port)/a"
        guard case .notPublic? = Self.kind(named, Self.client(isPrivate: false)) else {
            Issue.record("a name that leads to this machine is asked")
            return
        }
        #expect(server.requests.isEmpty)
    }

    @Test func `what may pass is asked again, and Retry-After is kept`() throws {
        let server = try LoopbackServer { request, number in
            switch number {
            case 0: .plain(503, ["Retry-After": "1"])
            case 1: .cut(206, ["Content-Range": "bytes 0-65535/3000000"], Array(Self.bytes[..<65536]), after: 100)
            default: LoopbackServer.file(Self.bytes, request)
            }
        }
        let start = Date()
        let file = try Self.open(server.url("/a"), Self.client(retries: 2))
        #expect(file.size == Self.bytes.count)
        #expect(server.requests.count == 3)
        #expect(Date().timeIntervalSince(start) > 1.4)
        #expect(Self.kind(server.url("/a"), Self.client(retries: 0)) == nil)
        #expect(server.requests.count == 4)
    }

    @Test func `redirects on one host are followed, and asked once`() throws {
        let server = try LoopbackServer { request, _ in
            request.path == "/old" ? .plain(301, ["Location": "/new?key=1"]) : LoopbackServer.file(Self.bytes, request)
        }
        let file = try Self.open(server.url("/old"))
        #expect(file.hops.map(\.text) == [server.url("/old")])
        _ = try Source(ranges: file, name: Name("a")).bytes(at: 2_000_000, count: 5)
        #expect(server.requests.map(\.path) == ["/old", "/new?key=1", "/new?key=1"])
    }

    @Test func `a host that does not exist is told from one that nobody knows of`() {
        #expect(Self.kind("http://host.invalid/a") == .unknownHost)
    }
}
