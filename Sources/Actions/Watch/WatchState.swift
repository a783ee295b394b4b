// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings
import Transport

/// The files of a watch: those that are known, and those that wait.
struct WatchState: ~Copyable {
    /// What becomes of a report.
    enum Verdict {
        /// The file changed meanwhile, or one that it links to is not settled.
        case again
        /// Its writer is at work; nil: that was said.
        case waiting(Finding?)
        case passedOver
        case final
    }

    private let roots: [Name]
    private let settings: FolderWatch.Settings
    private let ledger: WatchLedger?
    private let notices: FolderNotices?
    /// Files that were checked, by their state then, with those of the files that they link to.
    private var known: [Name: (own: String, linked: String)] = [:]
    private var waiting: [Name: WatchedFile] = [:]
    /// Files in the order in which they are due.
    private var ready: [Name] = []
    private var taken = 0
    /// Masters that link to a file.
    private var masters: [Name: Set<Name>] = [:]
    private var identities: [Name: Identity.Key] = [:]
    private var absent = Set<Name>()
    private var blind = Set<Name>()
    private var nextWalk = 0.0
    private var nextSight = 0.0
    private var interval: Double
    private var hasWalked = false

    var working = 0
    var isDone = false
    var failure: Failure?

    init(_ roots: [Name], ledger: sending WatchLedger?, _ settings: FolderWatch.Settings) {
        self.roots = roots
        self.ledger = ledger
        self.settings = settings
        notices = settings.usesNotices ? FolderNotices() : nil
        let isFar = roots.contains { Folder.isOnNetwork($0) }
        interval = settings.poll ?? (isFar || notices == nil ? 2 : 60)
        for root in roots { identities[root] = Identity.of(root)?.key }
    }

    /// Everything that is there was looked at, and nothing waits.
    var isIdle: Bool { hasWalked && waiting.isEmpty }

    // MARK: Looking

    /// Takes what happened, and looks at what waits; what there is to say of folders.
    mutating func look() -> [String] {
        var notes: [String] = []
        let now = WatchClock.steady
        if now >= nextWalk {
            notes = walk()
            hasWalked = true
            // Looking takes at most a tenth of the time.
            let end = WatchClock.steady
            nextWalk = end + max(absent.isEmpty ? interval : min(interval, 1), 10 * (end - now))
        }
        for notice in notices?.next(milliseconds: 0) ?? [] {
            switch notice {
            case .file(let name): meet(name, root(of: name), isNotice: true)
            case .folder(let name): if let root = root(of: name) { enter(name, below: root, &notes) }
            case .gone(let name):
                notices?.remove(name)
                if roots.contains(name) { nextWalk = 0 } else { forget(below: name) }
            case .lost: nextWalk = 0
            }
        }
        if now >= nextSight {
            sight(now)
            nextSight = now + 0.1
        }
        return notes
    }

    private func root(of name: Name) -> Name? { roots.first { name.bytes.starts(with: $0.bytes + [0x2F]) } }

    /// Looks at everything below the folders.
    private mutating func walk() -> [String] {
        var notes: [String] = []
        for root in roots {
            let key = Identity.of(root)?.key
            if key == nil || key != identities[root] {
                if key == nil {
                    if absent.insert(root).inserted {
                        notes.append("'\(root.shown)' is not there any more; it is waited for")
                    }
                    forget(below: root)
                    continue
                }
                if absent.isEmpty { notes.append("'\(root.shown)' is another folder now") }
                identities[root] = key
                notices?.remove(root)
            }
            if absent.remove(root) != nil { notes.append("'\(root.shown)' is there again") }
            enter(root, below: root, &notes)
        }
        return notes
    }

    private mutating func enter(_ start: Name, below root: Name, _ notes: inout [String]) {
        guard let top = try? Folder(root) else { return }
        var open = [start]
        while let path = open.popLast() {
            // Asked for before the folder is listed, so that nothing comes between.
            if let notices, !notices.add(path), blind.insert(path).inserted {
                if blind.count == 1 {
                    notes.append("the system tells nothing of '\(path.shown)', and is asked every few seconds instead")
                }
                interval = settings.poll ?? 2
            }
            do throws(Failure) {
                let inner = Name(bytes: Array(path.bytes.dropFirst(root.bytes.count).drop { $0 == 0x2F }))
                let folder = try inner.bytes.isEmpty ? top : Folder(inner, in: top)
                for entry in try folder.entries() {
                    let name = inner.bytes.isEmpty ? entry.name : inner.appending(entry.name)
                    switch EntrySight.of(entry, called: name, in: folder, below: top) {
                    case .file: meet(path.appending(entry.name), root, isNotice: false)
                    case .folder: open.append(path.appending(entry.name))
                    case .passedOver, .trouble: continue
                    }
                }
            } catch {
                if error.code != .absent { notes.append(error.line) }
            }
        }
    }

