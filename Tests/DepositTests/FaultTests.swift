// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Deposit
import Findings
import Foundation
import TestSupport
import Testing

/// Faults between client and server. Oracle: the ledger of a server that keeps what it got, and its own digests.
@Suite struct FaultTests {
    /// One fault, and what the first run says of it; nil where it gets over it by itself.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let call: String
        let faults: [MockRepository.Fault]
        let kind: DepositStop.Kind?
        let words: String
        let repeats: Int
        var testDescription: String { name }

        init(
            _ name: String, _ call: String, _ faults: [MockRepository.Fault], _ kind: DepositStop.Kind? = nil,
            _ words: String = "", repeats: Int = 0
        ) {
            self.name = name
            self.call = call
            self.faults = faults
            self.kind = kind
            self.words = words
            self.repeats = repeats
        }
    }

    static let cases: [Case] = [
        Case("a 502 before a draft", "draft", [.refuse(502)]),
        Case("a 502 after a draft: a lost answer to a new draft makes no second draft", "draft", [.doneBut(502)]),
        Case("a 504 after a draft", "draft", [.doneBut(504)]),
        Case("an answer to a draft that is cut", "draft", [.cutAnswer]),
        Case("a request for a draft that is cut", "draft", [.cutRequest(after: 10)]),
        Case("a web page for a draft", "draft", [.page(201)]),
        Case("a web page of success for a draft: an HTML body is no success", "draft", [.page(200)]),
        Case("silence after the wish for a draft", "draft", [.silence(3)]),
        Case("a 504 after the DOI", "doi", [.doneBut(504)]),
        Case("a DOI that is missing in the answer", "doi", [.withoutDOI]),
        Case(
            "a DOI that never comes", "doi", [.withoutDOI, .withoutDOI, .withoutDOI, .withoutDOI], .interruption,
            "no DOI was reserved"),
        Case("an answer with the DOI that is cut", "doi", [.cutAnswer]),
        Case("a 502 before the record", "record", [.refuse(502)]),
        Case("a 504 after the record", "record", [.doneBut(504)]),
        Case("an answer to the record that is cut", "record", [.cutAnswer]),
        Case("a web page for the record", "record", [.page(200)]),
        Case("a 502 after names", "announce", [.doneBut(502)]),
        Case("a 502 before names", "announce", [.refuse(502)]),
        Case("a 504 after content", "content", [.doneBut(504)], repeats: 1),
        Case("a 502 before content", "content", [.refuse(502)], repeats: 1),
        Case("a request that is cut in the content", "content", [.cutRequest(after: 20_000)], repeats: 1),
        Case("an answer to content that is cut", "content", [.cutAnswer], repeats: 1),
        Case("other bytes than were sent: wrong md5", "content", [.wrongBytes], repeats: 1),
        Case(
            "other bytes than were sent, each time", "content", Array(repeating: .wrongBytes, count: 12), .interruption,
            "did not arrive", repeats: 12),
        Case(
            "a 200 with errors is no upload: a vanished entry is announced again", "content", [.errors(200)], repeats: 1
        ),
        Case("silence in the content", "content", [.silence(3)], repeats: 1),
        Case("a web page for content", "content", [.page(200)], repeats: 1),
        Case(
            "a 413 names the plan, also a late one", "content", [.early(413, after: 50_000)], .difference, "413",
            repeats: 1),
        Case("a 403 on content: the token", "content", [.refuse(403)], .refusal, "403", repeats: 1),
        Case("a 401 midway", "content", [.expire], .refusal, "token", repeats: 2),
        Case("a 504 after the commit", "commit", [.doneBut(504)]),
        Case("a 500 on commit sends the content, not the commit", "commit", [.refuse(500)], repeats: 1),
        Case("a 502 before the commit", "commit", [.refuse(502)], repeats: 1),
        Case("an answer to the commit that is cut", "commit", [.cutAnswer]),
        Case("a 200 with errors on commit", "commit", [.errors(200)], repeats: 1),
        Case("a list that is empty", "list", [.emptyList]),
        Case("a web page for a list", "list", [.page(200)]),
        Case("a list that does not come", "list", [.refuse(503, ["Retry-After": "0"])]),
        Case(
            "another host for a draft", "draft", [.redirect("http://localhost:9/api/records")], .interruption,
            "leads elsewhere"),
        Case(
            "another host for content", "content", [.redirect("https://elsewhere.example.org/x")], .interruption,
            "leads elsewhere", repeats: 1),
        Case(
            "another host for a list", "list", [.redirect("https://elsewhere.example.org/x")], .interruption,
            "leads elsewhere"),
        Case("a 201 with errors is no draft", "draft", [.errors(201)], .difference, "metadata.title: Not so."),
        Case("a 429 that tells how long", "draft", [.refuse(429, ["Retry-After": "1"])]),
        Case("a 429 for content", "content", [.refuse(429, ["Retry-After": "1"])], repeats: 1),
        Case("a 429 that asks for a day", "draft", [.refuse(429, ["Retry-After": "86400"])], .interruption, "86400"),
    ]

    @Test(arguments: cases) func `the deposit comes through, or stops and goes on`(_ one: Case) throws {
        let bench = try Bench()
        for fault in one.faults { bench.server.fail(one.call, fault) }
        var stop = bench.stop { () throws(DepositStop) in try bench.deposit() }
        #expect(stop?.kind == one.kind, "\(stop.map(\.description) ?? "it came through")")
        if one.kind != nil {
            #expect(stop?.description.contains(one.words) == true, "\(stop?.description ?? "")")
            #expect(stop?.remedy.isEmpty == false, "what helps is said")
        }
        #expect(stop?.description.contains(MockRepository.token) != true)
        bench.expectSoundConduct(repeats: one.repeats)
        #expect(bench.server.published.isEmpty)
        bench.server.renewToken()
        for _ in 0..<4 where stop != nil { stop = bench.stop { () throws(DepositStop) in try bench.deposit() } }
        #expect(stop == nil, "resuming finishes: \(stop?.description ?? "")")
        let report = try bench.publish()
        #expect(report.state == .published && report.differences.isEmpty)
        #expect(bench.server.faultsLeft == 0, "the fault was met")
        bench.expectSoundLedger(repeats: one.repeats)
    }

    static let publications: [Case] = [
        Case("a 504 on publish asks for the record", "publish", [.doneBut(504)]),
        Case("a 502 before the publication", "publish", [.refuse(502)]),
        Case("an answer to the publication that is cut", "publish", [.cutAnswer]),
        Case("a web page for the publication", "publish", [.page(200)]),
        Case("silence after the publication", "publish", [.silence(3)]),
        Case("a 404 on publish: it was published before", "publish", [.doneBut(404)]),
        Case("a 202 with errors", "publish", [.errors(202)], .difference, "has not done it"),
        Case("a 400 on publish", "publish", [.refuse(400)], .difference, "400"),
        Case("a 403 on publish", "publish", [.refuse(403)], .refusal, "403"),
    ]

    @Test(arguments: publications) func `a publication comes through once`(_ one: Case) throws {
        let bench = try Bench()
        _ = try bench.deposit()
        for fault in one.faults { bench.server.fail("publish", fault) }
        let stop = bench.stop { () throws(DepositStop) in try bench.publish() }
        #expect(stop?.kind == one.kind, "\(stop.map(\.description) ?? "it came through")")
        if one.kind != nil { #expect(stop?.description.contains(one.words) == true, "\(stop?.description ?? "")") }
        let report = try bench.publish()
        #expect(report.state == .published && report.differences.isEmpty)
        bench.expectSoundLedger()
    }

    @Test func `429 waits as long as told, and says so`() throws {
        let bench = try Bench()
        bench.server.fail("draft", .refuse(429, ["Retry-After": "3"]))
        let start = Date()
        _ = try bench.deposit()
        #expect(Date().timeIntervalSince(start) >= 3)
        #expect(bench.notes.all.contains { $0.contains("waiting 3 s") && $0.contains("429") })
        bench.expectSoundConduct()
    }

    @Test func `Retry-After on 200 is not obeyed`() throws {
        // Each answer of the server asks to come back in 60 s.
        let bench = try Bench()
        let start = Date()
        _ = try bench.deposit()
        #expect(Date().timeIntervalSince(start) < 20)
    }

    @Test func `403 and 401 both mean the token`() throws {
        for status in [401, 403] {
            let bench = try Bench()
            bench.server.fail("draft", .refuse(status))
            let stop = bench.stop { () throws(DepositStop) in try bench.deposit() }
            #expect(stop?.kind == .refusal && stop?.words.contains("token") == true)
        }
    }

    @Test func `sizes come as numbers or floats, checksums come with and without md5`() throws {
        let bench = try Bench()
        bench.server.isLoose = true
        let report = try bench.deposit()
        #expect(report.differences.isEmpty && report.files.count == 3)
        _ = try bench.publish()
        bench.expectSoundLedger()
    }

    @Test func `a draft is found again in a list that lags behind`() throws {
        let bench = try Bench()
        bench.server.fail("draft", .doneBut(504))
        bench.server.lag = 1
        _ = try bench.deposit()
        #expect(bench.server.drafts == 1)
    }

    @Test func `somebody else's draft of the same title is left alone`() throws {
        let bench = try Bench()
        let other = try Bench()
        _ = other
        bench.server.fail("draft", .refuse(502))
        _ = try bench.deposit()
        let first = bench.server.records.keys.sorted()
        let second = bench.stop { () throws(DepositStop) in
            try bench.run(isNew: true) { (run) throws(DepositStop) in try run.deposit() }
        }
        #expect(second == nil && bench.server.records.count == 2 && first.count == 1)
    }
}
