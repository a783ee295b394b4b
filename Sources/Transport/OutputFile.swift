// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// A file that is written whole or not at all: temporary name in the same folder, sync, rename, sync of the folder.
///
/// A pipe, a device or standard output is written through, as it comes, and a file of several names is written over at the
/// end. Symbolic links stay; the file behind them is replaced, its mode kept.
public final class OutputFile {
    /// The name that is written to.
    public let name: Name
    /// Where it goes, to tell two outputs that are one.
    public let place: Place
    private let target: Target
    private let isOwn: Bool
    private var held: [UInt8] = []
    /// Where bytes are kept that are too many to be held: the file that will take the name.
    private var draft: Int32?
    /// The first error of writing, by its number; nothing is written after it, and `commit` tells it.
    private var fault: Int32 = 0

    /// What two names of one output have in common.
    public enum Place: Sendable, Hashable {
        case existing(Identity.Key)
        case new(folder: Identity.Key, name: Name)
    }

    private enum Target {
        /// Written as it comes; closed by this output if it is its own.
        case through(Int32, isOwn: Bool)
        /// A file of several names, written over at the end.
        case overwritten(Int32)
        /// Replaced at the end.
        case replaced(folder: Folder, name: Name, mode: mode_t?)
    }

    /// More bytes are not held in memory.
    private static let mostHeld = 4 << 20

    /// Opens an output before anything is read, and looks whether it can be written; nothing is changed yet.
    ///
    /// - Parameters:
    ///   - name: A path.
    ///   - inputs: Files that the run reads: none of them is written, by whatever name.
    ///   - replaces: A file that is there already may be replaced.
    ///   - isOwn: A result of this program that takes the place of an older one, which the run may have read.
    ///   - worth: Why an existing file must never be replaced; nil if it may.
    /// - Throws: With the code of wrong usage when the output is refused.
    public init(
        _ name: Name, inputs: Set<Identity.Key> = [], replaces: Bool = true, isOwn: Bool = false,
        worth: (Source) -> String? = { _ in nil }
    ) throws(Failure) {
        self.name = name
        self.isOwn = isOwn
        var facts = stat()
        guard name.withCString({ stat($0, &facts) }) == 0 else {
            guard errno == ENOENT else { throw Self.failure(name, errno) }
            (target, place) = try Self.fresh(name)
            return
        }
        let identity = Identity(facts)
        place = .existing(identity.key)
        if inputs.contains(identity.key) { throw Self.refused(name, "it is an input of this run") }
        if let own = Self.standardOutput(identity.key) {
            target = .through(own, isOwn: false)
            return
        }
        switch facts.st_mode & S_IFMT {
        case S_IFREG:
            if facts.st_size > 0 {
                if let source = try? Source.open(name, isInput: false), let why = worth(source) {
                    throw Self.refused(name, why)
                }
                guard replaces else {
                    throw Failure(
                        attempt: "write", subject: name.text, code: .usage, words: "there is such a file already",
                        remedy: "name another file, or give --force to replace it")
                }
            }
            target = try facts.st_nlink > 1 ? Self.over(name) : Self.replacing(name, facts)
        case S_IFDIR: throw Self.failure(name, EISDIR).with(code: .usage)
        default: target = try Self.through(name)
        }
    }

    deinit {
        switch target {
        case .through(let descriptor, true), .overwritten(let descriptor): close(descriptor)
        case .replaced(let folder, let last, _): drop(folder, last)
        default: break
        }
    }

    /// Adds bytes.
    public func write(_ bytes: [UInt8]) throws(Failure) {
        guard fault == 0 else { return }
        switch target {
        case .through(let descriptor, _): fault = Self.write(bytes, to: descriptor)
        case .overwritten: held += bytes
        case .replaced(let folder, let last, let mode):
            held += bytes
            if held.count > Self.mostHeld { fault = spill(folder, last, mode) }
        }
        if fault != 0 { throw Self.failure(name, fault) }
    }

    /// Ends the output; without it a file that would be replaced stays as it was.
    ///
    /// - Throws: With the code of wrong usage when the file was read in the run: by a link of an input, which nobody knew
    ///   before.
    public func commit() throws(Failure) {
        if !isOwn, case .existing(let key) = place, Source.isInput(key) {
            throw Self.refused(name, "an input of this run is read from it; nothing was changed there")
        }
        let number: Int32
        switch target {
        case .through(let descriptor, let isOwn):
            guard fault == 0 else { throw Self.failure(name, fault) }
            // What cannot be synced, such as a pipe, says so.
            if isOwn, fsync(descriptor) != 0, errno != EINVAL, errno != EROFS { throw Self.failure(name, errno) }
            return
        case .overwritten(let descriptor):
            guard ftruncate(descriptor, 0) == 0 else { throw Self.failure(name, errno) }
            let number = Self.write(held, to: descriptor)
            guard number == 0, fsync(descriptor) == 0 else {
                throw Self.failure(name, number == 0 ? errno : number)
            }
            return
        case .replaced(let folder, let last, let mode):
            number = fault == 0 ? replace(folder, last, mode) : fault
            drop(folder, last)
        }
        guard number != 0 else { return }
        let failure = Self.failure(name, number)
        throw Failure(
            attempt: failure.attempt, subject: failure.subject, code: failure.code,
            words: failure.words + "; nothing was changed there", remedy: failure.remedy)
    }

    // MARK: Bytes

