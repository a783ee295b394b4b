// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Frames
import Synchronization
import Transport

/// Finds files of this machine for the locations of one description: what options put in their place, and what lies
/// beside the description.
///
/// Names are opened by the policy for links: a member never leads out of the folder that stands for its archive.
final class LocalLocations: LocationOpener {
    /// What a location leads to.
    private enum Base: Sendable {
        /// A file that the user named.
        case named(Name)
        /// A file in a folder.
        case inside(Folder, Name)
        /// The folder that stands for the extracted archive.
        case root(Folder)
        /// Folders in which members are looked for.
        case below
        case passedOver(String)
        case failed(Failure)
    }

    /// What one name leads to.
    private enum Way {
        case named(Name)
        case inside(Folder, Name)
        case passedOver(String)
        case absent(String)
        case failed(Failure)
    }

    private let description: Name
    private let substitutes: Substitutes
    private let isFollowing: Bool
    private let bases = Mutex<[String: Base]>([:])
    private let indices = Mutex<[FilesBelow]?>(nil)
    private let ownFolder = Mutex<Result<Folder, Failure>?>(nil)

    static let notOpened = "it lies in a file that the description names and this run does not open"

    /// The same of several files.
    static let noneOpened = "this run does not open them"

    /// Where files are looked for without an option.
    static let beside = "beside the description"

    /// - Parameters:
    ///   - description: The file that names the locations.
    ///   - isFollowing: Files beside the description are opened.
    init(of description: Name, _ substitutes: Substitutes, isFollowing: Bool) {
        self.description = description
        self.substitutes = substitutes
        self.isFollowing = isFollowing
    }

    func open(_ name: ExternalName) -> Located {
        let (way, isArchive) = way(of: name)
        func found(_ source: Source) -> Located { isArchive ? .archive(source) : .file(source) }
        switch way {
        case .passedOver(let why): return .passedOver(why)
        case .absent(let words): return .absent(words)
        case .failed(let failure): return .failed(failure)
        case .named(let path):
            do throws(Failure) { return found(try Source.open(path)) } catch { return .failed(error) }
        case .inside(let folder, let inner):
            switch folder.reach(inner, .dataset) {
            case .open(let source): return found(source)
            case .absent: return .absent(notThere(folder))
            case .refused(let why): return .failed(Self.refused(inner, why))
            case .failed(let failure): return .failed(failure)
            }
        }
    }

    func look(at names: [ExternalName]) -> [LocatedSight] { names.map(look) }

    private func look(at name: ExternalName) -> LocatedSight {
        let (way, isArchive) = way(of: name)
        func sight(_ sight: (kind: Folder.Entry.Kind, size: Int)?, _ folder: Folder?) -> LocatedSight {
            switch sight?.kind {
            case .file: isArchive ? .archive : .file(size: sight?.size)
            case nil: .absent(folder.map { notThere($0) } ?? "nothing is there")
            case .some: .failed("it is no regular file")
            }
        }
        switch way {
        case .passedOver(let why): return .passedOver(why)
        case .absent(let words): return .absent(words)
        case .failed(let failure): return .failed(failure.cause)
        case .named(let path): return sight(Folder.working.sight(behind: path), nil)
        case .inside(let folder, let inner):
            if let why = folder.refusal(of: inner, .dataset) { return .failed(why) }
            return sight(folder.sight(behind: inner), folder)
        }
    }

    func files(of location: String) -> [String]? {
        guard case .root(let folder) = base(of: location) else { return nil }
        return FilesBelow(folder.name).paths
    }

    // MARK: Ways

    private func way(of name: ExternalName) -> (Way, isArchive: Bool) {
        switch base(of: name.location) {
        case .named(let path): return (.named(path), name.member != nil)
        case .inside(let folder, let inner): return (.inside(folder, inner), name.member != nil)
        case .root(let folder):
            let inner = name.member ?? Reference(name.location).parts.last.map(String.init) ?? ""
            return (.inside(folder, Name(inner)), false)
        case .below: return (below(name.member.map { $0.split(separator: "/") } ?? []), false)
        case .passedOver(let why): return (.passedOver(why), false)
        case .failed(let failure): return (.failed(failure), false)
        }
    }

    private func below(_ parts: [Substring]) -> Way {
        for index in searched() {
            switch index.file(endingAs: parts) {
            case .one(let path): return inside(index.folder, path)
            case .several(let one, let other): return .failed(Self.ambiguous(parts, one, other))
            case .none: continue
            }
        }
        return .absent("below " + substitutes.folders.map { "'\($0.shown)'" }.joined(separator: " and "))
    }

