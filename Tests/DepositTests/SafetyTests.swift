// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Deposit
import Findings
import Foundation
import Remote
import TestSupport
import Testing
import Transport

/// What must never happen. Oracle: requests that another server has seen, words that hold a known token.
@Suite struct SafetyTests {
    @Test func `10.5072 in production is refused`() throws {
        let bench = try Bench()
        bench.isProduction = true
        let stop = bench.stop { () throws(DepositStop) in try bench.deposit() }
        #expect(
            stop?.kind == .refusal && stop?.words.contains("10.5072") == true
                && stop?.words.contains("PRODUCTION") == true)
        #expect(!bench.server.ledger.contains { $0.call == "content" })
        #expect(bench.stop { () throws(DepositStop) in try bench.publish() }?.kind == .refusal)
        #expect(bench.server.published.isEmpty)
    }

    @Test func `a production prefix in a sandbox is refused`() throws {
        let bench = try Bench()
        bench.server.prefix = "10.5281"
        let stop = bench.stop { () throws(DepositStop) in try bench.deposit() }
        #expect(stop?.kind == .refusal && stop?.words.contains("10.5281") == true)
        #expect(!bench.server.ledger.contains { $0.call == "content" })
    }

    @Test func `no token to another host`() throws {
        let other = try LoopbackServer { _, _ in .plain(200, [:], Array("{}".utf8)) }
        let bench = try Bench()
        for call in ["draft", "content", "list", "commit"] {
            bench.server.fail(call, .redirect(other.url("/api/records")))
        }
        for _ in 0..<5 { _ = bench.stop { () throws(DepositStop) in try bench.deposit() } }
        #expect(other.requests.isEmpty)
        _ = try bench.publish()
        bench.expectSoundLedger(repeats: 2)
    }

    @Test func `a caller signs below its interface alone`() throws {
        let caller = WebCaller(
            try #require(WebAddress("https://a.example.org/api")), secret: WebSecret("x"), agent: "test")
        let cases = [
            ("https://a.example.org/api/records", true), ("https://a.example.org/other", false),
            ("https://a.example.org/apis", false), ("http://a.example.org/api/records", false),
            ("https://b.example.org/api/records", false), ("https://a.example.org:444/api/records", false),
            ("https://a.example.org/api/../x", false), ("https://a.example.org/api/%2e%2e/x", false),
        ]
        for (text, isAllowed) in cases {
            let address = try #require(WebAddress(text))
            #expect(caller.mayBeSigned(address) == isAllowed, "\(text)")
        }
        let stranger = try #require(WebAddress("https://b.example.org/api/x"))
        do throws(WebCallFault) {
            _ = try caller(WebCall(.get, stranger))
            Issue.record("it was sent")
        } catch {
            guard case .remote(let fault) = error else { throw error }
            #expect(fault.kind == .otherHost("b.example.org"))
        }
    }

    @Test func `no token in any output: a secret is shown nowhere`() throws {
        let secret = try #require(WebSecret("very-secret-word"))
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), String(describing: [secret]), dumped] {
            #expect(!text.contains("very-secret-word"))
        }
        #expect(secret.blotted("a very-secret-word b") == "a (secret) b")
        #expect(WebSecret("two words") == nil && WebSecret("line\nend") == nil && WebSecret("") == nil)
    }

    @Test func `a token that the server repeats is in no output`() throws {
        let bench = try Bench()
        let echo = "{\"message\": \"bad token \(MockRepository.token)\"}"
        bench.server.fail("draft", .refuse(400, [:], echo), .refuse(403, [:], echo), .refuse(500, [:], echo))
        for _ in 0..<3 {
            let stop = bench.stop { () throws(DepositStop) in try bench.deposit() }
            #expect(stop?.description.contains(MockRepository.token) != true)
        }
        bench.expectSoundConduct()
    }

    @Test func `a world-readable token file is refused`() throws {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("token")
        try Data("abc-def\n".utf8).write(to: file)
        for (mode, isFine) in [
            (0o600, true), (0o400, true), (0o604, false), (0o640, false), (0o620, false), (0o666, false),
        ] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
            do throws(DepositStop) {
                _ = try DepositToken.find(variable: "NONE", file: file.path)
                #expect(isFine)
            } catch {
                #expect(!isFine && error.kind == .refusal && !error.description.contains("abc-def"))
            }
        }
        try Data("two words of it\n".utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        do throws(DepositStop) {
            _ = try DepositToken.find(variable: "NONE", file: file.path)
            Issue.record("two words are no token")
        } catch {
            #expect(error.kind == .refusal && !error.description.contains("two words of it"))
        }
    }

    @Test func `plain http to another machine is refused before anything is asked`() throws {
        let target = try DepositTarget(
            address: "http://repository.example.org", isProduction: false, tokenVariable: "X")
        #expect(throws: DepositStop.self) { try target.checkAddress() }
    }

    @Test func `a key ../../etc/passwd writes nothing outside`() throws {
        let bench = try Bench(["good.bin": 9])
        let report = try bench.deposit()
        let id = report.id ?? ""
        _ = try bench.publish()
        let keys = ["../../etc/passwd", "/tmp/x", "..", "a/b", "c\\d", "e\u{1B}[2J", ""]
        for key in keys { bench.server.change(id) { $0.files[key] = .init(status: "completed", content: [1]) } }
        let out = bench.folder.appendingPathComponent("deep/out")
        try FileManager.default.createDirectory(
            at: out.deletingLastPathComponent(), withIntermediateDirectories: true)
        let fetch = try DepositFetch(try bench.target(), secret: nil, agent: "test", patience: Bench.patience)
        let fetched = try fetch(id, into: Name(out.path))
        #expect(fetched.differences.count == keys.count)
        let names = try FileManager.default.contentsOfDirectory(atPath: out.path)
        #expect(names == ["good.bin"])
        #expect(!FileManager.default.fileExists(atPath: bench.folder.appendingPathComponent("etc").path))
        let there = try Data(contentsOf: out.appendingPathComponent("good.bin"))
        #expect(there == Data(bench.files["good.bin"] ?? []))
    }

    @Test func `a fetched file that is not what the repository states is kept out`() throws {
        let bench = try Bench(["good.bin": 900])
        let id = try bench.deposit().id ?? ""
        _ = try bench.publish()
        bench.server.fail("download", .cutAnswer, .refuse(503), .doneBut(200, "other bytes"))
        let out = bench.folder.appendingPathComponent("out")
        let fetch = try DepositFetch(try bench.target(), secret: nil, agent: "test", patience: Bench.patience)
        let fetched = try fetch(id, into: Name(out.path))
        #expect(fetched.differences.count == 1)
        let none = try FileManager.default.contentsOfDirectory(atPath: out.path)
        #expect(none.isEmpty)
        let again = try fetch(id, into: Name(out.path))
        #expect(again.differences.isEmpty)
    }

    @Test func `a journal that cannot be written stops before the call`() throws {
        let bench = try Bench()
        let journal = bench.folder.appendingPathComponent("package/journal")
        try FileManager.default.createDirectory(at: journal, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            at: journal.appendingPathComponent("127.0.0.1-\(bench.server.port).jsonl"),
            withDestinationURL: URL(fileURLWithPath: "/dev/full"))
        let stop = bench.stop { () throws(DepositStop) in try bench.deposit() }
        #expect(stop != nil && bench.server.ledger.isEmpty)
    }
}
