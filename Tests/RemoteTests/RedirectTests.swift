// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Remote

/// Oracle: docs/decisions/0280-the-network.md, case by case.
@Suite struct RedirectTests {
    private static func kind(_ from: String, _ location: String?, hops: [String] = []) throws -> RemoteFault.Kind? {
        var answer = WebAnswer()
        answer.status = 302
        answer.location = location
        let client = WebClient(RemoteLimits())
        let address = try #require(WebAddress(from))
        do throws(RemoteFault) {
            _ = try client.redirected(address, answer, hops.compactMap { WebAddress($0) })
        } catch {
            return error.kind
        }
        return nil
    }

    @Test(
        arguments: [
            ("https://a.org/f", "https://a.org/g"), ("https://a.org/f", "/g"), ("https://a.org/f", "https://b.org/f"),
            ("http://a.org/f", "https://a.org/f"), ("http://a.org/f", "http://a.org/g"), ("http://a.org/f", "g"),
        ])
    func `roads that are followed`(_ from: String, _ to: String) throws {
        #expect(try Self.kind(from, to) == nil)
    }

    @Test(
        arguments: [
            ("https://a.org/f", "http://a.org/f", .unsecured(to: "http://a.org/f")),
            ("https://a.org/f", "http://b.org/f?key=secret", .unsecured(to: "http://b.org/f?...")),
            ("http://a.org/f", "http://b.org/f", .otherHost("b.org")),
            ("http://a.org/f", "https://b.org/f", .otherHost("b.org")),
            ("https://a.org/f", "ftp://a.org/f", .strayRedirect("ftp://a.org/f")),
            ("https://a.org/f", "file:///etc/passwd", .strayRedirect("file:///etc/passwd")),
            ("https://a.org/f", "https://user:secret@b.org/", .strayRedirect("https://user:secret@b.org/")),
            ("https://a.org/f", nil, .strayRedirect("")), ("https://a.org/f", "/f", .redirects(1)),
        ] as [(String, String?, RemoteFault.Kind)])
    func `roads that are not`(_ from: String, _ to: String?, _ wanted: RemoteFault.Kind) throws {
        #expect(try Self.kind(from, to) == wanted)
    }

    @Test func `a circle, and one redirect too many`() throws {
        #expect(try Self.kind("https://a.org/f", "/g", hops: ["https://a.org/g"]) == .redirects(2))
        let five = (1...5).map { "https://a.org/\($0)" }
        #expect(try Self.kind("https://a.org/f", "/g", hops: Array(five.dropLast())) == nil)
        #expect(try Self.kind("https://a.org/f", "/g", hops: five) == .redirects(6))
    }
}
