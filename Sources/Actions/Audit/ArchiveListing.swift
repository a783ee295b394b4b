// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Digest
import Glibc
import Synchronization
import Transport

/// One name of an archive, as its folder and the file system tell of it.
struct ListedEntry: Sendable {
    /// What is to be done with a name.
    enum Fate: Sendable {
        case check
        case passedOver(String)
        case trouble(Failure)
        /// Its content lies elsewhere.
        case elsewhere(AbsentContent)

        var isCheck: Bool {
            if case .check = self { true } else { false }
        }
    }

    let name: Name
    let kind: EntryKind
    let state: FileState?
    let fate: Fate
}

/// One folder of an archive.
struct ListedFolder: Sendable {
    /// From the root; empty for the root itself.
    let name: Name
    /// Nil: it could not be listed.
    let entries: [ListedEntry]
    let failure: Failure?
    /// Of the folder itself; nil where they cannot be looked at.
    var permissions: Int?
}

/// Goes through all folders below a root with several threads: lists names and asks what they are; opens no file.
struct ArchiveListing {
    private let top: Folder
    private let threads: Int
    /// A folder of this shard: the names of others are not looked at.
    private let isOurs: @Sendable (Name) -> Bool

    init(_ top: Folder, threads: Int, isOurs: @escaping @Sendable (Name) -> Bool) {
        self.top = top
        self.threads = threads
        self.isOurs = isOurs
    }

    private struct Open {
        var folders: [Name] = [Name(bytes: [])]
        var busy = 0
    }

    /// Hands over every folder, from several threads; stops once `take` says no.
    func run(_ take: @escaping @Sendable (ListedFolder) -> Bool) {
        let open = Mutex(Open())
        let hasEnded = Atomic(false)
        PlainThreads.run(threads) { _ in
            while !hasEnded.load(ordering: .relaxed) {
                let next: Name?? = open.withLock { open in
                    if let folder = open.folders.popLast() {
                        open.busy += 1
                        return .some(folder)
                    }
                    return open.busy == 0 ? .none : .some(nil)
                }
                guard let next else { return }
                guard let next else {
                    // Another thread may find more folders.
                    usleep(300)
                    continue
                }
                let (listed, inner) = list(next)
                open.withLock { open in
                    open.busy -= 1
                    open.folders += inner.reversed()
                }
                if !take(listed) { hasEnded.store(true, ordering: .relaxed) }
            }
        }
    }

    private func list(_ inner: Name) -> (ListedFolder, [Name]) {
        var found: [ListedEntry] = []
        var folders: [Name] = []
        do throws(Failure) {
            let folder = try inner.bytes.isEmpty ? top : Folder(inner, in: top)
            let isOurs = isOurs(inner)
            for entry in try folder.entries() {
                let name = inner.bytes.isEmpty ? entry.name : inner.appending(entry.name)
                if entry.kind == .folder {
                    if case .passedOver(let why) = EntrySight.of(entry, called: name, in: folder, below: top) {
                        guard isOurs else { continue }
                        found.append(ListedEntry(name: entry.name, kind: .folder, state: nil, fate: .passedOver(why)))
                    } else {
                        folders.append(name)
                    }
                    continue
                }
                if isOurs { found.append(look(at: entry, called: name, in: folder)) }
            }
            let state = try? folder.state(of: Name("."), followsLinks: true)
            return (
                ListedFolder(name: inner, entries: found, failure: nil, permissions: state?.permissions), folders
            )
        } catch {
            return (ListedFolder(name: inner, entries: [], failure: error), [])
        }
    }

    private func look(at entry: Folder.Entry, called name: Name, in folder: Folder) -> ListedEntry {
        let kind = EntryKind(entry.kind)
        let state = try? folder.state(of: entry.name, followsLinks: true)
        func listed(_ fate: ListedEntry.Fate) -> ListedEntry {
            ListedEntry(name: entry.name, kind: kind, state: state, fate: fate)
        }
        if kind == .link, let content = AbsentContent(link: entry.name, in: folder) {
            return listed(.elsewhere(content))
        }
        switch EntrySight.of(entry, called: name, in: folder, below: top) {
        case .folder, .file:
            guard let state else {
                do throws(Failure) {
                    _ = try folder.state(of: entry.name, followsLinks: true)
                    return listed(.check)
                } catch {
                    return listed(.trouble(error))
                }
            }
            if let content = AbsentContent(state, entry.name, in: folder) { return listed(.elsewhere(content)) }
            return listed(.check)
        case .passedOver(let why): return listed(.passedOver(why))
        case .trouble(let failure): return listed(.trouble(failure))
        }
    }
}

/// What stands behind a row of the store.
public enum EntryKind: String, Sendable, Hashable, CaseIterable {
    case file, folder, link, pipe, socket, device, unknown
    /// The images of one name template; a row of the audit, not of the file system.
    case series

    init(_ kind: Folder.Entry.Kind) {
        self =
            switch kind {
            case .file: .file
            case .folder: .folder
            case .link: .link
            case .pipe: .pipe
            case .socket: .socket
            case .device: .device
            case .unknown: .unknown
            }
    }
}
