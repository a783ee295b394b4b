// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Transport

/// Finds and reads the files a file names, and those they name.
struct FileSearch {
    struct Named: Hashable {
        let file: Int
        let name: String
    }

    private let follow: FileSet.Follow
    private let limits: Limits
    private let policy: ValuePolicy
    private(set) var files: [FileSet.OpenedFile]
    private(set) var numbers: [Named: Int] = [:]
    private(set) var isCut = false
    /// Numbers of files by their true path, so that none is read twice.
    private var places: [String: Int] = [:]

    init(_ main: Snapshot, follow: FileSet.Follow, limits: Limits, policy: ValuePolicy) {
        self.follow = follow
        self.limits = limits
        self.policy = policy
        files = [.init(path: main.path, name: main.path, state: .opened(main))]
        places[Self.truePath(main.path) ?? main.path] = 0
    }

    mutating func run() {
        var number = 0
        while number < files.count {
            if let snapshot = files[number].snapshot { nameFiles(of: snapshot, number) }
            number &+= 1
        }
    }

    private mutating func nameFiles(of snapshot: Snapshot, _ number: Int) {
        for object in snapshot.objects {
            for link in object.links {
                if case .external(let name, _) = link.target { add(name, namedBy: number) }
            }
            guard case .virtual(let mappings)? = object.dataset?.layout else { continue }
            for mapping in mappings { addSources(mapping.file, namedBy: number) }
        }
    }

    private mutating func addSources(_ name: String, namedBy number: Int) {
        let pattern = BlockPattern(name)
        guard pattern.isNumbered else { return add(pattern.name(0), namedBy: number) }
        for block in 0..<limits.files {
            let source = pattern.name(block)
            add(source, namedBy: number)
            guard let found = numbers[Named(file: number, name: source)], case .opened = files[found].state else {
                return
            }
        }
    }

    private mutating func add(_ name: String, namedBy number: Int) {
        let named = Named(file: number, name: name)
        guard name != ".", numbers[named] == nil else { return }
        guard files.count < limits.files else {
            isCut = true
            return
        }
        let folder = Self.folder(of: files[number].path)
        let path = name.utf8.starts(with: "/".utf8) ? name : folder.isEmpty ? name : folder + name
        if let refusal = refusal(name) {
            numbers[named] = register(path, name, .refused(refusal))
            return
        }
        guard let place = Self.truePath(path) else {
            numbers[named] = register(path, name, .absent)
            return
        }
        guard let known = places[place] else {
            let state = read(path, place, folder)
            let new = register(path, name, state)
            places[place] = new
            numbers[named] = new
            return
        }
        numbers[named] = known
    }

    private mutating func register(_ path: String, _ name: String, _ state: FileSet.OpenedFile.State) -> Int {
        files.append(.init(path: path, name: name, state: state))
        return files.count &- 1
    }

    /// Why a name is not looked up at all.
    private func refusal(_ name: String) -> String? {
        if name.isEmpty { return "the name is empty" }
        switch follow {
        case .none: return "other files are not followed"
        case .root: return nil
        case .dataset:
            if name.utf8.starts(with: "/".utf8) { return "the name is absolute" }
            if name.contains("://") || name.contains("\\") || name.dropFirst().first == ":" {
                return "the name is not a plain relative path"
            }
            if name.split(separator: "/").contains("..") { return "the name leaves the folder of the file" }
            return nil
        }
    }

    /// Reads a file that exists, unless a symbolic link has led out of where we may read.
    private func read(_ path: String, _ place: String, _ folder: String) -> FileSet.OpenedFile.State {
        let allowed: String? =
            switch follow {
            case .root(let root): Self.truePath(root)
            case .dataset, .none: Self.truePath(folder.isEmpty ? "." : folder)
            }
        guard let allowed, place.utf8.starts(with: (allowed == "/" ? "/" : allowed + "/").utf8) else {
            return .refused("it lies outside the folder that may be read")
        }
        do throws(Failure) {
            return .opened(try Snapshot.read(path, limits: limits, policy: policy))
        } catch {
            return .failed(error)
        }
    }

    /// The folder of a file with a slash at its end; empty for the working directory.
    private static func folder(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
        return String(path[...slash])
    }

    /// The path without symbolic links; nil if nothing is there.
    private static func truePath(_ path: String) -> String? {
        guard let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }
}
