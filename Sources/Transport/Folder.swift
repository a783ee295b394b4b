// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CFiles
internal import Glibc

/// A folder of this machine in which inputs lie, held open; the only judge of the names that files give to others.
public final class Folder: Sendable {
    /// The name it was reached by.
    public let name: Name
    let descriptor: Int32
    /// Who opens what is named in this folder, when this process does not; by the file that lies in it.
    let opening: Source.Opening?

    /// The working directory of the process.
    public static let working = Folder(descriptor: AT_FDCWD, name: Name(bytes: []))

    private init(descriptor: Int32, name: Name, opening: Source.Opening? = nil) {
        self.descriptor = descriptor
        self.name = name
        self.opening = opening
    }

    /// The folder of a file that another process opened: it holds no descriptor, and every name in it is asked for.
    public convenience init(_ name: Name, opening: Source.Opening) {
        self.init(descriptor: -1, name: name, opening: opening)
    }

    /// The same folder under another name.
    public func called(_ name: Name) throws(Failure) -> Folder {
        let own = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard own >= 0 else { throw Failure.system("open the folder", name.text, errno) }
        return Folder(descriptor: own, name: name)
    }

    /// The path of a folder without symbolic links; the working directory for an empty name, nil if nothing is there.
    public static func trueName(_ name: Name) -> Name? { truePath(name.bytes.isEmpty ? Name(".") : name) }

    /// A name from the top of the file system on, without '.' and '..'; links in it are not looked at.
    public static func absolute(_ name: Name) -> Name {
        let nowhere = Name(bytes: [])
        let whole = name.isAbsolute ? name : (trueName(nowhere) ?? nowhere).appending(name)
        var steps: [ArraySlice<UInt8>] = []
        for step in whole.bytes.split(separator: 0x2F) {
            if step.elementsEqual([0x2E]) { continue }
            if step.elementsEqual([0x2E, 0x2E]) { _ = steps.popLast() } else { steps.append(step) }
        }
        return Name(bytes: [0x2F] + Array(steps.joined(separator: [0x2F])))
    }

