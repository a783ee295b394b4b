// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Digest
public import Findings
import Glibc
import Synchronization
public import Transport
public import Workers

/// The check of all that a store has planned, by workers: whatever a file does to its reader, the run goes on.
public struct AuditRun: Sendable {
    /// What a run is made with.
    public struct Settings: Sendable {
        public var basis: AuditBasis
        public var shard = Shard.whole
        public var verifies = false
        public var missingContent = MissingContent.error
        /// Workers at a time.
        public var workers: Int
        /// Threads that list folders.
        public var listers = 4
        public var host: String
        /// UTC, ISO 8601.
        public var time: @Sendable () -> String

        public init(basis: AuditBasis, workers: Int, host: String, time: @escaping @Sendable () -> String) {
            self.basis = basis
            self.workers = workers
            self.host = host
            self.time = time
        }
    }

    /// Where files are read.
    public struct Place: Sendable {
        let pool: WorkerPool
        let task: [UInt8]
        let attend: @Sendable (_ groups: [[String]]) -> any Attendant

        public init(
            _ pool: WorkerPool, task: [UInt8], attend: @escaping @Sendable (_ groups: [[String]]) -> any Attendant
        ) {
            self.pool = pool
            self.task = task
            self.attend = attend
        }
    }

    /// How a run ended.
    public enum Ending: Sendable {
        case done
        /// By this signal; what was in hand is finished.
        case stopped(Int32)
    }

    private let settings: Settings
    let fileCheck: FileCheck

    public init(_ settings: Settings, _ check: FileCheck) {
        self.settings = settings
        fileCheck = check
    }

    /// Lists what lies below the roots and takes down what is to be done.
    ///
    /// - Returns: The number of the run.
    public func plan(_ roots: [Name], in store: AuditStore) throws(Failure) -> Int64 {
        let run = try begin(in: store)
        for root in roots {
            let top: Folder
            do throws(Failure) {
                top = try Folder(root)
            } catch {
                throw error.with(code: .usage)
            }
            let plan = try store.together { () throws(Failure) in
                AuditStore.PlanningRun(
                    run: run, root: try store.number(ofRoot: root), basis: try store.number(of: settings.basis),
                    verifies: settings.verifies, report: { fileCheck.report($0, on: $1) },
                    missingContent: settings.missingContent, rootName: root)
            }
            let shelf = PlanShelf(store, plan)
            let shard = settings.shard
            ArchiveListing(top, threads: settings.listers) { shard.holds($0) }.run { listed in
                // Another shard tells what cannot be listed of its folders.
                shard.holds(listed.name) ? shelf.take(listed) : shelf.goesOn
            }
            try shelf.finish()
        }
        return run
    }

    /// Begins a run over what is planned.
    public func begin(in store: AuditStore) throws(Failure) -> Int64 {
        try store.together { () throws(Failure) in
            try store.beginRun(
                try store.number(of: settings.basis), at: settings.time(), host: settings.host, process: Int(getpid()))
        }
    }

    /// Checks all that is planned.
    ///
    /// - Parameters:
    ///   - stop: The signal that asks for the end; 0 while there is none.
    ///   - tell: Is told now and then how far the run is.
    public func check<Task: FileTask & Sendable>(
        _ store: AuditStore, run: Int64, by task: Task, at place: Place, stop: @escaping @Sendable () -> Int32,
        tell: @escaping @Sendable (AuditProgress) -> Void
    ) throws(Failure) -> Ending where Task.Answer == FileReport {
        let roots = try store.roots()
        let basis = try store.together { () throws(Failure) in try store.number(of: settings.basis) }
        let desk = try AuditDesk(
            store, run: run, basis: basis, roots: roots, defers: fileCheck.settings.reading.digestsFrameFiles)
        let doors = try roots.map { root throws(Failure) in try RootDoor(root.name) }
        // As many as the system gives threads for.
        let working = Atomic(0)
        let isFinished = Atomic(false)
        let time = settings.time
        PlainThreads.run(settings.workers + 1) { number in
            if number == 1 {
                // One thread tells of the others, however long a file takes them.
                var ticks = 0
                while !isFinished.load(ordering: .relaxed) || working.load(ordering: .relaxed) > 0 {
                    usleep(50_000)
                    ticks += 1
                    if ticks % 20 == 0 {
                        if ticks % 100 == 0 { desk.beat(time()) }
                        tell(desk.now)
                    }
                }
                return
            }
            working.add(1, ordering: .relaxed)
            work(desk, doors, task, place, stop)
            if number == 0 { isFinished.store(true, ordering: .relaxed) }
            working.subtract(1, ordering: .relaxed)
        }
        if let failure = desk.trouble { throw failure }
        desk.beat(time())
        tell(desk.now)
        let signal = stop()
        return signal == 0 ? .done : .stopped(signal)
    }

    /// The run has ended.
    public func end(_ ending: Ending, _ run: Int64, in store: AuditStore) throws(Failure) {
        let state = if case .done = ending { "done" } else { "stopped" }
        try store.together { () throws(Failure) in try store.endRun(run, state, at: settings.time()) }
    }

