// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Transport

/// Finds and reads the files a file names, and those they name.
struct FileSearch {
    struct Named: Hashable {
        let file: Int
        let name: String
    }

    private let follow: Folder.Follow
    private let limits: Limits
    private let policy: ValuePolicy
    private let foreign: ForeignReader?
    private(set) var files: [FileSet.OpenedFile]
    private(set) var numbers: [Named: Int] = [:]
    private(set) var raws: [FileSet.RawName: RawFile] = [:]
    private(set) var isCut = false
    /// Numbers of files but the main one by what they are, so that none is opened twice.
    private var places: [Identity.Key: Int] = [:]
    private let mainKey: Identity.Key?
    private var folders: [Name: Folder] = [:]
    /// Files that another process opened, by their number.
    private var openings: [Int: Source.Opening] = [:]
    private var alikeAsked = 0
    /// How the files were reached, for whoever reads more of them later.
    private(set) var ways = FileWays()

    init(
        _ main: Snapshot, _ source: Source, follow: Folder.Follow, limits: Limits, policy: ValuePolicy,
        foreign: ForeignReader?
    ) {
        self.follow = follow
        self.limits = limits
        self.policy = policy
        self.foreign = foreign
        files = [.init(path: main.path, name: main.path, state: .opened(main), identity: source.identity)]
        mainKey = source.identity?.key
        openings[0] = source.opening
        ways = FileWays(source, follow: follow)
    }

    mutating func run() {
        var number = 0
        while number < files.count {
            if let snapshot = files[number].snapshot { nameFiles(of: snapshot, number) }
            number &+= 1
        }
    }

    private mutating func nameFiles(of snapshot: Snapshot, _ number: Int) {
        let wanted = Self.wanted(by: snapshot)
        for object in snapshot.objects {
            for link in object.links {
                if case .external(let name, _) = link.target { add(name, namedBy: number, wanted) }
            }
            switch object.dataset?.layout {
            case .virtual(let mappings):
                for mapping in mappings { addSources(mapping.file, namedBy: number, wanted) }
            case .external(let segments):
                for segment in segments { addRaw(segment.file, namedBy: number) }
            case .compact, .contiguous, .chunked, .unknown, nil: continue
            }
        }
    }

    /// What is followed in a file at most; the rest of its closed groups stays unread.
    private static let mostWanted = 256

    /// The paths that are followed in each of the files a file names.
    private static func wanted(by snapshot: Snapshot) -> [String: Set<String>] {
        var paths: [String: Set<String>] = [:]
        func want(_ path: String, _ name: String) {
            if paths[name, default: []].count < mostWanted { paths[name, default: []].insert(path) }
        }
        for object in snapshot.objects {
            for link in object.links {
                if case .external(let name, let path) = link.target { want(path, name) }
            }
            if case .virtual(let mappings)? = object.dataset?.layout {
                for mapping in mappings { want(mapping.dataset, mapping.file) }
            }
        }
        return paths
    }

    private mutating func addSources(_ name: String, namedBy number: Int, _ wanted: [String: Set<String>]) {
        let pattern = BlockPattern(name)
        guard pattern.isNumbered else { return add(pattern.name(0), namedBy: number, wanted) }
        for block in 0..<limits.files {
            let source = pattern.name(block)
            add(source, namedBy: number, wanted)
            guard let found = numbers[Named(file: number, name: source)], case .opened = files[found].state else {
                return
            }
        }
    }

