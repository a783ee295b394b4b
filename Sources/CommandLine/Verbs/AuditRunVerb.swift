// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Digest
import Findings
import Glibc
import Report
import RuleEngine
import Synchronization
import Transport
import Workers

/// `imprimatur audit plan`, `run` and `resume`: what lies below folders, checked file by file, whatever files do.
enum AuditRunVerb {
    static func plan(_ call: Invocation) -> ExitCode {
        guarded { () throws(Failure) in try begin(call, checks: false) }
    }

    static func run(_ call: Invocation) -> ExitCode { guarded { () throws(Failure) in try begin(call, checks: true) } }

    static func resume(_ call: Invocation) -> ExitCode {
        guarded { () throws(Failure) in
            let name = try storeName(call)
            guard Folder.working.kind(behind: name) != nil else {
                throw Failure(
                    usage: "there is no store '\(name.shown)'", remedy: "begin one: imprimatur audit run DIR --db FILE")
            }
            let (roots, options) = try remembered(name)
            guard let call = AuditMemory.call(options, roots: roots, call) else {
                throw Failure(
                    usage: "what '\(name.shown)' was made with cannot be read", remedy: "begin anew in another store")
            }
            return try go(on: name, call, lists: false, checks: true)
        }
    }

    static func guarded(_ body: () throws(Failure) -> ExitCode) -> ExitCode {
        do throws(Failure) {
            return try body()
        } catch {
            return StandardStream.tell(error)
        }
    }

    static func storeName(_ call: Invocation) throws(Failure) -> Name {
        guard let path = call[.store] else {
            throw Failure(usage: "the store is not named", remedy: "name a file with --db")
        }
        return Name(path)
    }

    private static func remembered(_ name: Name) throws(Failure) -> (roots: [String], options: String) {
        let store = try AuditStore.reading(name)
        guard let options = try store.setting("options") else {
            throw Failure(
                usage: "'\(name.shown)' holds no audit", remedy: "begin one: imprimatur audit run DIR --db FILE")
        }
        return (try store.roots().map(\.name.text), options)
    }

    /// Lists folders, and checks what is to be checked.
    private static func begin(_ call: Invocation, checks: Bool) throws(Failure) -> ExitCode {
        let name = try storeName(call)
        guard call.operands.isEmpty else { return try go(on: name, call, lists: true, checks: checks) }
        guard Folder.working.kind(behind: name) != nil else {
            throw Failure(usage: "no folder is named", remedy: "name the folders that are to be audited")
        }
        // A store knows its folders.
        let (roots, options) = try remembered(name)
        guard let whole = AuditMemory.call(options, roots: roots, call) else {
            throw Failure(usage: "what '\(name.shown)' was made with cannot be read", remedy: "name the folders")
        }
        return try go(on: name, whole, lists: true, checks: checks)
    }

    private static func go(on name: Name, _ call: Invocation, lists: Bool, checks: Bool) throws(Failure) -> ExitCode {
        let roots = try Self.roots(call.operands)
        try NamedFolders.refuse(name, "store", below: roots, "audited", option: "--db")
        let kept = AuditOutputs(of: name, below: roots)
        if let path = call[.textfile] { try kept.look(path, option: "--prometheus") }
        if let path = call[.recallList] { try kept.look(path, option: "--recall-list") }
        let arguments = try AuditArguments(call)
        // Two runs on one store would check everything twice.
        let lock = try JournalFile(Name(bytes: name.bytes + Array("-run".utf8)))
        defer { lock.remove() }
        let store = try AuditStore.writing(name, mayCreate: lists)
        if store.isOnNetwork {
            StandardStream.complain("the store lies on another machine: it is written without write-ahead log, slower")
        }
        let shard = try Self.shard(call, store)
        try remember(call, roots, shard, store)
        var settings = AuditRun.Settings(
            basis: arguments.basis, workers: call[.workers] ?? PlainThreads.processors, host: Machine.name,
            time: { Machine.now })
        settings.shard = shard
        settings.verifies = call.has(.verifyAll)
        settings.missingContent = call[.missingContent] ?? .error
        let task = AuditTask(arguments)
        let run = AuditRun(settings, task.check)
        StopSignal.install()
        let number = try lists ? run.plan(roots, in: store) : run.begin(in: store)
        guard checks else {
            try run.end(.done, number, in: store)
            return try AuditPlanning.report(call, store)
        }
        let pool = WorkerPool(size: settings.workers, limits: arguments.limits)
        let words = VerbTask.bytes(call, rules: arguments.rules)
        try tell(of: pool.layersInForce(of: words))
        let place = Self.place(call, pool, words)
        let beat = Heartbeat(call, byBytes: arguments.tiers != .metadata)
        let ending: AuditRun.Ending
        do throws(Failure) {
            ending = try run.check(
                store, run: number, by: task, at: place, stop: { StopSignal.number }, tell: { beat.tell($0) })
            beat.end()
            if case .done = ending { try run.conclude(number, in: store) }
            try run.end(ending, number, in: store)
        } catch {
            beat.end()
            StandardStream.complain(
                "what was stored before is kept; 'imprimatur audit resume --db \(name.shown)' goes on")
            throw error
        }
        let collection = try store.collection(members: 20)
        if !call.has(.noProgress) { StandardStream.report(CollectionText.text(collection)) }
        try beat.write(collection)
        store.settle()
        if case .stopped(let signal) = ending { return signal == SIGINT ? .interrupted : .terminated }
        return code(try store.verdict(), exitZero: call.has(.exitZero))
    }