    /// Takes a file down that is not known in its state.
    private mutating func meet(_ name: Name, _ root: Name?, isNotice: Bool) {
        guard let root, name.last.bytes.first != 0x2E else { return }
        let state = WatchedFile.State.of(name)
        if isNotice || known[name]?.own != state?.text { wakeMasters(name) }
        if waiting[name] != nil { return }
        guard let state else {
            known[name] = nil
            return
        }
        if known[name]?.own == state.text { return }
        if isNotice, Folder.working.kind(behind: name) != .file { return }
        do throws(Failure) {
            if let row = try ledger?.state(of: name), row.own == state.text, LinkedStates.areUnchanged(row.linked) {
                known[name] = row
                for path in LinkedStates.paths(row.linked) { masters[Name(path), default: []].insert(name) }
                return
            }
        } catch {
            failure = error
            return
        }
        let now = WatchClock.steady
        // What has stood still for long need not be waited for.
        let age = WatchClock.wall - state.modified
        let since = now - max(0, min(age, 1e6))
        waiting[name] = WatchedFile(root: root, state: state, since: since, due: since + settings.settle)
    }

    /// Masters are checked again when a file changed that they link to, and those that wait look at once.
    private mutating func wakeMasters(_ name: Name) {
        let now = WatchClock.steady
        for master in masters[name] ?? [] {
            guard let row = known[master], !LinkedStates.areUnchanged(row.linked) else { continue }
            known[master] = nil
            meet(master, root(of: master), isNotice: false)
        }
        let folder = name.folder
        for (other, file) in waiting where file.tries > 0 && !file.isInHand && other.folder == folder {
            waiting[other]?.due = min(file.due, now + settings.settle)
        }
    }

    private mutating func forget(below name: Name) {
        let below = name.bytes + [0x2F]
        for other in waiting.keys where other.bytes.starts(with: below) { waiting[other] = nil }
        for other in known.keys where other.bytes.starts(with: below) { known[other] = nil }
    }

    /// Looks at the files that wait; those that stood still are ready.
    private mutating func sight(_ now: Double) {
        for (name, file) in waiting where !file.isInHand {
            guard let state = WatchedFile.State.of(name) else {
                waiting[name] = nil
                continue
            }
            if state != file.state {
                waiting[name]?.state = state
                waiting[name]?.since = now
                waiting[name]?.due = now + settings.settle
            } else if now >= file.due {
                waiting[name]?.isInHand = true
                ready.append(name)
            }
        }
    }

    // MARK: Checking

    /// The next file that is ready.
    mutating func next() -> (Name, WatchedFile)? {
        while taken < ready.count {
            let name = ready[taken]
            taken += 1
            if let file = waiting[name] { return (name, file) }
        }
        ready.removeAll(keepingCapacity: true)
        taken = 0
        return nil
    }

    mutating func putBack(_ name: Name) { waiting[name]?.isInHand = false }

    /// What becomes of a report on a file that was in this state.
    mutating func judge(_ report: FileReport, _ name: Name, _ file: WatchedFile) -> Verdict {
        guard waiting[name] != nil else { return .again }
        waiting[name]?.isInHand = false
        let now = WatchClock.steady
        guard let state = WatchedFile.State.of(name) else {
            waiting[name] = nil
            return .again
        }
        let linked = report.kinship.linked.map { Name($0) }
        for one in linked { masters[one, default: []].insert(name) }
        if state != file.state {
            waiting[name]?.state = state
            waiting[name]?.since = now
            waiting[name]?.due = now + settings.settle
            return .again
        }
        let finding = report.findings.first { $0.rule == "FILE-013" }
        let hasChanged = report.failures.contains { $0.code == .changed || $0.code == .locked }
        if finding != nil || hasChanged {
            let tries = file.tries + 1
            waiting[name]?.tries = tries
            waiting[name]?.due = now + min(1, 0.25 * Double(tries))
            // The age in the sentence changes each time.
            let words = (finding?.message).map { String($0.prefix { $0 != "," }) } ?? "changed"
            guard file.told != words else { return .again }
            waiting[name]?.told = words
            return .waiting(finding)
        }
        let youngest = linked.compactMap { WatchedFile.State.of($0)?.modified }.max() ?? 0
        let rest = settings.settle - (WatchClock.wall - youngest)
        if rest > 0, rest <= settings.settle {
            waiting[name]?.due = now + rest
            return .again
        }
        if FilesOfRun.passedOver(report) != nil || report.kinship.part != nil { return .passedOver }
        return report.kinship.isUndescribed && masters[name]?.isEmpty == false ? .passedOver : .final
    }

    /// Takes down that a file was checked.
    mutating func finish(_ name: Name, _ file: WatchedFile, _ report: FileReport) {
        waiting[name] = nil
        let row = (own: file.state.text, linked: LinkedStates.text(report.kinship.linked))
        known[name] = row
        do throws(Failure) {
            try ledger?.set(name, state: row.own, linked: row.linked, status: report.status.text)
        } catch {
            failure = error
        }
    }
}
