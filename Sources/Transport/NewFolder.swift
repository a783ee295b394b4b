// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CFiles
internal import Glibc
internal import Synchronization

/// A folder of results that is there whole or not at all: it is filled under a hidden name beside its own, and renamed.
///
/// Nothing that is there already is written into, and what is taken away at the end was made by this value. Several threads
/// may make files in it.
public final class NewFolder: Sendable {
    /// The name that it gets.
    public let name: Name
    private let parent: Folder
    private let temporary: Name
    private let descriptor: Int32
    /// What was made in it, in that order, and whether it has got its name.
    private let made: Mutex<(folders: [Name], files: [Name], isDone: Bool)>

    /// Begins a folder.
    ///
    /// - Throws: With the code of wrong usage when something has that name already.
    /// - SeeAlso: mkdirat(2).
    public init(_ name: Name) throws(Failure) {
        var bytes = name.bytes
        while bytes.count > 1, bytes.last == 0x2F { bytes.removeLast() }
        let name = Name(bytes: bytes)
        self.name = name
        guard !name.last.bytes.isEmpty, name.last.bytes != [0x2E], name.last.bytes != [0x2E, 0x2E] else {
            throw Failure(
                attempt: "make the folder", subject: name.text, code: .usage, words: "the name names no new folder",
                remedy: "name one that is not there yet")
        }
        let parent: Folder
        do throws(Failure) {
            parent = try Folder(name.folder)
        } catch {
            throw Failure(
                attempt: "make the folder", subject: name.text, code: error.code, words: error.words,
                remedy: "make the folder around it first, or name another place")
        }
        let temporary = Name(bytes: Array(".".utf8) + name.last.bytes.prefix(200) + Array(".partial-\(getpid())".utf8))
        var facts = stat()
        let isThere = name.last.withCString { fstatat(parent.descriptor, $0, &facts, AT_SYMLINK_NOFOLLOW) == 0 }
        guard !isThere else {
            throw Failure(
                attempt: "make the folder", subject: name.text, code: .usage, words: "there is such a name already",
                remedy: "name another folder, or move it away")
        }
        guard temporary.withCString({ mkdirat(parent.descriptor, $0, 0o777) }) == 0 else {
            throw Self.failure(name, errno)
        }
        (self.parent, self.temporary) = (parent, temporary)
        descriptor = temporary.withCString {
            openat(parent.descriptor, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        }
        made = Mutex(([], [], false))
        guard descriptor >= 0 else { throw Self.failure(name, errno) }
    }

    deinit {
        let made = made.withLock { $0 }
        if !made.isDone, descriptor >= 0 {
            for file in made.files { _ = file.withCString { unlinkat(descriptor, $0, 0) } }
            for folder in made.folders.reversed() { _ = folder.withCString { unlinkat(descriptor, $0, AT_REMOVEDIR) } }
            _ = temporary.withCString { unlinkat(parent.descriptor, $0, AT_REMOVEDIR) }
        }
        if descriptor >= 0 { close(descriptor) }
    }

    /// Makes an empty folder; the one around it is there.
    ///
    /// - SeeAlso: mkdir(2).
    public static func make(_ name: Name) throws(Failure) {
        guard name.withCString({ mkdir($0, 0o777) }) == 0 else { throw failure(name, errno) }
    }

    /// Makes a folder that nobody has made; the one around it is there.
    ///
    /// - SeeAlso: mkdir(2).
    public static func makeIfAbsent(_ name: Name) throws(Failure) {
        guard !name.bytes.isEmpty, Folder.working.kind(behind: name) != .folder else { return }
        let number = name.withCString { mkdir($0, 0o777) == 0 ? 0 : errno }
        guard number == 0 || number == EEXIST && Folder.working.kind(behind: name) == .folder else {
            throw failure(name, number)
        }
    }

    /// Makes a folder inside; the one around it was made before.
    public func makeFolder(_ inner: Name) throws(Failure) {
        guard inner.withCString({ mkdirat(descriptor, $0, 0o777) }) == 0 else {
            throw Self.failure(self.name.appending(inner), errno)
        }
        made.withLock { $0.folders.append(inner) }
    }

    /// Makes a file inside, to be written and ended by the caller.
    public func makeFile(_ inner: Name) throws(Failure) -> NewFile {
        let number = inner.withCString {
            openat(descriptor, $0, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
        }
        guard number >= 0 else { throw Self.failure(self.name.appending(inner), errno) }
        made.withLock { $0.files.append(inner) }
        return NewFile(descriptor: number, name: self.name.appending(inner))
    }

    /// Makes a file with these bytes.
    public func write(_ bytes: [UInt8], to inner: Name) throws(Failure) {
        let file = try makeFile(inner)
        var failure: Failure?
        bytes.withUnsafeBytes { bytes in
            do throws(Failure) { try file.write(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
        try file.end()
    }

    /// Opens a file that was made and ended, to be read.
    public func open(_ inner: Name) throws(Failure) -> Source {
        let number = inner.withCString { openat(descriptor, $0, O_RDONLY | O_NOFOLLOW | O_CLOEXEC) }
        guard number >= 0 else { throw Self.failure(self.name.appending(inner), errno) }
        return try Source(descriptor: Descriptor(owning: number), name: self.name.appending(inner), isInput: false)
    }

    /// The folder as it can be reached until it gets its name.
    public var place: Name { parent.name.appending(temporary) }

    /// Gives the folder its name.
    ///
    /// - Throws: When something took the name meanwhile; what was made is then taken away with this value.
    public func commit() throws(Failure) {
        for folder in made.withLock({ $0.folders }) {
            let inner = folder.withCString { openat(descriptor, $0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
            if inner >= 0 {
                fsync(inner)
                close(inner)
            }
        }
        fsync(descriptor)
        let isRenamed = temporary.withCString { from in
            name.last.withCString { to in renameat(parent.descriptor, from, parent.descriptor, to) == 0 }
        }
        guard isRenamed else { throw Self.failure(name, errno) }
        fsync(parent.descriptor)
        made.withLock { $0.isDone = true }
    }

    static func failure(_ name: Name, _ number: Int32) -> Failure {
        let remedy =
            switch number {
            case ENOSPC, EDQUOT, EFBIG: "make room, or name a folder on another disk"
            case EACCES, EPERM, EROFS: "name a folder that you may write to"
            case EEXIST, ENOTEMPTY: "name another folder, or move it away"
            default: "name another folder"
            }
        return Failure(
            attempt: "write", subject: name.text, code: .init(system: number), words: String(cString: strerror(number)),
            remedy: remedy)
    }
}

/// A file of a new folder, written from its beginning to its end.
public final class NewFile {
    /// The name that it has when its folder has got its own.
    public let name: Name
    private let descriptor: Int32
    private var isEnded = false
    /// Bytes that were written, and how many of them are on their way to the disk.
    private var length = 0
    private var begun = 0
    /// So many bytes are sent to the disk at a time.
    private static let portion = 8 << 20

    init(descriptor: Int32, name: Name) {
        self.descriptor = descriptor
        self.name = name
    }

    deinit { if !isEnded { close(descriptor) } }

    /// Adds bytes.
    ///
    /// - SeeAlso: write(2), sync_file_range(2).
    public func write(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
        var done = 0
        while done < bytes.count {
            let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done)
            if count < 0 {
                if errno == EINTR { continue }
                throw NewFolder.failure(name, errno)
            }
            done += count
        }
        length += bytes.count
        guard length - begun >= Self.portion else { return }
        // The disk works from now on, not at the end alone; where it cannot be told so, the end waits longer.
        cfiles_begin_writing(descriptor, Int64(begun), Int64(length - begun))
        begun = length
    }

    /// Ends the file, with its bytes on the disk.
    ///
    /// - SeeAlso: fsync(2).
    public func end() throws(Failure) {
        isEnded = true
        let number = fsync(descriptor) == 0 ? 0 : errno
        let isClosed = close(descriptor) == 0
        guard number == 0, isClosed else { throw NewFolder.failure(name, number == 0 ? errno : number) }
    }
}
