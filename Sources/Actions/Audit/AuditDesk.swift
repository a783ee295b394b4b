// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings
import SQLite
import Synchronization
import Transport

/// One file that is to be checked.
struct Errand: Sendable {
    let entry: Int64
    let root: Int
    /// From the root.
    let name: Name
    /// As people name it.
    let path: Name
    let size: Int
    let attempts: Int
    /// By its name it may hold the frames of another file, whose digests are taken with those.
    let isLate: Bool
    /// Its digest, if it was taken with the frames.
    var known: KnownDigest?
}

/// Hands files out to threads and takes down what came of them, one thread at a time.
///
/// `@unchecked Sendable`: the store and all that is counted are touched behind the lock alone.
final class AuditDesk: @unchecked Sendable {
    private let lock = Mutex<Void>(())
    private let store: AuditStore
    private let run: Int64
    private let basis: Int64
    private let roots: [(id: Int64, name: Name)]
    private var queue: [Errand] = []
    private var last: Int64 = 0
    private var isExhausted = false
    /// Files that may hold frames of others come last.
    private let defers: Bool
    private var isLate = false
    /// Rows before those that come last, and not checked yet.
    private var ahead = Set<Int64>()
    /// Why the run cannot go on.
    private var failure: Failure?
    private var progress = AuditProgress()

    /// Bytes after which a portion has enough.
    private static let portionBytes = 64 << 20
    /// Rows that are read ahead.
    private static let readAhead = 512
    /// Names of files that detectors number are mostly those with the frames.
    private static let lateNames = "(entry.name GLOB '*[0-9].h5' OR entry.name GLOB '*[0-9].hdf5')"

    /// - Parameter defers: Files whose digests may come with the frames of others are handed out when these are done.
    init(
        _ store: AuditStore, run: Int64, basis: Int64, roots: [(id: Int64, name: Name)], defers: Bool
    ) throws(Failure) {
        self.defers = defers
        self.store = store
        self.run = run
        self.basis = basis
        self.roots = roots
        let open = try store.database.first("SELECT count(*), total(size) FROM entry WHERE state<2") {
            ($0.int(0), Int($0.real(1)))
        }
        (progress.files, progress.bytes) = open ?? (0, 0)
    }

    /// Takes down what came of some files and hands out others; what is handed out is written down before.
    ///
    /// - Returns: Nothing when all is handed out; nil where what is left waits for what others have in hand.
    func exchange(_ checked: [CheckedEntry], wants most: Int) -> [Errand]? {
        lock.withLock { _ in
            guard failure == nil else { return [] }
            do throws(Failure) {
                return try store.together { () throws(Failure) -> [Errand]? in
                    for one in checked {
                        try store.record(one, run: run, basis: basis)
                        ahead.remove(one.entry)
                    }
                    let portion = most > 0 ? try next(most) : []
                    for errand in portion {
                        try store.database.run(
                            "UPDATE entry SET state=1, attempts=attempts+1, run=? WHERE id=?",
                            [.integer(run), .integer(errand.entry)])
                    }
                    progress.take(checked)
                    if portion.isEmpty, most > 0, !queue.isEmpty { return nil }
                    if defers { ahead.formUnion(portion.lazy.filter { !$0.isLate }.map(\.entry)) }
                    return portion
                }
            } catch {
                failure = error
                return []
            }
        }
    }

    /// Files that were handed out and are not checked after all.
    func giveBack(_ errands: [Errand]) {
        lock.withLock { _ in
            guard failure == nil, !errands.isEmpty else { return }
            do throws(Failure) {
                try store.together { () throws(Failure) in
                    for errand in errands {
                        try store.database.run(
                            "UPDATE entry SET state=0, attempts=attempts-1 WHERE id=?", [.integer(errand.entry)])
                    }
                }
            } catch {
                failure = error
            }
        }
    }

    /// The run cannot go on.
    func fail(_ failure: Failure) { lock.withLock { _ in if self.failure == nil { self.failure = failure } } }

    /// Why the run cannot go on; nil while it can.
    var trouble: Failure? { lock.withLock { _ in failure } }

    /// How far it is.
    var now: AuditProgress { lock.withLock { _ in progress } }

    /// Writes down that the run lives.
    func beat(_ time: String) {
        lock.withLock { _ in
            guard failure == nil else { return }
            do throws(Failure) {
                try store.database.run(
                    "UPDATE run SET heartbeat=?, checked=?, bytes=? WHERE id=?",
                    [.text(time), Cell(progress.filesDone), Cell(progress.bytesDone), .integer(run)])
            } catch {
                failure = error
            }
        }
    }

    private func next(_ most: Int) throws(Failure) -> [Errand] {
        while queue.count < most, !isExhausted { try readAhead() }
        var portion: [Errand] = []
        var bytes = 0
        while portion.count < most, var errand = queue.last {
            if errand.isLate, !ahead.isEmpty || portion.first?.isLate == false { break }
            // A file that was in hand when an earlier run was killed is read alone.
            if !portion.isEmpty, errand.attempts > 0 || bytes + errand.size > Self.portionBytes { break }
            queue.removeLast()
            if errand.isLate { errand.known = try store.knownDigest(of: errand.entry) }
            portion.append(errand)
            bytes += errand.size
            if errand.attempts > 0 { break }
        }
        return portion
    }

    private func readAhead() throws(Failure) {
        var more: [Errand] = []
        var last = last
        let which = !defers ? "1" : isLate ? Self.lateNames : "NOT \(Self.lateNames)"
        try store.database.rows(
            "SELECT entry.id, folder.root, folder.path, entry.name, entry.size, entry.attempts FROM entry "
                + "JOIN folder ON folder.id=entry.folder WHERE entry.state<2 AND entry.id>? AND \(which) ORDER BY entry.id "
                + "LIMIT \(Self.readAhead)",
            [.integer(last)]
        ) { (row) throws(Failure) in
            last = row.integer(0)
            guard let root = roots.firstIndex(where: { $0.id == row.integer(1) }) else { return }
            let name = row.name(2).appending(row.name(3))
            more.append(
                Errand(
                    entry: row.integer(0), root: root, name: name, path: roots[root].name.appending(name),
                    size: row.int(4), attempts: row.int(5), isLate: isLate))
        }
        self.last = last
        queue = more.reversed() + queue
        if more.count == Self.readAhead { return }
        isExhausted = isLate || !defers
        if isExhausted { return }
        isLate = true
        self.last = 0
    }
}

/// How far a run is.
public struct AuditProgress: Sendable {
    public internal(set) var files = 0
    public internal(set) var bytes = 0
    public internal(set) var filesDone = 0
    public internal(set) var bytesDone = 0
    /// How many ended in each state.
    public internal(set) var statuses: [String: Int] = [:]

    mutating func take(_ checked: [CheckedEntry]) {
        for one in checked {
            filesDone += 1
            bytesDone &+= one.bytes
            statuses[one.report.status.text, default: 0] += 1
        }
    }

    /// What is done, from 0 to 1.
    public func share(byBytes: Bool) -> Double {
        let byFiles = files > 0 ? Double(filesDone) / Double(files) : 1
        guard byBytes, bytes > 0 else { return byFiles }
        return max(0, min(1, Double(bytesDone) / Double(bytes)))
    }
}
