// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Remote

/// Oracle: the examples of RFC 3986 section 5.4, and the registries of RFC 6890.
@Suite struct WebAddressTests {
    @Test(
        arguments: [
            ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"),
            ("//g", "http://g/"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"), ("", "http://a/b/c/d;p?q"),
            ("#s", "http://a/b/c/d;p?q"), ("../g", "http://a/b/g"), ("../../../g", "http://a/g"),
            ("https://h:8443/x y", "https://h:8443/x%20y"),
        ])
    func `references are resolved`(_ reference: String, _ wanted: String) throws {
        let base = try #require(WebAddress("http://a/b/c/d;p?q"))
        #expect(base.resolved(reference)?.text == wanted)
    }

    @Test(
        arguments: [
            "ftp://a/b", "file:///etc/passwd", "http://", "http://user@host/", "http://u:p@host/", "http:/a", "a/b",
            "http://host:99999/", "http://ho st/", "gopher://x", "http://host:x/",
        ])
    func `what is no address of the web is none`(_ text: String) {
        #expect(WebAddress(text) == nil)
        #expect(WebAddress("https://good.org/")?.resolved(text).map { $0.host == "good.org" } != false)
    }

    @Test func `a query is not shown, and a fragment not sent`() throws {
        let address = try #require(WebAddress("HTTPS://Host.ORG:443/a?token=secret#part"))
        #expect(address.shown == "https://host.org/a?...")
        #expect(address.text == "https://host.org/a?token=secret")
        #expect(WebAddress("http://h/a")?.secured?.text == "https://h/a")
        #expect(WebAddress("http://h:81/a")?.secured == nil)
    }
}
