// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Archive
import Diffraction
import Frames
import ImgCIF
import RuleCatalog
import RuleEngine
import Transport

/// Compares the files that rows name with those that are there, both ways.
struct ExternalComparison {
    private(set) var groups: [ArchiveView.Group] = []
    private let table: ExternalTable
    private let images: ExternalImages
    private let locations: any LocationOpener

    init(_ table: ExternalTable, _ images: ExternalImages, _ locations: any LocationOpener) {
        self.table = table
        self.images = images
        self.locations = locations
        groups = table.groups.compactMap(compared)
    }

    private func compared(_ group: ExternalTable.Group) -> ArchiveView.Group? {
        guard let first = group.files.first else { return nil }
        var result = ArchiveView.Group(
            scope: table.scope, location: ImageAddress.masked(group.location),
            place: table.data.place(.uri, first.row))
        result.files = group.files.count
        switch group.isArchive ? images.place(of: first.name) : .files {
        case .archive(let archive): compare(group, archive, &result)
        case .files: compare(group, &result)
        case .notArchive(let content):
            result.faults = [.init(.damaged, nil, "is no archive: it is \(content.words)")]
        case .damaged(let words): result.faults = [.init(.damaged, nil, "cannot be read: \(words)")]
        case .passedOver(let why): result.state = .passedOver(Self.plural(why))
        case .unread(let why): result.state = .unread(why)
        }
        return result
    }

    /// The words on one file that nobody opens, for several.
    private static func plural(_ why: String) -> String {
        why == LocalLocations.notOpened ? LocalLocations.noneOpened : why
    }

    // MARK: Archives

    private func compare(_ group: ExternalTable.Group, _ archive: MemberArchive, _ result: inout ArchiveView.Group) {
        let listing = archive.listing()
        let described = Set(group.files.compactMap(\.name.member))
        result.faults = listing.faults.map { fault in
            let kind: ArchiveView.Group.Fault.Kind =
                switch fault.kind {
                case .damaged: .damaged
                case .unended: .unended
                case .unread: .unread
                }
            return .init(kind, fault.member, fault.words)
        }
        var there = Set<String>()
        var doubles = Set<String>()
        for member in listing.members where member.kind != .folder {
            if !there.insert(member.name).inserted { doubles.insert(member.name) }
            if let fault = member.fault {
                result.unsafe.append(.init(member.name, fault, isDescribed: described.contains(member.name)))
            }
        }
        for name in doubles.sorted() {
            result.unsafe.append(.init(name, "is there twice", isDescribed: described.contains(name)))
        }
        for member in listing.members where member.kind == .folder {
            if let fault = ArchiveMember.fault(ofName: member.name) {
                result.unsafe.append(.init(member.name, fault, isDescribed: false))
            }
        }
        let missing = group.files.filter { file in
            guard let member = file.name.member else { return false }
            // A name that no member may have is told by its text.
            return !there.contains(member) && ArchiveMember.fault(ofName: member) == nil
        }
        // Where a header is lost, nobody knows whose it was.
        if listing.isCut || listing.faults.contains(where: { $0.kind == .damaged && $0.member == nil }) {
            result.beyondCut = missing.count
        } else {
            tell(missing, among: listing.members.filter { $0.kind == .file }.map(\.name), &result)
        }
        let empty = Set(listing.members.filter { $0.kind == .file && $0.size == 0 }.map(\.name))
        result.empty = group.files.filter { $0.name.member.map { empty.contains($0) } ?? false }.map { file in
            .init(file.name.member ?? "", at: table.place(file.row, isMember: true))
        }
        result.strangers = strangers(
            listing.members.filter { $0.kind == .file && $0.size > 0 }.map(\.name), described, group)
    }

    private func tell(_ missing: [ExternalTable.File], among there: [String], _ result: inout ArchiveView.Group) {
        result.missing = missing.map { file in
            .init(file.name.member ?? file.name.location, at: table.place(file.row, isMember: file.name.member != nil))
        }
        let names = missing.compactMap(\.name.member)
        if !names.isEmpty { result.hint = MemberHint(names, among: there).words }
    }

    /// Images that no row names, by the endings of their names.
    private func strangers(_ names: [String], _ described: Set<String>, _ group: ExternalTable.Group) -> [String] {
        names.filter { name in
            guard !described.contains(name), let ending = Self.imageEnding(name) else { return false }
            // What a master links to is part of it.
            return !(group.holdsHDF5 && Self.containers.contains(ending))
        }
    }

    private static let containers: Set<String> = ["h5", "hdf5", "nxs", "hdf"]
    private static let endings: Set<String> = [
        "cbf", "h5", "hdf5", "nxs", "hdf", "img", "smv", "tif", "tiff", "mccd", "sfrm", "osc", "edf",
    ]

    /// The ending of an image without that of a compression; nil for a name of another kind.
    private static func imageEnding(_ name: String) -> String? {
        var parts = name.split(separator: "/").last?.lowercased().split(separator: ".") ?? []
        if let last = parts.last, ["gz", "bz2", "xz"].contains(String(last)) { parts.removeLast() }
        guard parts.count > 1, let last = parts.last.map(String.init), endings.contains(last) else { return nil }
        return name.split(separator: "/").last?.hasPrefix("._") == true ? nil : last
    }

    // MARK: Files

    private func compare(_ group: ExternalTable.Group, _ result: inout ArchiveView.Group) {
        let sights = locations.look(at: group.files.map(\.name))
        var missing: [ExternalTable.File] = []
        var there = 0
        var sought = ""
        var failures: [String] = []
        var passedOver: String?
        for (file, sight) in zip(group.files, sights) {
            switch sight {
            case .file, .archive: there += 1
            case .passedOver(let why): passedOver = passedOver ?? Self.plural(why)
            case .absent(let words):
                if sought.isEmpty { sought = words }
                missing.append(file)
            case .failed(let words):
                guard file.name.member.map({ ArchiveMember.fault(ofName: $0) == nil }) ?? true else { continue }
                if !failures.contains(words) { failures.append(words) }
            }
        }
        result.words = sought
        if let first = failures.first { result.state = .unread(first) }
        guard there > 0 || !missing.isEmpty else {
            if failures.isEmpty { result.state = .passedOver(passedOver ?? LocalLocations.noneOpened) }
            return
        }
        let files = group.isArchive ? locations.files(of: group.files.first?.name.location ?? "") : nil
        // Where the user has not said what stands for the location, nothing may be there for good reason.
        if there == 0, files == nil {
            let isSearched = sought != LocalLocations.beside
            result.state =
                isSearched
                ? .unread("none of its \(missing.count) files is \(sought)")
                : .passedOver("none is \(LocalLocations.beside)")
            return
        }
        tell(missing, among: files ?? [], &result)
        if let files {
            result.strangers = strangers(files, Set(group.files.compactMap(\.name.member)), group)
        }
    }
}
