// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
public import Transport

/// A file to look at.
public struct Input: Sendable, Hashable {
    public let path: String
    /// The folder in which the file was met, when it was not named: links out of it are not followed, and a file that is
    /// no diffraction data is passed over.
    public let folder: String?
    /// Why what was met cannot be looked at.
    public let trouble: Failure?

    public init(_ path: String, folder: String? = nil, trouble: Failure? = nil) {
        self.path = path
        self.folder = folder
        self.trouble = trouble
    }

    /// The file was met in a folder, not named.
    public var isFound: Bool { folder != nil }

    /// What another process is told to open: the path, and the folder that it must not leave.
    public var words: [String] { [path] + (folder.map { [$0] } ?? []) }

    /// Opens what the words of an input say.
    ///
    /// - Parameter opener: Who opens it, when this process may not.
    public static func open(_ words: [String], by opener: (any Opener)? = nil) throws(Failure) -> Source {
        if let opener { return try opener.open(words) }
        let name = Name(words.first ?? "")
        guard words.count > 1 else { return try Source.open(name) }
        return try Folder(Name(words[1])).source(below: name)
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

    /// What the words name.
    public struct Files: Sendable {
        public var inputs: [Input] = []
        /// What of the folders was passed over by its kind alone, and how often.
        public var passedOver: [String: Int] = [:]
    }

    /// The files that the words name, each once, in the order of the words; those of a folder by name.
    ///
    /// A file that is not there stays in the list: the check of it says so.
    public func files(_ words: [String]) throws(Failure) -> [Input] { try expanded(words).inputs }

    /// The files that the words name, with what was passed over.
    public func expanded(_ words: [String]) throws(Failure) -> Files {
        var files = Files()
        var all: [Input] = []
        for word in words { all += try expand(word, &files.passedOver) }
        if all.count > 1 {
            var seen = Set<Name>()
            // Two strings can be equal and two names: accents have two forms.
            all = all.filter { seen.insert(Name($0.path)).inserted }
        }
        files.inputs = all
        return files
    }

    private func expand(_ word: String, _ passedOver: inout [String: Int]) throws(Failure) -> [Input] {
        if word == "-" { return try listed("/dev/stdin", shown: "standard input", &passedOver) }
        if word.hasPrefix("@"), word.utf8.count > 1 {
            let path = String(word.dropFirst())
            return try listed(path, shown: "'\(path)'", &passedOver)
        }
        return try folderOrFile(word, &passedOver)
    }

    private func listed(_ path: String, shown: String, _ passedOver: inout [String: Int]) throws(Failure) -> [Input] {
        var inputs: [Input] = []
        for name in try list(path, shown: shown) { inputs += try folderOrFile(name, &passedOver) }
        return inputs
    }

    private func folderOrFile(_ path: String, _ passedOver: inout [String: Int]) throws(Failure) -> [Input] {
        guard Folder.working.kind(behind: Name(path)) == .folder else { return [Input(path)] }
        guard entersFolders else {
            throw Failure(usage: "'\(path)' is a folder", remedy: "give -r to check the files in it")
        }
        let walk = FolderWalk(Name(path))
        passedOver.merge(walk.passedOver, uniquingKeysWith: +)
        return walk.found.map { Input($0.name.text, folder: path, trouble: $0.trouble) }
    }

    /// The bytes are those of a file to be checked, not of a list of names: an HDF5 signature, the first line of a CIF or
    /// CBF, or a byte that stands in no list.
    private static func isData(_ bytes: [UInt8], isNullSeparated: Bool) -> Bool {
        let front = bytes.prefix(512)
        if front.starts(with: [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]) { return true }
        let starts = ["###CBF", "#\\#CIF", "data_"].map { Array($0.utf8) }
        let first = front.prefix { $0 != 0x0A }
        // A file may be called so; a list with one line is that of a person who knows.
        if starts.contains(where: first.starts), bytes.count > first.count + 1 { return true }
        return !isNullSeparated && front.contains(0)
    }

    private func list(_ path: String, shown: String) throws(Failure) -> [String] {
        guard let bytes = FileBytes.read(path) else {
            let cause = String(cString: strerror(errno))
            throw Failure(usage: "the list of inputs in \(shown) cannot be read: \(cause)", remedy: "check its name")
        }
        if Self.isData(bytes, isNullSeparated: isNullSeparated) {
            throw Failure(
                usage: "\(shown) holds data, and names of files are read from it",
                remedy: "give the name of the file itself")
        }
        let separator: UInt8 = isNullSeparated ? 0 : 0x0A
        return bytes.split(separator: separator).compactMap { line in
            let name = line.last == 0x0D && !isNullSeparated ? line.dropLast() : line
            return name.isEmpty ? nil : Name(bytes: Array(name)).text
        }
    }
}

/// Whole files of ours: profiles, lists, answers.
public enum FileBytes {
    /// More is none of them, and a device has no end.
    private static let most = 512 << 20

    /// All bytes, or nil with the reason in errno.
    public static func read(_ path: String) -> [UInt8]? {
        // A file that others of this run read as well is opened once.
        if HeldInputs.isActive, let source = try? Source.open(Name(path), isInput: false), source.size <= most,
            let bytes = try? source.bytes(at: 0, count: source.size)
        {
            return bytes
        }
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
            guard bytes.count + count <= most else {
                errno = EFBIG
                return nil
            }
            bytes += piece[..<count]
        }
    }
}
