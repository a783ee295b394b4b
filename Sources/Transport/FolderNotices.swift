// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// What the system tells of changes in folders of this machine; other machines' changes are not among them.
///
/// For one thread at a time.
/// - SeeAlso: inotify(7).
public final class FolderNotices {
    /// One thing that was told.
    public enum Notice: Sendable, Hashable {
        /// A file of the folder, or its name, changed.
        case file(Name)
        /// A folder came, or came under another name.
        case folder(Name)
        /// A folder went.
        case gone(Name)
        /// More happened than is told: everything has to be looked at.
        case lost
    }

    private let descriptor: Int32
    private var folders: [Int32: Name] = [:]
    private var numbers: [Name: Int32] = [:]
    private var room = [UInt8](repeating: 0, count: 1 << 16)

    /// Nil where the system tells nothing.
    public init?() {
        descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
        if descriptor < 0 { return nil }
    }

    deinit { close(descriptor) }

    private static let wanted = UInt32(
        IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE | IN_DELETE_SELF
            | IN_MOVE_SELF | IN_ONLYDIR)

    /// Asks for what happens in a folder; false where the system does not tell of it, or of no more folders.
    public func add(_ folder: Name) -> Bool {
        let number = folder.withCString { inotify_add_watch(descriptor, $0, Self.wanted) }
        guard number >= 0 else { return false }
        if let other = folders[number], other != folder { numbers[other] = nil }
        folders[number] = folder
        numbers[folder] = number
        return true
    }

    /// Asks no more for a folder and those below it.
    public func remove(_ folder: Name) {
        let below = folder.bytes + [0x2F]
        for (name, number) in numbers where name == folder || name.bytes.starts(with: below) {
            inotify_rm_watch(descriptor, number)
            numbers[name] = nil
            folders[number] = nil
        }
    }

    /// What happened since the last time; waits so many milliseconds for something.
    public func next(milliseconds: Int32) -> Set<Notice> {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, milliseconds) > 0 else { return [] }
        var notices = Set<Notice>()
        while true {
            let count = read(descriptor, &room, room.count)
            guard count > 0 else { return notices }
            var place = 0
            let front = MemoryLayout<inotify_event>.size
            while place + front <= count {
                let event = room.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: place, as: inotify_event.self) }
                let end = min(count, place + front + Int(event.len))
                let name = Name(bytes: Array(room[(place + front)..<end].prefix { $0 != 0 }))
                place = end
                if let notice = notice(event, name) { notices.insert(notice) }
            }
        }
    }

    private func notice(_ event: inotify_event, _ name: Name) -> Notice? {
        func has(_ bits: Int32) -> Bool { event.mask & UInt32(bits) != 0 }
        if has(IN_Q_OVERFLOW) { return .lost }
        guard let folder = folders[event.wd] else { return nil }
        if has(IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT | IN_IGNORED) {
            if has(IN_IGNORED) {
                folders[event.wd] = nil
                if numbers[folder] == event.wd { numbers[folder] = nil }
            }
            return .gone(folder)
        }
        guard !name.bytes.isEmpty else { return nil }
        let path = folder.appending(name)
        if has(IN_ISDIR) {
            if has(IN_MOVED_FROM | IN_DELETE) { return .gone(path) }
            return has(IN_CREATE | IN_MOVED_TO) ? .folder(path) : nil
        }
        return .file(path)
    }
}