    private func base(of location: String) -> Base {
        if let known = bases.withLock({ $0[location] }) { return known }
        let found = find(location)
        bases.withLock { $0[location] = found }
        return found
    }

    private func find(_ location: String) -> Base {
        let standing = substitutes.substitutes.filter { $0.stands(for: location) }
        substitutes.uses.note(location, standing)
        if let substitute = standing.last { return replaced(substitute, location) }
        let reference = Reference(location)
        let besides = reference.scheme == nil || reference.scheme == "file" ? besides(reference) : nil
        if case .inside(let folder, let inner) = besides, folder.kind(behind: inner) != nil {
            return .inside(folder, inner)
        }
        for index in searched() {
            switch index.file(endingAs: reference.parts) {
            case .one(let path):
                if case .inside(let folder, let inner) = inside(index.folder, path) { return .inside(folder, inner) }
            case .several(let one, let other): return .failed(Self.ambiguous(reference.parts, one, other))
            case .none: continue
            }
        }
        if !substitutes.folders.isEmpty { return .below }
        return besides ?? .passedOver(Self.notOpened)
    }

    private func replaced(_ substitute: Substitutes.Substitute, _ location: String) -> Base {
        let isFolder = Folder.working.kind(behind: substitute.path) == .folder
        guard isFolder else { return .named(substitute.path) }
        do throws(Failure) {
            let folder = try Folder(substitute.path)
            guard location != substitute.location else { return .root(folder) }
            let rest = Reference(String(location.dropFirst(substitute.beginning.count))).path
            let inner = Name(rest)
            // The archive may have been unpacked into a folder of its name.
            if folder.kind(behind: inner) == .folder, folder.refusal(of: inner, .dataset) == nil {
                return .root(try Folder(inner, in: folder).called(substitute.path.appending(inner)))
            }
            return .inside(folder, inner)
        } catch {
            return .failed(error)
        }
    }

    /// A file beside the description; nil where the location is none that lies there.
    private func besides(_ reference: Reference) -> Base? {
        guard isFollowing, !reference.path.isEmpty, !reference.path.hasSuffix("/") else { return nil }
        do throws(Failure) {
            let folder = try besideFolder()
            var inner = Name(reference.path)
            if inner.isAbsolute {
                guard reference.scheme == "file", let own = Folder.trueName(description.folder),
                    inner.bytes.starts(with: own.bytes + [0x2F])
                else { return nil }
                inner = Name(bytes: Array(inner.bytes.dropFirst(own.bytes.count + 1)))
            }
            guard folder.refusal(of: inner, .dataset) == nil else { return nil }
            return .inside(folder, inner)
        } catch {
            return .failed(error)
        }
    }

    private func besideFolder() throws(Failure) -> Folder {
        if let known = ownFolder.withLock({ $0 }) { return try known.get() }
        let made: Result<Folder, Failure>
        do throws(Failure) {
            made = .success(description.folder.bytes.isEmpty ? .working : try Folder(description.folder))
        } catch {
            made = .failure(error)
        }
        ownFolder.withLock { $0 = made }
        return try made.get()
    }

    private func inside(_ folder: Name, _ path: String) -> Way {
        do throws(Failure) { return .inside(try Folder(folder), Name(path)) } catch { return .failed(error) }
    }

    private func searched() -> [FilesBelow] {
        if substitutes.folders.isEmpty { return [] }
        return indices.withLock { known in
            if let known { return known }
            let made = substitutes.folders.map(FilesBelow.init)
            known = made
            return made
        }
    }

    // MARK: Words

    private func notThere(_ folder: Folder) -> String {
        folder.name == description.folder ? Self.beside : "in '\(folder.name.shown)'"
    }

    private static func refused(_ name: Name, _ why: String) -> Failure {
        Failure(attempt: "open", subject: name.text, code: .refused("link"), words: why)
    }

    private static func ambiguous(_ parts: [Substring], _ one: String, _ other: String) -> Failure {
        Failure(
            attempt: "find", subject: parts.joined(separator: "/"), code: .refused("name"),
            words: "several files have its name, such as '\(one)' and '\(other)'",
            remedy: "say which is meant with --sub")
    }
}

extension Substitutes.Substitute {
    /// What locations begin with that it is meant for.
    fileprivate var beginning: String { location.hasSuffix("/") ? location : location + "/" }

    /// It is meant for the location.
    func stands(for location: String) -> Bool {
        if location == self.location { return true }
        guard location.hasPrefix(beginning) else { return false }
        return self.location.hasSuffix("/") || Folder.working.kind(behind: path) == .folder
    }
}
