// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CFiles
internal import Glibc
internal import Synchronization

/// A file that a library writes by its path, and that gets its name only when it is whole.
///
/// It lies in the folder of the name as `.NAME.partial-PID`. Whatever ends the program but SIGKILL and the power takes it
/// away; what a crash has left is told by `leftovers(of:)`.
public final class PartialFile: Sendable {
    /// The name it is to have.
    public let name: Name
    /// Where it lies until then.
    public let path: Name
    private let folder: Folder
    private let partial: Name
    private let target: Name
    private let mode: mode_t?
    private let guardSlot: Int32
    private let isOpen = Mutex(true)

    /// Makes an empty file beside the name.
    ///
    /// - Parameters:
    ///   - name: A path.
    ///   - inputs: Files that the run reads: none of them is replaced, by whatever name.
    ///   - replaces: A file that is there already may be replaced.
    ///   - worth: Why an existing file must never be replaced; nil if it may.
    /// - Throws: With the code of wrong usage when the output is refused.
    public init(
        _ name: Name, inputs: Set<Identity.Key> = [], replaces: Bool, worth: (Source) -> String? = { _ in nil }
    ) throws(Failure) {
        var facts = stat()
        if name.withCString({ stat($0, &facts) }) == 0, facts.st_mode & S_IFMT != S_IFREG {
            throw Failure(
                attempt: "write", subject: name.text, code: .usage, words: "it is no regular file",
                remedy: "name a file")
        }
        // Looks at the name, and changes nothing there.
        _ = try OutputFile(name, inputs: inputs, replaces: replaces, worth: replaces ? worth : { _ in nil })
        let mode = name.withCString({ stat($0, &facts) }) == 0 ? facts.st_mode : nil
        // Behind a symbolic link the file itself is replaced.
        let place = mode == nil ? name : Folder.truePath(name) ?? name
        let folder = try Folder(place.folder)
        let partial = Name(bytes: Self.front(place.last) + Array(String(getpid()).utf8))
        // One of this number is of a process that is no more.
        _ = partial.withCString { unlinkat(folder.descriptor, $0, 0) }
        let descriptor = partial.withCString {
            openat(folder.descriptor, $0, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
        }
        guard descriptor >= 0 else { throw Self.failure(name, errno) }
        if let mode { fchmod(descriptor, mode & 0o7777) }
        close(descriptor)
        self.name = name
        self.folder = folder
        self.partial = partial
        self.mode = mode
        target = place.last
        path = place.folder.appending(partial)
        guardSlot = path.withCString { cfiles_guard($0) }
    }

    deinit { discard() }

    /// Gives the file its name: sync, rename, sync of the folder.
    ///
    /// - Throws: When that is not possible; the file is then taken away.
    public func commit() throws(Failure) {
        guard isOpen.withLock({ $0 }) else { return }
        let number = named()
        guard number == 0 else {
            discard()
            throw Self.failure(name, number)
        }
        isOpen.withLock { $0 = false }
        cfiles_release(guardSlot)
    }

    /// Takes the file away, unless it has its name.
    public func discard() {
        let wasOpen = isOpen.withLock { isOpen in
            defer { isOpen = false }
            return isOpen
        }
        guard wasOpen else { return }
        _ = partial.withCString { unlinkat(folder.descriptor, $0, 0) }
        cfiles_release(guardSlot)
    }

    /// Takes the file away after it was given its name: a set of files of which one could not be written.
    public func withdraw() {
        discard()
        _ = target.withCString { unlinkat(folder.descriptor, $0, 0) }
    }

    private func named() -> Int32 {
        let descriptor = partial.withCString { openat(folder.descriptor, $0, O_RDONLY | O_NOFOLLOW | O_CLOEXEC) }
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { return errno }
        let isRenamed = partial.withCString { from in
            target.withCString { to in renameat(folder.descriptor, from, folder.descriptor, to) == 0 }
        }
        guard isRenamed else { return errno }
        fsync(folder.descriptor)
        return 0
    }

    /// Partial files of a name that were left by processes which are no more.
    public static func leftovers(of name: Name) -> [Name] {
        let front = front(name.last)
        guard let entries = try? Folder(name.folder).entries() else { return [] }
        return entries.compactMap { entry in
            guard entry.name.bytes.starts(with: front),
                let process = Int32(String(decoding: entry.name.bytes.dropFirst(front.count), as: UTF8.self)),
                process > 0, process != getpid(), kill(process, 0) != 0, errno == ESRCH
            else { return nil }
            return name.folder.appending(entry.name)
        }
    }

    /// Hidden, and not longer than names may be.
    private static func front(_ name: Name) -> [UInt8] {
        Array(".".utf8) + name.bytes.prefix(200) + Array(".partial-".utf8)
    }

    private static func failure(_ name: Name, _ number: Int32) -> Failure {
        Failure(
            attempt: "write", subject: name.text, code: .init(system: number),
            words: Failure.systemWords(number, isWriting: true),
            remedy: number == ENOSPC ? "make room, or name a file on another disk" : "name a file in another folder")
    }
}
