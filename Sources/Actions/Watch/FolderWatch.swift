// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Digest
public import Findings
import Glibc
import Synchronization
public import Transport

/// Checks the files that come into folders: each once, when it stands still and its writer has let go of it.
///
/// Names come by notices of the system and by looking at everything now and then, for no file system tells of what other
/// machines write. A file is settled when number, size and time of it and of the files it links to have stood still.
public final class FolderWatch: Sendable {
    /// What a watch is made with.
    public struct Settings: Sendable {
        /// Seconds for which a file has to stand still.
        public var settle = 2.0
        /// Seconds between two looks at everything; nil: 60, and 2 where a folder lies on another machine.
        public var poll: Double?
        /// Notices of the system are asked for.
        public var usesNotices = true
        /// The watch ends once everything is checked that is there.
        public var once = false
        public var workers = 1

        public init() {}
    }

    /// What is told.
    public enum Event: Sendable {
        /// The final report on a file.
        case report(FileReport)
        /// A file whose writer is at work; told when the words change.
        case waiting(FileReport, Finding?)
        /// Something of the folders cannot be looked at, or can again.
        case note(String)
    }

    let settings: Settings
    let state: Mutex<WatchState>
    private let check: @Sendable (_ words: [String]) -> FileReport
    private let tell: @Sendable (Event) -> Bool
    private let stop: @Sendable () -> Bool

    /// - Parameters:
    ///   - roots: Folders that are there.
    ///   - ledger: nil: nothing is remembered beyond this run.
    ///   - check: Checks the words of an input; called by several threads.
    ///   - tell: Called by one thread at a time; false: nobody took it.
    ///   - stop: Asks for the end; what is in hand is finished.
    public init(
        _ roots: [Name], ledger: sending WatchLedger?, _ settings: Settings,
        check: @escaping @Sendable (_ words: [String]) -> FileReport, tell: @escaping @Sendable (Event) -> Bool,
        stop: @escaping @Sendable () -> Bool
    ) {
        self.settings = settings
        self.check = check
        self.tell = tell
        self.stop = stop
        state = Mutex(
            WatchState(roots, ledger: ledger, settings))
    }

    /// Watches until the end is asked for.
    ///
    /// - Throws: When the ledger cannot be written any more.
    public func run() throws(Failure) {
        PlainThreads.run(settings.workers + 1) { number in
            if number == 0 { self.look() } else { self.work() }
        }
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    private var isEnding: Bool { stop() || state.withLock { $0.isDone || $0.failure != nil } }

    /// The thread that looks at folders.
    private func look() {
        while !isEnding {
            let notes = state.withLock { $0.look() }
            for note in notes { _ = tellAlone(.note(note)) }
            if settings.once { state.withLock { if $0.isIdle { $0.isDone = true } } }
            // Where no other thread could be had, this one checks as well.
            if state.withLock({ $0.working == 0 }) { _ = checkOne() }
            usleep(20_000)
        }
    }

    /// A thread that checks.
    private func work() {
        state.withLock { $0.working += 1 }
        while !isEnding {
            if !checkOne() { usleep(10_000) }
        }
        state.withLock { $0.working -= 1 }
    }

    /// Checks the file that is due; false where none is.
    private func checkOne() -> Bool {
        guard let (name, file) = state.withLock({ $0.next() }) else { return false }
        let report = check([name.text, file.root.text])
        // What a signal ended says nothing of a file.
        if stop(), report.failures.contains(where: { if case .ended = $0.code { true } else { false } }) {
            state.withLock { $0.putBack(name) }
            return true
        }
        // Told before it is taken down: a watch that is killed between the two says it twice rather than never.
        let verdict = state.withLock { $0.judge(report, name, file) }
        switch verdict {
        case .again: break
        case .waiting(let finding): _ = tellAlone(.waiting(report, finding))
        case .passedOver: state.withLock { $0.finish(name, file, report) }
        case .final:
            // What nobody took is told by the next watch.
            let isTold = tellAlone(.report(report))
            state.withLock { if isTold { $0.finish(name, file, report) } else { $0.putBack(name) } }
        }
        return true
    }

    private let turn = Mutex<Void>(())

    private func tellAlone(_ event: Event) -> Bool { turn.withLock { _ in tell(event) } }
}