    /// Opens a folder; symbolic links in its own name are followed.
    public convenience init(_ name: Name, in folder: Folder = .working) throws(Failure) {
        let path = name.bytes.isEmpty ? Name(".") : name
        let descriptor = path.withCString { openat(folder.descriptor, $0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw Failure.system("open the folder", path.text, errno) }
        self.init(descriptor: descriptor, name: name)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Which names are followed that a file gives to others.
    public enum Follow: Sendable, Hashable {
        case none
        /// Plain relative names, to files that lie below this folder.
        case dataset
        /// Any name, to files that lie below that folder.
        case root(Name)
    }

    /// What a name leads to.
    public enum Opened: Sendable {
        case open(Source)
        case absent
        /// The policy does not let us look; says why.
        case refused(String)
        case failed(Failure)
    }

    /// Why a name is not looked up at all; nil if it is.
    ///
    /// - Source: audit.md, link policy.
    public func refusal(of name: Name, _ follow: Follow) -> String? {
        if name.bytes.isEmpty { return "the name is empty" }
        switch follow {
        case .none: return "other files are not followed"
        case .root: return nil
        case .dataset:
            if name.isAbsolute { return "the name is absolute" }
            let text = name.text
            if text.contains("://") || text.contains("\\") || text.dropFirst().first == ":" {
                return "the name is not a plain relative path"
            }
            if name.bytes.split(separator: 0x2F).contains(where: { $0.elementsEqual([0x2E, 0x2E]) }) {
                return "the name leaves the folder of the file"
            }
            return nil
        }
    }

    /// The file behind a name in this folder, symbolic links followed, not opened; nil if it cannot be told.
    public func identity(of name: Name) -> Identity? {
        var facts = stat()
        guard name.withCString({ fstatat(descriptor, $0, &facts, 0) }) == 0 else { return nil }
        return Identity(facts)
    }

    /// Opens what a file in this folder names, if the policy lets us.
    public func reach(_ name: Name, _ follow: Follow) -> Opened {
        if let refusal = refusal(of: name, follow) { return .refused(refusal) }
        var facts = stat()
        guard name.withCString({ fstatat(descriptor, $0, &facts, 0) }) == 0 else { return missing(name, errno) }
        do throws(Failure) {
            try Source.check(facts, path(of: name))
            switch follow {
            case .none: return .refused("other files are not followed")
            case .dataset: return try beneath(name)
            case .root(let root): return try opened(name, below: root)
            }
        } catch {
            return .failed(error)
        }
    }

    /// A name in this folder leads to something below it, symbolic links followed.
    public func holds(_ name: Name) -> Bool {
        guard let place = Self.truePath(path(of: name)),
            let own = Self.truePath(self.name.bytes.isEmpty ? Name(".") : self.name)
        else { return false }
        return place.bytes.starts(with: own.bytes.last == 0x2F ? own.bytes : own.bytes + [0x2F])
    }

    /// Opens a file by a path that begins with the name of this folder; never one that links lead out of it.
    public func source(below path: Name) throws(Failure) -> Source {
        let inner =
            path.bytes.starts(with: name.bytes)
            ? Name(bytes: Array(path.bytes[name.bytes.count...].drop { $0 == 0x2F })) : path
        var facts = stat()
        guard inner.withCString({ fstatat(descriptor, $0, &facts, 0) }) == 0 else {
            throw Source.absence(of: inner, in: self, errno).of(path)
        }
        try Source.check(facts, path)
        switch try beneath(inner) {
        case .open(let source): return source
        case .absent: throw Failure.system("open", path.text, ENOENT)
        case .refused(let why):
            throw Failure(
                attempt: "open", subject: path.text, code: .refused("link"), words: why,
                remedy: "name the file itself, or put a copy in place of the link")
        case .failed(let failure): throw failure
        }
    }

    /// The kernel itself keeps a name inside a folder, whatever links do meanwhile.
    public static var isResolvedByKernel: Bool { opensBeneath }

    private static let outside = "it lies outside the folder that may be read"
    private static let opensBeneath = cfiles_opens_beneath() != 0

    func path(of name: Name) -> Name { name.isAbsolute ? name : self.name.appending(name) }

    private func missing(_ name: Name, _ number: Int32) -> Opened {
        guard number == ENOENT || number == ENOTDIR else {
            return .failed(.system("open", path(of: name).text, number))
        }
        let failure = Source.absence(of: name, in: self, number)
        guard case .offline = failure.code else { return .absent }
        return .failed(failure)
    }

    private func beneath(_ name: Name) throws(Failure) -> Opened {
        guard Self.opensBeneath else { return try opened(name, below: self.name) }
        if HeldInputs.isActive, isPlain(name), let key = identity(of: name)?.key,
            let held = HeldInputs.descriptor(of: key)
        {
            return .open(try Source(descriptor: held, name: path(of: name)))
        }
        let found = name.withCString { cfiles_open_beneath(descriptor, $0) }
        if found >= 0 { return .open(try Source(descriptor: Descriptor(owning: found), name: path(of: name))) }
        switch -found {
        // Or an absolute link, which may lead back into the folder.
        case EXDEV, ELOOP: return try opened(name, below: self.name)
        case ENOENT, ENOTDIR: return .absent
        default: throw Failure.system("open", path(of: name).text, -found)
        }
    }

    /// No step of a name is a symbolic link or leads up, so that it stays in this folder.
    private func isPlain(_ name: Name) -> Bool {
        guard !name.isAbsolute else { return false }
        var way: [UInt8] = []
        for step in name.bytes.split(separator: 0x2F) {
            if step.elementsEqual([0x2E, 0x2E]) { return false }
            way += (way.isEmpty ? [] : [0x2F]) + step
            var facts = stat()
            let found = Name(bytes: way).withCString { fstatat(descriptor, $0, &facts, AT_SYMLINK_NOFOLLOW) }
            guard found == 0, facts.st_mode & S_IFMT != S_IFLNK else { return false }
        }
        return true
    }

    /// Opens a file whose true path lies below a folder.
    private func opened(_ name: Name, below root: Name) throws(Failure) -> Opened {
        let path = path(of: name)
        guard let place = Self.truePath(path) else { return .absent }
        guard let allowed = Self.truePath(root.bytes.isEmpty ? Name(".") : root),
            place.bytes.starts(with: allowed.bytes.last == 0x2F ? allowed.bytes : allowed.bytes + [0x2F])
        else { return .refused(Self.outside) }
        return .open(try Source.open(place, called: path))
    }

    /// The path without symbolic links; nil if nothing is there.
    ///
    /// - SeeAlso: realpath(3).
    static func truePath(_ name: Name) -> Name? {
        guard let found = name.withCString({ realpath($0, nil) }) else { return nil }
        defer { free(found) }
        return Name(bytes: Array(UnsafeRawBufferPointer(start: found, count: strlen(found))))
    }

    /// Where a symbolic link leads; nil if the name is none.
    func target(of name: Name) -> Name? {
        var room = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let size = room.count
        let count = name.withCString { path in
            room.withUnsafeMutableBufferPointer { buffer in
                buffer.withMemoryRebound(to: CChar.self) { chars in
                    chars.baseAddress.map { readlinkat(descriptor, path, $0, size) } ?? -1
                }
            }
        }
        return count > 0 ? Name(bytes: Array(room[..<count])) : nil
    }
}