    static func code(_ verdict: AuditStore.Verdict, exitZero: Bool) -> ExitCode {
        var codes: [ExitCode] = []
        if verdict.isUnread { codes.append(.unreadable) }
        if verdict.hasFindings, !exitZero { codes.append(.findings) }
        if verdict.isIncomplete, !exitZero { codes.append(.incomplete) }
        return ExitCode.combined(codes)
    }

    /// Says once which layers do not hold the workers of this run; without any worker there is no run.
    private static func tell(of layers: Layers?) throws(Failure) {
        guard let layers else {
            throw Failure(
                attempt: "start", subject: "a worker", code: .ended("start"), words: "it did not answer",
                remedy: "see what 'imprimatur doctor' says of workers")
        }
        // Who is not root has no other user to become.
        let absent = layers.union(.otherUser).absent
        if !absent.isEmpty {
            StandardStream.complain(
                "workers are not held by \(absent.joined(separator: ", ")), which this machine refuses")
        }
    }

    private static func place(_ call: Invocation, _ pool: WorkerPool, _ task: [UInt8]) -> AuditRun.Place {
        let following = call[.follow] ?? .dataset
        let foreign = call.surroundings.reply
        return AuditRun.Place(pool, task: task) {
            Doorkeeper($0, follow: following, areInputs: true, foreign: foreign)
        }
    }

    /// Folders, none inside another.
    private static func roots(_ words: [String]) throws(Failure) -> [Name] {
        let roots = try NamedFolders.of(words, "audited")
        let places = roots.map { (Folder.trueName($0) ?? $0).bytes + [0x2F] }
        for (index, inner) in places.enumerated() {
            for (other, outer) in places.enumerated() where other != index && inner.starts(with: outer) {
                throw Failure(
                    usage: "'\(roots[index].shown)' lies in '\(roots[other].shown)'",
                    remedy: "name the outer folder alone")
            }
        }
        return roots
    }

    private static func shard(_ call: Invocation, _ store: AuditStore) throws(Failure) -> Shard {
        let kept = try store.setting("shard").flatMap { Shard($0) }
        guard let asked = call[.shard] else { return kept ?? .whole }
        guard let kept, kept != asked else { return asked }
        throw Failure(
            usage: "the store is of shard \(kept.words), and --shard says \(asked.words)",
            remedy: "give each shard a store of its own; all have the same N")
    }

    private static func remember(_ call: Invocation, _ roots: [Name], _ shard: Shard, _ store: AuditStore)
        throws(Failure)
    {
        let known = try store.roots().map(\.name)
        if !known.isEmpty, Set(known) != Set(roots) {
            throw Failure(
                usage: "the store is of \(known.map { "'\($0.shown)'" }.joined(separator: ", "))",
                remedy: "name the same folders, or another store with --db")
        }
        try store.set("options", AuditMemory.text(call))
        try store.set("shard", shard.words)
    }
}