    private mutating func add(_ name: String, namedBy number: Int, _ wanted: [String: Set<String>]) {
        let named = Named(file: number, name: name)
        guard name != ".", numbers[named] == nil else { return }
        guard files.count < limits.files else {
            isCut = true
            return
        }
        let target = Name(name)
        let place = Name(files[number].path).folder
        let path = target.isAbsolute ? name : place.appending(target).text
        let folder: Folder
        do throws(Failure) {
            folder = try self.folder(place, of: number)
        } catch {
            numbers[named] = register(path, name, .failed(error))
            return
        }
        let reached = folder.reach(target, follow) { $0 == mainKey || places[$0] != nil }
        guard let opened = reached.opened else {
            numbers[named] = reached.key == mainKey ? 0 : reached.key.flatMap { places[$0] }
            return
        }
        let (state, sight) = read(opened, entering: (wanted[name] ?? []).sorted())
        let new = register(
            path, name, state, sight, alike: alike(target, state, in: folder),
            identity: { if case .open(let source) = opened { source.identity } else { nil } }())
        if case .open(let source) = opened {
            openings[new] = source.opening
            if case .opened = state {
                ways.note(source, new, target, in: folder, keeping: limits.openFiles)
            }
        }
        if let key = reached.key { places[key] = new }
        numbers[named] = new
    }

    /// Measures a file of raw storage.
    private mutating func addRaw(_ name: String, namedBy number: Int) {
        let key = FileSet.RawName(file: number, name: name)
        guard raws[key] == nil else { return }
        guard raws.count < limits.files else {
            isCut = true
            return
        }
        do throws(Failure) {
            let folder = try self.folder(Name(files[number].path).folder, of: number)
            switch folder.reach(Name(name), follow, unless: { _ in false }).opened {
            case .absent, nil: raws[key] = .absent
            case .refused(let why): raws[key] = .refused(why)
            case .failed(let failure): raws[key] = .failed(failure.innermost)
            case .open(let source): raws[key] = .present(size: source.size)
            }
        } catch {
            raws[key] = .failed(error.innermost)
        }
    }

    private mutating func register(
        _ path: String, _ name: String, _ state: FileSet.OpenedFile.State, _ sight: FileSet.OpenedFile.Sight? = nil,
        alike: String? = nil, identity: Identity? = nil
    ) -> Int {
        files.append(
            .init(path: path, name: name, state: state, sight: sight, alike: alike, identity: identity))
        return files.count &- 1
    }

    /// What stands beside a file that is not there under nearly its name; asked for the first few that are missing.
    private mutating func alike(_ name: Name, _ state: FileSet.OpenedFile.State, in folder: Folder) -> String? {
        guard case .absent = state, alikeAsked < 8, name.folder.bytes.isEmpty else { return nil }
        alikeAsked &+= 1
        guard let entries = try? folder.entries() else { return nil }
        return NameAlike.nearest(to: name.text, among: entries.filter { $0.kind == .file }.map(\.name.text))
    }

    /// The folder of a file of the set.
    private mutating func folder(_ name: Name, of number: Int) throws(Failure) -> Folder {
        if let opening = openings[number] { return Folder(name, opening: opening) }
        if let known = folders[name] { return known }
        let folder = name.bytes.isEmpty ? .working : try Folder(name)
        folders[name] = folder
        return folder
    }

    private func read(
        _ opened: Folder.Opened, entering paths: [String]
    ) -> (state: FileSet.OpenedFile.State, sight: FileSet.OpenedFile.Sight?) {
        switch opened {
        case .absent: return (.absent, nil)
        case .refused(let why): return (.refused(why), nil)
        case .failed(let failure): return (.failed(failure), nil)
        case .open(let source):
            do throws(Failure) {
                return (
                    .opened(
                        try Snapshot.read(source, limits: limits, policy: policy, entering: paths, foreign: foreign)),
                    nil
                )
            } catch {
                return (.failed(error), Self.sight(of: source))
            }
        }
    }

    /// Size and beginning of a file that is no HDF5 or cannot be followed; nil where its bytes cannot be read.
    private static func sight(of source: Source) -> FileSet.OpenedFile.Sight? {
        guard let head = try? source.bytes(at: 0, count: min(source.size, 64)) else { return nil }
        return FileSet.OpenedFile.Sight(
            size: source.size, head: head, superblock: (try? Superblock.locate(in: source)) ?? nil)
    }
}
