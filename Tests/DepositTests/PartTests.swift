// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Deposit
import Findings
import Foundation
import Remote
import TestSupport
import Testing
import Transport

/// Large files in parts. Oracle: the ledger of the server and the bytes that it holds.
@Suite struct PartTests {
    private func deposit(_ bench: Bench) throws(DepositStop) -> DepositReport {
        var target: DepositTarget
        do { target = try bench.target() } catch { throw error as? DepositStop ?? DepositStop(.refusal, "\(error)") }
        target.takesParts = true
        let contents = try DepositContents(bench.package)
        let journal = try DepositJournal(in: contents.journals, target: target.name)
        let run = try DepositRun(
            target, contents, record: try RecordBody(bench.record), journal: journal, secret: WebSecret(bench.token),
            agent: "imprimatur/test", patience: Bench.patience, today: "2026-11-30")
        run.partSize = 100_000
        return try run.deposit()
    }

    private func count(_ bench: Bench, _ call: String) -> Int { bench.server.ledger.count { $0.call == call } }

    @Test func `no checksum is declared for multipart, and every part is sent`() throws {
        let bench = try Bench(["a.zip": 250_001, "b.zip": 100_000])
        #expect(try deposit(bench).differences.isEmpty)
        #expect(count(bench, "part") == 3 && count(bench, "content") == 1 && !bench.server.isSumDeclared)
        _ = try bench.publish()
        #expect(bench.server.published.first?.files == bench.files)
    }

    @Test func `a multipart commit with a missing part is caught`() throws {
        let bench = try Bench(["a.zip": 300_000])
        bench.server.loses = 2
        #expect(try deposit(bench).differences.isEmpty)
        #expect(count(bench, "delete") == 1 && count(bench, "part") == 6)
        _ = try bench.publish()
        #expect(bench.server.published.first?.files == bench.files)
    }

    @Test func `403 on a part falls back to plain`() throws {
        let bench = try Bench(["a.zip": 300_000, "c.zip": 200_000])
        bench.server.fail("part", .refuse(403), .refuse(403), .refuse(403))
        #expect(try deposit(bench).differences.isEmpty)
        #expect(count(bench, "content") == 2)
        _ = try bench.publish()
        #expect(bench.server.published.first?.files == bench.files)
    }

    @Test func `multipart: is waited for`() throws {
        let bench = try Bench(["a.zip": 300_000])
        bench.server.sumLag = 3
        #expect(try deposit(bench).differences.isEmpty)
        #expect(count(bench, "part") == 3 && count(bench, "entry") >= 3)
    }

    @Test(arguments: [
        MockRepository.Fault.refuse(502), .doneBut(504), .cutAnswer, .cutRequest(after: 5_000), .silence(3),
    ])
    func `a part that is lost is sent again, and it alone`(_ fault: MockRepository.Fault) throws {
        let bench = try Bench(["a.zip": 300_000])
        bench.server.fail("part", fault)
        #expect(try deposit(bench).differences.isEmpty)
        #expect(count(bench, "part") == 4)
        _ = try bench.publish()
        #expect(bench.server.published.first?.files == bench.files)
    }
}
