// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
public import Transport

/// A file to look at.
public struct Input: Sendable, Hashable {
    public let path: String
    /// The file was met in a folder, not named: one that is no diffraction data is passed over in silence.
    public let isFound: Bool

    public init(_ path: String, isFound: Bool = false) {
        self.path = path
        self.isFound = isFound
    }
}

/// The words after the options as files: names, folders, lists of names.
///
/// - Source: reports.md section 1.
public struct InputList: Sendable {
    /// Folders are searched for files (-r).
    public var entersFolders: Bool
    /// Lists are separated by bytes of zero, not by line feeds (--from0).
    public var isNullSeparated: Bool

    public init(entersFolders: Bool, isNullSeparated: Bool) {
        self.entersFolders = entersFolders
        self.isNullSeparated = isNullSeparated
    }

    /// The files that the words name, each once, in the order of the words; those of a folder by name.
    ///
    /// A file that is not there stays in the list: the check of it says so.
    public func files(_ words: [String]) throws(Failure) -> [Input] {
        var inputs: [Input] = []
        var seen = Set<String>()
        for word in words {
            for input in try expand(word) where seen.insert(input.path).inserted { inputs.append(input) }
        }
        return inputs
    }

    private func expand(_ word: String) throws(Failure) -> [Input] {
        if word == "-" { return try listed("/dev/stdin", shown: "standard input") }
        if word.hasPrefix("@"), word.utf8.count > 1 {
            let path = String(word.dropFirst())
            return try listed(path, shown: "'\(path)'")
        }
        return try folderOrFile(word)
    }

    private func listed(_ path: String, shown: String) throws(Failure) -> [Input] {
        var inputs: [Input] = []
        for name in try list(path, shown: shown) { inputs += try folderOrFile(name) }
        return inputs
    }

    private func folderOrFile(_ path: String) throws(Failure) -> [Input] {
        var facts = stat()
        guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR else { return [Input(path)] }
        guard entersFolders else {
            throw Failure(usage: "'\(path)' is a folder", remedy: "give -r to check the files in it")
        }
        return FolderWalk.files(under: path).map { Input($0, isFound: true) }
    }

    private func list(_ path: String, shown: String) throws(Failure) -> [String] {
        guard let bytes = FileBytes.read(path) else {
            let cause = String(cString: strerror(errno))
            throw Failure(usage: "the list of inputs in \(shown) cannot be read: \(cause)", remedy: "check its name")
        }
        let separator: UInt8 = isNullSeparated ? 0 : 0x0A
        return bytes.split(separator: separator).compactMap { line in
            let name = line.last == 0x0D && !isNullSeparated ? line.dropLast() : line
            return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
        }
    }
}

/// The files below a folder.
enum FolderWalk {
    /// Regular files below a folder, without hidden ones, sorted by name; symbolic links to folders are not entered.
    static func files(under folder: String) -> [String] {
        var found: [String] = []
        var open = [folder]
        while let next = open.popLast() {
            var folders: [String] = []
            for name in names(in: next) {
                let path = next.hasSuffix("/") ? next + name : next + "/" + name
                var facts = stat()
                guard lstat(path, &facts) == 0 else { continue }
                switch facts.st_mode & S_IFMT {
                case S_IFDIR: folders.append(path)
                case S_IFREG: found.append(path)
                case S_IFLNK:
                    if stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG { found.append(path) }
                default: break
                }
            }
            open += folders
        }
        return found.sorted()
    }

    private static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }
}

/// Whole files of ours: profiles, lists, answers.
public enum FileBytes {
    /// All bytes, or nil with the reason in errno.
    public static func read(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            if count < 0 { return nil }
            if count == 0 { return bytes }
            bytes += piece[..<count]
        }
    }
}
