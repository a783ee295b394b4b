// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// A file and the files its external links and virtual datasets name, each read once.
public struct FileSet: Sendable {
    /// One file of a set.
    public struct OpenedFile: Sendable {
        /// Whether a file of the set was opened, and if not, why.
        public enum State: Sendable {
            case opened(Snapshot)
            /// There is no such file.
            case absent
            /// The policy does not let us read it; says why.
            case refused(String)
            case failed(Failure)
        }

        /// Path where it was looked for.
        public let path: String
        /// Name as the first file that names it writes it.
        public let name: String
        /// Whether it was opened.
        public let state: State
        /// What was seen of a file that could not be opened as HDF5; nil where not even its bytes could be read.
        public let sight: Sight?
        /// A name that is there beside a file that is not, and nearly the same; nil where there is none.
        public let alike: String?
        /// What the file system says of it; nil where it was not opened, or is no file of this machine.
        public let identity: Identity?

        /// Size and beginning of a file.
        public struct Sight: Sendable {
            /// Bytes.
            public let size: Int
            /// At most 64 bytes.
            public let head: [UInt8]
            /// Nil where no signature is found.
            public let superblock: Superblock?
        }

        init(
            path: String, name: String, state: State, sight: Sight? = nil, alike: String? = nil,
            identity: Identity? = nil
        ) {
            self.path = path
            self.name = name
            self.state = state
            self.sight = sight
            self.alike = alike
            self.identity = identity
        }

        /// What was read of it; nil when it was not opened.
        public var snapshot: Snapshot? { if case .opened(let snapshot) = state { snapshot } else { nil } }
    }

    /// The file that was asked for.
    public let main: Snapshot
    /// The index of a file is its number; 0 is the main file.
    public let files: [OpenedFile]
    /// More files were named than `Limits.files`.
    public let isCut: Bool
    private let numbers: [Named: Int]
    /// Files of external raw storage, by the file that names them.
    let raws: [RawName: RawFile]
    private let linksInARow: Int
    /// How the files were reached.
    let ways: FileWays

    private struct Named: Sendable, Hashable {
        let file: Int
        let name: String
    }

    struct RawName: Sendable, Hashable {
        let file: Int
        let name: String
    }

    /// Reads a file and those it names.
    ///
    /// - Parameters:
    ///   - source: The main file; others lie in its folder.
    ///   - follow: Which others are read; each is read like the main one, never its pixel data.
    ///   - limits: Bounds for each file, and for their number.
    ///   - policy: Which values of datasets are read, and which groups are entered.
    ///   - foreign: Where libhdf5 is asked for values that our own reader cannot unpack; nil: they are not read.
    /// - Throws: If the main file cannot be opened.
    public static func read(
        _ source: Source, follow: Folder.Follow = .dataset, limits: Limits = .default, policy: ValuePolicy,
        foreign: ForeignReader? = nil
    ) throws(Failure) -> FileSet {
        let main = try Snapshot.read(source, limits: limits, policy: policy, foreign: foreign)
        var search = FileSearch(main, source, follow: follow, limits: limits, policy: policy, foreign: foreign)
        search.run()
        let set = FileSet(
            main: main, files: search.files, isCut: search.isCut,
            numbers: .init(search.numbers.map { (Named(file: $0.key.file, name: $0.key.name), $0.value) }) { first, _ in
                first
            }, raws: search.raws, linksInARow: limits.linksInARow, ways: search.ways)
        return set.with(VirtualValues(set).snapshots())
    }

    /// The same set with other snapshots of some of its files.
    private func with(_ snapshots: [Int: Snapshot]) -> FileSet {
        if snapshots.isEmpty { return self }
        let files = self.files.enumerated().map { number, file in
            guard let snapshot = snapshots[number] else { return file }
            return OpenedFile(
                path: file.path, name: file.name, state: .opened(snapshot), sight: file.sight,
                identity: file.identity)
        }
        return FileSet(
            main: snapshots[0] ?? main, files: files, isCut: isCut, numbers: numbers, raws: raws,
            linksInARow: linksInARow, ways: ways)
    }

    /// Opens a file and reads it and those it names.
    public static func read(
        _ path: String, follow: Folder.Follow = .dataset, limits: Limits = .default, policy: ValuePolicy,
        foreign: ForeignReader? = nil
    ) throws(Failure) -> FileSet {
        try read(Source.open(Name(path)), follow: follow, limits: limits, policy: policy, foreign: foreign)
    }

    /// The number of a file by the name under which another one names it; nil if it names no such file.
    public func number(ofFile name: String, namedBy file: Int = 0) -> Int? {
        name == "." ? file : numbers[Named(file: file, name: name)]
    }

    /// Follows a path through links of all kinds.
    ///
    /// - Parameters:
    ///   - path: Absolute, or relative to a group.
    ///   - group: Absolute path of a group in that file.
    ///   - file: Number of the file where the path starts.
    /// - Returns: `.external` if the path ends in a file that is not there or was not read.
    public func resolve(_ path: String, from group: String, in file: Int = 0) -> Resolution {
        follow(path, from: group, in: file).resolution
    }

    /// Follows a path through links of all kinds, and tells in which file that ends.
    public func follow(_ path: String, from group: String, in file: Int = 0) -> PathEnd {
        var file = file
        // The file that the last link was met in.
        func end(_ resolution: Resolution) -> PathEnd { PathEnd(resolution: resolution, file: file) }
        var path = path
        var group = group
        for _ in 0...linksInARow {
            guard files.indices.contains(file), let snapshot = files[file].snapshot else {
                return end(.external(file: files.indices.contains(file) ? files[file].name : "", path: path))
            }
            let found = snapshot.resolve(path, from: group)
            switch found {
            case .object(let id, _): return end(.object(id, in: file))
            case .external(let name, let inside):
                guard let next = number(ofFile: name, namedBy: file), files[next].snapshot != nil else {
                    return end(found)
                }
                if next == file, inside == path { return end(.circle) }
                (file, path, group) = (next, inside, "/")
            default: return end(found)
            }
        }
        return end(.tooManyLinks)
    }

    /// The file names a virtual mapping stands for: one, or with `%b` those that exist and the first that does not.
    public func sources(of mapping: VirtualMapping, in file: Int = 0) -> [(name: String, file: Int?)] {
        let pattern = BlockPattern(mapping.file)
        guard pattern.isNumbered else {
            return [(pattern.name(0), number(ofFile: pattern.name(0), namedBy: file))]
        }
        var sources: [(name: String, file: Int?)] = []
        for block in 0... {
            let name = pattern.name(block)
            guard let number = number(ofFile: name, namedBy: file) else { break }
            sources.append((name, number))
        }
        return sources
    }
}
