// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Archive
internal import Diffraction
internal import HDF5
internal import NeXus
internal import Synchronization
internal import Transport

/// An HDF5 file that a description names, with the datasets that were asked for.
final class ExternalContainer: Sendable {
    /// What a path leads to.
    enum Images: Sendable {
        case stack(FrameReader, FrameStack)
        /// Something else, or nothing; says what.
        case none(String)
        case unread(String)
    }

    /// What was asked for: of a far file one frame, for whose sake it was read.
    private struct Key: Hashable {
        let path: String
        let frame: Int?
    }

    private let source: Source
    private let follow: Folder.Follow
    private let files: FileSet
    private let first: Int
    private let known = Mutex<[Key: Images]>([:])

    /// - Parameter frame: The one that is wanted first, from 1; of a far file nothing is read for the sake of others.
    init(_ source: Source, follow: Folder.Follow, frame: Int) throws(Failure) {
        self.source = source
        self.follow = follow
        first = frame
        files = try FileSet.read(
            source, follow: Self.follow(follow, source), limits: Self.limits(source, frame), policy: .small)
    }

    /// What a far file links to lies elsewhere on its server, and not on this machine.
    private static func follow(_ follow: Folder.Follow, _ source: Source) -> Folder.Follow {
        source.isFar && source.opening == nil ? .none : follow
    }

    private static func limits(_ source: Source, _ frame: Int) -> HDF5.Limits {
        var limits = HDF5.Limits.default
        guard source.isFar else { return limits }
        limits.rows = max(0, frame - 1)..<max(1, frame)
        limits.wholeFileBytes = 1 << 18
        return limits
    }

    /// Lies elsewhere: of its datasets no more is known than a frame takes.
    var isFar: Bool { source.isFar }

    /// - Parameter frame: From 1.
    func images(at path: String, frame: Int) -> Images {
        let key = Key(path: path, frame: source.isFar ? frame : nil)
        if let images = known.withLock({ $0[key] }) { return images }
        let limits = Self.limits(source, frame)
        var files = files
        if source.isFar, frame != first {
            do throws(Failure) {
                files = try FileSet.read(
                    source, follow: Self.follow(follow, source), limits: limits, policy: .small)
            } catch {
                return .unread(error.cause)
            }
        }
        let images: Images
        switch DatasetFrames(path, in: files) {
        case .images(let map):
            if let stack = map.stacks.first {
                images = .stack(FrameReader(map, of: .files(files), limits: limits), stack)
            } else {
                images = .none("a dataset without elements")
            }
        case .other(let words): images = .none(words)
        case .absent: images = .none("")
        case .unread(let words): images = .unread(words)
        }
        known.withLock { $0[key] = images }
        return images
    }

    /// Paths of datasets that may hold images.
    var stacks: [String] { DatasetFrames.stacks(in: files, most: 6) }
}

/// Opens what a file of an archive names: other members of the archive.
final class ArchiveOpener: Opener {
    private let archive: MemberArchive
    /// The folders of the members that were opened, by their number.
    private let folders: Mutex<[Name]>

    init(_ archive: MemberArchive, member: String) {
        self.archive = archive
        folders = Mutex([Name(member).folder])
    }

    /// The member that was asked for, with the way to others.
    func source(_ source: Source) -> Source { source.opened(by: Source.Opening(by: self, number: 0)) }

    func open(_ words: [String]) throws(Failure) -> Source {
        throw Failure(attempt: "open", subject: words.first ?? "", code: .refused("archive"), words: "it is no member")
    }

    func reach(_ name: Name, called path: Name, namedBy file: Int) -> Folder.Reached {
        guard let folder = folders.withLock({ $0.indices.contains(file) ? $0[file] : nil }) else {
            return Folder.Reached(key: nil, opened: .absent)
        }
        let member = folder.appending(name)
        switch archive.member(member.text, isWhole: false) {
        case .open(let source):
            let number = folders.withLock { folders in
                folders.append(member.folder)
                return folders.count - 1
            }
            return Folder.Reached(
                key: nil, opened: .open(source.opened(by: Source.Opening(by: self, number: number))))
        case .absent where archive.kind != .zip && archive.kind != .tar:
            return Folder.Reached(
                key: nil, opened: .refused("members of a compressed TAR are not opened through links"))
        case .absent: return Folder.Reached(key: nil, opened: .absent)
        case .refused(let why): return Folder.Reached(key: nil, opened: .refused(why))
        case .failed(let failure): return Folder.Reached(key: nil, opened: .failed(failure))
        }
    }
}
