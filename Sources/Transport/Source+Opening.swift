// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CFiles
internal import Glibc

extension Source {
    /// Opens a regular file.
    ///
    /// What a name stands for is looked at before it is opened: opening a pipe wakes its writer, and a device may act.
    /// - Parameters:
    ///   - folder: Where a relative name begins.
    ///   - called: The name to tell people; nil for the same.
    ///   - isInput: No output of this process may take its place.
    /// - Throws: When the file is absent, may not be read, is no regular file, or its content is not on this machine.
    /// - SeeAlso: fstatat(2), openat(2) with O_NONBLOCK.
    public static func open(
        _ name: Name, in folder: Folder = .working, called: Name? = nil, isInput: Bool = true
    ) throws(Failure) -> Source {
        var facts = stat()
        guard name.withCString({ fstatat(folder.descriptor, $0, &facts, 0) }) == 0 else {
            throw absence(of: name, in: folder, errno)
        }
        try check(facts, name)
        if let held = HeldInputs.descriptor(of: Identity(facts).key) {
            return try Source(descriptor: held, name: called ?? name, isInput: isInput)
        }
        let descriptor = name.withCString {
            openat(folder.descriptor, $0, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        }
        guard descriptor >= 0 else { throw Failure.system("open", name.text, errno) }
        return try Source(descriptor: Descriptor(owning: descriptor), name: called ?? name, isInput: isInput)
    }

    /// Fails for what is no regular file.
    static func check(_ facts: stat, _ name: Name) throws(Failure) {
        guard facts.st_mode & S_IFMT != S_IFREG else { return }
        let isFolder = facts.st_mode & S_IFMT == S_IFDIR
        throw Failure.system("open", name.text, isFolder ? EISDIR : EINVAL)
    }

    /// Nothing is there; a symbolic link may say more.
    static func absence(of name: Name, in folder: Folder, _ number: Int32) -> Failure {
        guard number == ENOENT, let target = folder.target(of: name) else {
            return Failure.system("open", name.text, number)
        }
        if target.text.contains(".git/annex/objects/") {
            return Failure(
                attempt: "open", subject: name.text, code: .offline,
                words: "its content is not here, git-annex keeps it elsewhere", remedy: "fetch it with 'git annex get'")
        }
        return Failure(
            attempt: "open", subject: name.text, code: .absent,
            words: "it is a symbolic link to '\(target.shown)', which is not there",
            remedy: "mend the link or remove it")
    }

    static func offline(_ name: Name) -> Failure {
        Failure(
            attempt: "open", subject: name.text, code: .offline,
            words: "its content is not on this machine: the file has a size and no blocks, as tape systems leave it",
            remedy: "recall the file first")
    }

    /// The file has a size and no content on this machine. It is not read, for that would call it back.
    ///
    /// Some file systems keep small files in their tables, without a block.
    static func isElsewhere(_ identity: Identity, _ descriptor: Int32) -> Bool {
        identity.blocks == 0 && identity.size > largestInline && cfiles_is_hollow(descriptor) != 0
    }

    private static let largestInline: UInt64 = 1024
}
