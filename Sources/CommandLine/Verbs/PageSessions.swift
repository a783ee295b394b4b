// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Digest
import Findings
import Frames
import JSON
import Remote
import Report
import Synchronization
import Transport
import Workers

/// The checks that pages have asked for: each with a worker of its own, for as long as it takes and some minutes more.
final class PageSessions: Sendable {
    /// Files that a page may announce.
    static let mostFiles = 5_000
    /// Bytes of the name of one.
    private static let mostName = 1_024
    /// No file is larger.
    private static let mostSize = 1 << 50
    /// Seconds for which a report is kept.
    private static let kept = 300.0

    struct Session: Sendable {
        let dialogue: PageDialogue
        let files: [String]
        var run: HeldRun?
        /// Why there will be no report.
        var failure: Failure?
        var isOver: Bool { run != nil || failure != nil }
    }

    /// What pages made the server do.
    struct Counts: Sendable {
        var begun = 0
        var refused = 0
        var bytes = 0
        var statuses: [FileStatus: Int] = [:]
    }

    private let check: WarmCheck
    private let most: Int
    private let limits: PageDialogue.Limits
    private let sessions = Mutex<[String: Session]>([:])
    private let counts = Mutex(Counts())

    /// - Parameters:
    ///   - most: Sessions at a time.
    ///   - limits: Of each.
    init(_ check: WarmCheck, most: Int, limits: PageDialogue.Limits) {
        self.check = check
        self.most = most
        self.limits = limits
    }

    var active: Int { sessions.withLock { $0.values.count { !$0.isOver } } }
    var counted: Counts { counts.withLock { $0 } }

    func session(_ name: String) -> Session? { sessions.withLock { $0[name] } }

    /// Begins what a page asks for.
    ///
    /// - Returns: The name of the session; nil where there are as many as there may be.
    /// - Throws: With the code of wrong usage for a request that makes no sense.
    func begin(_ body: [UInt8]) throws(Failure) -> String? {
        let value: JSONValue
        do throws(JSONFault) {
            value = try JSONReader.read(body)
        } catch {
            throw Failure(usage: "the request is no JSON: \(error.reason)", remedy: "send an object with 'files'")
        }
        let dialogue = PageDialogue(limits)
        let inputs: [Input]
        let held: @Sendable () throws(Failure) -> HeldFiles
        let names: [String]
        if let location = value["source"]?.string {
            (inputs, held) = try Self.source(location, dialogue)
            names = []
        } else {
            let files = try Self.files(value)
            let isFolder = value["folder"]?.bool == true
            names = files.map(\.name)
            inputs = names.filter { !isFolder || !Self.isHidden($0) }.sorted {
                $0.utf8.lexicographicallyPrecedes($1.utf8)
            }.map { Input($0, folder: isFolder ? "." : nil) }
            held = { HeldFiles(files, by: dialogue) }
        }
        let name = Self.name()
        let isTaken = sessions.withLock { sessions in
            for (name, one) in sessions where one.isOver && one.dialogue.silence > Self.kept { sessions[name] = nil }
            guard sessions.values.count(where: { !$0.isOver }) < most else { return false }
            // Of reports that are kept the oldest goes.
            if sessions.count >= most * 16,
                let oldest = sessions.filter(\.value.isOver).max(by: {
                    $0.value.dialogue.silence < $1.value.dialogue.silence
                })
            {
                sessions[oldest.key] = nil
            }
            sessions[name] = Session(dialogue: dialogue, files: names)
            return true
        }
        guard isTaken, PlainThreads.start({ self.run(name, dialogue, inputs, held) }) else {
            sessions.withLock { $0[name] = nil }
            counts.withLock { $0.refused += 1 }
            return nil
        }
        counts.withLock { $0.begun += 1 }
        return name
    }

    /// Ends all that is not over.
    func end() {
        for session in sessions.withLock({ Array($0.values) }) { session.dialogue.finish() }
    }

    private func run(
        _ name: String, _ dialogue: PageDialogue, _ inputs: [Input],
        _ held: @Sendable () throws(Failure) -> HeldFiles
    ) {
        do throws(Failure) {
            let files = try held()
            var bounds = check.limits
            // The page is waited for, which the dialogue bounds.
            bounds.seconds = Int(limits.seconds) + 60
            let run = HeldRun(inputs, in: files, by: check, pool: WorkerPool(size: 1, limits: bounds))
            sessions.withLock { $0[name]?.run = run }
            counts.withLock { counts in
                counts.bytes += dialogue.bytesMoved
                for status in FileStatus.all { counts.statuses[status, default: 0] += run.summary[status] }
            }
        } catch {
            sessions.withLock { $0[name]?.failure = error }
        }
        dialogue.finish()
    }

    private static func files(_ value: JSONValue) throws(Failure) -> [(name: String, size: Int)] {
        guard let list = value["files"]?.elements, !list.isEmpty else {
            throw Failure(usage: "no file is named", remedy: "send 'files', each with 'name' and 'size'")
        }
        guard list.count <= mostFiles else {
            throw Failure(
                usage: "\(list.count) files are more than \(mostFiles)", remedy: "check them with the program itself")
        }
        var seen = Set<String>()
        var files: [(name: String, size: Int)] = []
        for one in list {
            guard let name = one["name"]?.string, let size = one["size"]?.integer, !name.isEmpty,
                name.utf8.count <= mostName, (0...mostSize).contains(size), !name.utf8.contains(0),
                !name.hasPrefix("/"), !name.split(separator: "/").contains("..")
            else {
                throw Failure(
                    usage: "a file has no name or size that can be", remedy: "send relative names and sizes in bytes")
            }
            guard seen.insert(name).inserted else {
                throw Failure(usage: "two files have one name", remedy: "send each file once")
            }
            files.append((name, size))
        }
        return files
    }

    private static func isHidden(_ name: String) -> Bool { name.split(separator: "/").contains { $0.hasPrefix(".") } }

    /// Public data behind an address: asked by the policy of --online, never an address of this machine or network.
    private static func source(
        _ location: String, _ dialogue: PageDialogue
    ) throws(Failure) -> (inputs: [Input], held: @Sendable () throws(Failure) -> HeldFiles) {
        guard location.utf8.count <= 4_096, let address = WebAddress(location) else {
            throw Failure(usage: "the source is no address that is asked", remedy: "give one that begins with https://")
        }
        var limits = RemoteLimits()
        limits.agent = "imprimatur/\(Program.version)"
        limits.seconds = 10
        limits.retries = 1
        let web = Web(limits)
        let inputs = [Input(address.shown)]
        @Sendable func held() throws(Failure) -> HeldFiles {
            try HeldFiles(location, by: dialogue) { (place) throws(Failure) in try web.source(at: place) }
        }
        return (inputs, held)
    }

    /// 128 bits that nobody guesses.
    private static func name() -> String {
        var numbers = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let digits = String(UInt64.random(in: .min ... .max, using: &numbers), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