    private func work<Task: FileTask>(
        _ desk: AuditDesk, _ doors: [RootDoor], _ task: Task, _ place: Place, _ stop: () -> Int32
    ) where Task.Answer == FileReport {
        var checked: [CheckedEntry] = []
        while stop() == 0 {
            let given = desk.exchange(checked, wants: WorkerPool.mostGroups)
            checked = []
            guard let errands = given else {
                usleep(10_000)
                continue
            }
            if errands.isEmpty { return }
            var states: [[String]: (Errand, FileState)] = [:]
            var groups: [[String]] = []
            for errand in errands {
                do throws(Failure) {
                    let state = try doors[errand.root].folder.state(of: errand.name, followsLinks: true)
                    var words = [errand.path.text, doors[errand.root].name.text]
                    if errand.known?.isOf(state) == true { words.append(FileCheck.digested) }
                    states[words] = (errand, state)
                    groups.append(words)
                } catch {
                    guard doors[errand.root].isThere else {
                        desk.giveBack(errands)
                        return desk.fail(doors[errand.root].failure)
                    }
                    let failure = Failure(
                        attempt: error.attempt, subject: errand.path.text, code: error.code, words: error.words,
                        remedy: error.remedy)
                    checked.append(
                        CheckedEntry(
                            entry: errand.entry, report: fileCheck.report(failure, on: errand.path.text),
                            passedOver: nil,
                            state: nil))
                }
            }
            task.readTogether(groups, in: place.pool, task: place.task, by: place.attend(groups)) { words, report in
                guard let (errand, state) = states[words] else { return }
                checked.append(
                    judged(report, errand, state, doors[errand.root], known: words.count > 2 ? errand.known : nil))
                // What took long is not done twice when the run is killed.
                if checked.count > 1, state.size > 16 << 20 {
                    _ = desk.exchange(checked, wants: 0)
                    checked = []
                }
            }
            if !doors.allSatisfy(\.isThere), let door = doors.first(where: { !$0.isThere }) {
                // Nothing that was found meanwhile can be believed.
                desk.giveBack(errands)
                return desk.fail(door.failure)
            }
        }
        _ = desk.exchange(checked, wants: 0)
    }

    /// What is taken down of a report.
    ///
    /// - Parameter known: The digest of the file, which its reader did not take.
    private func judged(
        _ report: FileReport, _ errand: Errand, _ before: FileState, _ door: RootDoor, known: KnownDigest?
    ) -> CheckedEntry {
        var report = report
        if let known { report.sha256 = known.sha256.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
        let after = try? door.folder.state(of: errand.name, followsLinks: true)
        let isSame =
            after.map {
                $0.size == before.size && $0.modified == before.modified && $0.inode == before.inode
                    && $0.device == before.device
            } ?? false
        if !isSame, report.status == .pass || report.status == .fail || report.status == .skipped {
            let words = after == nil ? "it went away while it was checked" : "it changed while it was checked"
            report = fileCheck.report(
                Failure(
                    attempt: "check the file", subject: errand.path.text, code: .changed, words: words,
                    remedy: "wait until its writer has ended, and run the audit again"), on: errand.path.text)
        }
        var passedOver = isSame ? FilesOfRun.passedOver(report) : nil
        if passedOver != nil, report.kind == .unknown, Self.claimsData(errand.name) {
            // Its name says that there should be data.
            passedOver = nil
            report.status = .indeterminate
        }
        var leads: [(kind: String, key: Identity.Key)] = []
        if passedOver == nil {
            for path in report.kinship.linked {
                if let key = Identity.of(Name(path))?.key { leads.append(("link", key)) }
            }
            for path in report.kinship.frames {
                if let key = Identity.of(Name(path))?.key { leads.append(("frames", key)) }
            }
        }
        return CheckedEntry(
            entry: errand.entry, report: report, passedOver: passedOver, leads: leads, state: before,
            // What was read for another file counts with that one.
            bytes: (known == nil ? before.size : 0) + report.kinship.digests.reduce(0) { $0 &+ $1.size })
    }

    /// The ending of a name promises diffraction data.
    private static func claimsData(_ name: Name) -> Bool {
        let text = name.last.text.lowercased()
        return [".nxs", ".nx5", ".nexus", ".h5", ".hdf5", ".hdf", ".cbf"].contains { text.hasSuffix($0) }
    }
}

/// A root that is held open, and that may go away.
struct RootDoor: Sendable {
    let name: Name
    let folder: Folder
    private let identity: Identity.Key?

    init(_ name: Name) throws(Failure) {
        self.name = name
        folder = try Folder(name)
        identity = Identity.of(name)?.key
    }

    /// The same folder is still there under its name.
    var isThere: Bool { identity != nil && Identity.of(name)?.key == identity }

    var failure: Failure {
        Failure(
            attempt: "go on below", subject: name.text, code: .absent,
            words: "the folder is not there any more, or is another one",
            remedy: "mount it again, and then 'imprimatur audit resume'; what was checked before is kept")
    }
}

/// Takes folders down as they are listed, by several threads.
///
/// `@unchecked Sendable`: the store is touched behind the lock alone.
private final class PlanShelf: @unchecked Sendable {
    private let lock = Mutex<Void>(())
    private let store: AuditStore
    private let plan: AuditStore.PlanningRun
    private var waiting: [ListedFolder] = []
    private var count = 0
    private var failure: Failure?

    init(_ store: AuditStore, _ plan: AuditStore.PlanningRun) {
        self.store = store
        self.plan = plan
    }

    var goesOn: Bool { lock.withLock { _ in failure == nil } }

    func take(_ listed: ListedFolder) -> Bool {
        lock.withLock { _ in
            waiting.append(listed)
            count += listed.entries.count + 1
            // Many small folders are written as one.
            if count > 2_000 { write() }
            return failure == nil
        }
    }

    func finish() throws(Failure) {
        try lock.withLock { (_) throws(Failure) in
            write()
            if let failure { throw failure }
            try store.together { () throws(Failure) in try store.forgetFolders(plan) }
        }
    }

    private func write() {
        guard failure == nil else { return }
        do throws(Failure) {
            try store.together { () throws(Failure) in for folder in waiting { try store.plan(folder, plan) } }
        } catch {
            failure = error
        }
        waiting = []
        count = 0
    }
}
