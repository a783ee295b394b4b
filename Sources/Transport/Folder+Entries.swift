// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

extension Folder {
    /// One name of a folder.
    public struct Entry: Sendable, Hashable {
        /// Its name in the folder.
        public let name: Name
        /// What it is, links not followed.
        public let kind: Kind

        /// What an entry of a folder is.
        public enum Kind: Sendable, Hashable {
            case file, folder, link, pipe, socket, device
            /// It cannot be told.
            case unknown
        }
    }

    /// What the folder holds, without `.` and `..`, in the order of the bytes of the names.
    ///
    /// - Throws: When it cannot be listed to the end.
    /// - SeeAlso: readdir(3).
    public func entries() throws(Failure) -> [Entry] {
        let own = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard own >= 0, let stream = fdopendir(own) else {
            let number = errno
            if own >= 0 { close(own) }
            throw Failure.system("list", shownName, number)
        }
        defer { closedir(stream) }
        var entries: [Entry] = []
        while true {
            errno = 0
            guard let next = readdir(stream) else {
                guard errno == 0 else { throw Failure.system("list", shownName, errno) }
                break
            }
            let bytes = withUnsafeBytes(of: &next.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if bytes == [0x2E] || bytes == [0x2E, 0x2E] { continue }
            let name = Name(bytes: bytes)
            entries.append(Entry(name: name, kind: kind(of: name, type: next.pointee.d_type)))
        }
        return entries.sorted { $0.name.bytes.lexicographicallyPrecedes($1.name.bytes) }
    }

    /// What a name stands for, symbolic links followed; nil if nothing is there or it cannot be told.
    public func kind(behind name: Name) -> Entry.Kind? { sight(behind: name)?.kind }

    /// What a name stands for, symbolic links followed, and its bytes; nil if nothing is there or it cannot be told.
    public func sight(behind name: Name) -> (kind: Entry.Kind, size: Int)? {
        var facts = stat()
        guard name.withCString({ fstatat(descriptor, $0, &facts, 0) }) == 0 else { return nil }
        return (Entry.Kind(facts), Int(clamping: facts.st_size))
    }

    /// Why a name cannot be opened, behind which nothing was found or nothing that can be read.
    public func failure(toOpen name: Name) -> Failure {
        var facts = stat()
        guard name.withCString({ fstatat(descriptor, $0, &facts, 0) }) != 0 else {
            do throws(Failure) { try Source.check(facts, name) } catch { return error }
            let mayRead = name.withCString { faccessat(descriptor, $0, R_OK, AT_EACCESS) } == 0
            return Failure.system("open", name.text, mayRead ? ENOENT : errno)
        }
        return Source.absence(of: name, in: self, errno)
    }

    private var shownName: String { name.bytes.isEmpty ? "." : name.text }

    private func kind(of name: Name, type: UInt8) -> Entry.Kind {
        switch Int(type) {
        case DT_REG: return .file
        case DT_DIR: return .folder
        case DT_LNK: return .link
        case DT_FIFO: return .pipe
        case DT_SOCK: return .socket
        case DT_CHR, DT_BLK: return .device
        default:
            // Not every file system says.
            var facts = stat()
            guard name.withCString({ fstatat(descriptor, $0, &facts, AT_SYMLINK_NOFOLLOW) }) == 0 else {
                return .unknown
            }
            return Entry.Kind(facts)
        }
    }
}

extension Folder.Entry.Kind {
    init(_ facts: stat) {
        switch facts.st_mode & S_IFMT {
        case S_IFREG: self = .file
        case S_IFDIR: self = .folder
        case S_IFLNK: self = .link
        case S_IFIFO: self = .pipe
        case S_IFSOCK: self = .socket
        case S_IFCHR, S_IFBLK: self = .device
        default: self = .unknown
        }
    }
}
