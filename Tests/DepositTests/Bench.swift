// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Deposit
import Findings
import Foundation
import JSON
import Remote
import TestSupport
import Testing
import Transport

/// A package, a repository that misbehaves as told, and the client between them; gone with this value.
final class Bench {
    let server: MockRepository
    let folder: URL
    /// What lies in the package.
    let files: [String: [UInt8]]
    /// Words on waiting.
    let notes = Notes()
    var record: JSONValue
    var token = MockRepository.token
    var isProduction = false

    final class Notes: @unchecked Sendable {
        private let lock = NSLock()
        private var lines: [String] = []
        func add(_ line: String) { lock.withLock { lines.append(line) } }
        var all: [String] { lock.withLock { lines } }
    }

    init(_ sizes: [String: Int] = ["a.zip": 300_000, "b.zip": 70_001, "README.md": 40]) throws {
        server = try MockRepository()
        folder = try Folder.temporary()
        let inner = folder.appendingPathComponent("package/deposit")
        try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
        var files: [String: [UInt8]] = [:]
        for (name, size) in sizes {
            let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ name.utf8.count &+ $0 >> 8) }
            files[name] = bytes
            try Data(bytes).write(to: inner.appendingPathComponent(name))
        }
        self.files = files
        record = try JSONReader.read(
            Array(
                """
                {"access": {"record": "public", "files": "public"}, "files": {"enabled": true},
                 "metadata": {"title": "Images of lysozyme", "resource_type": {"id": "dataset"},
                 "publication_date": "2026-01-02", "rights": [{"id": "cc-by-4.0"}]}}
                """.utf8))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var package: String { folder.appendingPathComponent("package").path }
    func path(_ name: String) -> URL { folder.appendingPathComponent("package/deposit/" + name) }

    func target() throws -> DepositTarget {
        try DepositTarget(address: server.url, isProduction: isProduction, tokenVariable: "NONE")
    }

    static var patience: Patience {
        var patience = Patience()
        patience.tries = 4
        patience.pause = 0.01
        patience.look = 0.02
        patience.publication = 0.3
        patience.web.silence = 1
        patience.web.thinking = 1
        return patience
    }

    var journal: String {
        let folder = self.folder.appendingPathComponent("package/journal")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().map {
            (try? String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8)) ?? ""
        }
        .joined()
    }

    /// A run of the client, as a fresh process would be.
    func run<Result>(
        isNew: Bool = false, patience: Patience = Bench.patience, _ body: (DepositRun) throws(DepositStop) -> Result
    ) throws(DepositStop) -> Result {
        let target: DepositTarget
        do { target = try self.target() } catch { throw error as? DepositStop ?? DepositStop(.refusal, "\(error)") }
        let contents = try DepositContents(package)
        let journal = try DepositJournal(in: contents.journals, target: target.name, isNew: isNew)
        let notes = notes
        let run = try DepositRun(
            target, contents, record: try RecordBody(record), journal: journal, secret: WebSecret(token),
            agent: "imprimatur/test", patience: patience, today: "2026-11-30", note: { notes.add($0) })
        return try body(run)
    }

    func deposit() throws(DepositStop) -> DepositReport { try run { (run) throws(DepositStop) in try run.deposit() } }

    func publish(_ word: String? = nil) throws(DepositStop) -> DepositReport {
        try run { (run) throws(DepositStop) in try run.publish { (report) in word ?? report.doi } }
    }

    /// The stop that a step ends with; nil where it comes through.
    func stop(_ body: () throws(DepositStop) -> some Any) -> DepositStop? {
        do throws(DepositStop) {
            _ = try body()
            return nil
        } catch {
            return error
        }
    }

    /// What holds whatever went wrong, once the deposit is published.
    ///
    /// - Parameter repeats: How often a file may have been sent beyond once.
    func expectSoundLedger(repeats: Int = 0, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(server.published.count == 1, "published once", sourceLocation: sourceLocation)
        #expect(
            server.published.allSatisfy { $0.isSeen }, "nothing published unverified", sourceLocation: sourceLocation)
        #expect(server.published.first?.files == files, "the bytes of the package", sourceLocation: sourceLocation)
        expectSoundConduct(repeats: repeats, sourceLocation: sourceLocation)
    }

    /// What holds at any moment.
    func expectSoundConduct(repeats: Int = 0, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(server.drafts <= 1, "never two drafts", sourceLocation: sourceLocation)
        let ledger = server.ledger
        #expect(
            !ledger.contains { $0.meetsCommitted }, "no content to a committed entry", sourceLocation: sourceLocation)
        #expect(
            !ledger.contains { $0.hasToken && !$0.path.hasPrefix("/api/") }, "no token outside /api",
            sourceLocation: sourceLocation)
        #expect(
            !ledger.contains { $0.path.contains(MockRepository.token) }, "no token in an address",
            sourceLocation: sourceLocation)
        let sent = ledger.filter { $0.call == "content" }
        let whole = files.reduce(0) { $0 + $1.value.count }
        let most = whole + repeats * (files.map(\.value.count).max() ?? 0)
        #expect(
            sent.reduce(0) { $0 + $1.bytes } <= most, "no byte sent twice without need", sourceLocation: sourceLocation)
        #expect(!journal.contains(MockRepository.token), "no token in the journal", sourceLocation: sourceLocation)
        #expect(!notes.all.joined().contains(MockRepository.token), sourceLocation: sourceLocation)
    }
}