    /// Writes all bytes; the error number of the system when that is not possible, else 0.
    ///
    /// - SeeAlso: write(2).
    public static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let count = Glibc.write(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
                if count < 0 {
                    if errno == EINTR { continue }
                    if errno == EAGAIN {
                        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                        poll(&waiting, 1, -1)
                        continue
                    }
                    return errno
                }
                done += count
            }
            return 0
        }
    }

    /// Writes what is held to the file that will take the name; the error number of the system, else 0.
    private func spill(_ folder: Folder, _ last: Name, _ mode: mode_t?) -> Int32 {
        if draft == nil {
            let descriptor = Self.create(Self.temporary(last), in: folder)
            guard descriptor >= 0 else { return errno }
            if let mode { fchmod(descriptor, mode & 0o7777) }
            draft = descriptor
        }
        let number = draft.map { Self.write(held, to: $0) } ?? EIO
        held.removeAll(keepingCapacity: true)
        return number
    }

    private func replace(_ folder: Folder, _ last: Name, _ mode: mode_t?) -> Int32 {
        let temporary = Self.temporary(last)
        var number = spill(folder, last, mode)
        guard let descriptor = draft else { return number }
        if number == 0, fsync(descriptor) != 0 { number = errno }
        if number == 0 {
            let isRenamed = temporary.withCString { from in
                last.withCString { to in renameat(folder.descriptor, from, folder.descriptor, to) == 0 }
            }
            if !isRenamed { number = errno }
        }
        guard number == 0 else { return number }
        fsync(folder.descriptor)
        if close(descriptor) != 0 { number = errno }
        draft = nil
        return number
    }

    /// Takes away what was begun and has not got its name.
    private func drop(_ folder: Folder, _ last: Name) {
        guard let descriptor = draft else { return }
        close(descriptor)
        Self.remove(Self.temporary(last), in: folder)
        draft = nil
    }

    private static func remove(_ name: Name, in folder: Folder) {
        _ = name.withCString { unlinkat(folder.descriptor, $0, 0) }
    }

    private static func create(_ name: Name, in folder: Folder) -> Int32 {
        name.withCString {
            openat(folder.descriptor, $0, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
        }
    }

    /// Hidden, told from that of other processes, and not longer than names may be.
    private static func temporary(_ name: Name) -> Name {
        Name(bytes: Array(".".utf8) + name.bytes.prefix(200) + Array(".partial-\(getpid())".utf8))
    }

    // MARK: Targets

    private static func fresh(_ name: Name) throws(Failure) -> (Target, Place) {
        // A symbolic link that leads nowhere: the file is made where it points to.
        if let target = Folder.working.target(of: name) {
            let led = target.isAbsolute ? target : name.folder.appending(target)
            guard Folder.working.target(of: led) == nil else { throw failure(name, ELOOP) }
            return try fresh(led)
        }
        guard !name.last.bytes.isEmpty else { throw failure(name, name.bytes.isEmpty ? ENOENT : EISDIR) }
        let folder = try folder(of: name)
        guard let key = folder.identity(of: Name("."))?.key else { throw failure(name, errno) }
        return (.replaced(folder: folder, name: name.last, mode: nil), .new(folder: key, name: name.last))
    }

    private static func replacing(_ name: Name, _ facts: stat) throws(Failure) -> Target {
        let place = Folder.truePath(name) ?? name
        return .replaced(folder: try folder(of: place), name: place.last, mode: facts.st_mode)
    }

    /// The folder of an output, in which a file was made for a moment.
    private static func folder(of name: Name) throws(Failure) -> Folder {
        let folder: Folder
        do throws(Failure) {
            folder = try Folder(name.folder)
        } catch {
            throw Failure(
                attempt: "write", subject: name.text, code: error.code, words: error.words,
                remedy: "name another folder")
        }
        let temporary = temporary(name.last)
        let descriptor = create(temporary, in: folder)
        guard descriptor >= 0 else { throw failure(name, errno) }
        close(descriptor)
        remove(temporary, in: folder)
        return folder
    }

    private static func over(_ name: Name) throws(Failure) -> Target {
        let descriptor = name.withCString { open($0, O_WRONLY | O_CLOEXEC | O_NOCTTY) }
        guard descriptor >= 0 else { throw failure(name, errno) }
        return .overwritten(descriptor)
    }

    private static func through(_ name: Name) throws(Failure) -> Target {
        let descriptor = name.withCString { open($0, O_WRONLY | O_TRUNC | O_CLOEXEC | O_NOCTTY) }
        guard descriptor >= 0 else { throw failure(name, errno) }
        return .through(descriptor, isOwn: true)
    }

    /// Standard output or standard error when the file is one of them.
    private static func standardOutput(_ key: Identity.Key) -> Int32? {
        [STDOUT_FILENO, STDERR_FILENO].first { number in
            var facts = stat()
            return fstat(number, &facts) == 0 && facts.st_mode & S_IFMT != S_IFCHR && Identity(facts).key == key
        }
    }

    private static func refused(_ name: Name, _ why: String) -> Failure {
        Failure(attempt: "write", subject: name.text, code: .usage, words: why, remedy: "name another file")
    }

    private static func failure(_ name: Name, _ number: Int32) -> Failure {
        let remedy =
            switch number {
            case ENOSPC, EDQUOT, EFBIG: "make room, or name a file on another disk"
            case EACCES, EPERM, EROFS: "name a file in a folder that you may write to"
            default: "name another file"
            }
        return Failure(
            attempt: "write", subject: name.text, code: .init(system: number), words: String(cString: strerror(number)),
            remedy: remedy)
    }
}
