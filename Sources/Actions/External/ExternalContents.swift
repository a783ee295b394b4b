// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Archive
import Diffraction
import Frames
import ImgCIF
import RuleEngine

/// What the files that were opened are, against what their rows declare.
struct ExternalContents {
    private(set) var others: [ArchiveView.OtherContent] = []
    private(set) var outside: [ArchiveView.Outside] = []
    private(set) var pathless: [ArchiveView.Pathless] = []
    private(set) var hollow: [ArchiveView.Hollow] = []
    private let table: ExternalTable
    private let images: ExternalImages

    /// HDF5 files whose extents are read beyond those that frames were read from.
    private static let mostFiles = 64

    init(_ table: ExternalTable, _ images: ExternalImages) {
        self.table = table
        self.images = images
        compareFrames()
        compareFormats()
        comparePaths()
    }

    private var data: ExternalData { table.data }

    private func shown(_ name: ExternalName) -> String {
        name.member ?? ImageAddressWords.last(of: name.location)
    }

    // MARK: Formats

    private mutating func compareFormats() {
        var found: [[String]: [ArchiveView.Named]] = [:]
        var order: [[String]] = []
        func add(_ declared: String, _ content: String, _ name: String, _ item: ExternalData.Item, _ row: Int) {
            let key = [declared, content]
            if found[key] == nil { order.append(key) }
            found[key, default: []].append(.init(name, at: data.place(item, row)))
        }
        let sights = Dictionary(images.sights.map { ($0.name, $0) }) { first, _ in first }
        for group in table.groups {
            if group.isArchive, let first = group.files.first,
                case .archive(let archive) = images.place(of: first.name),
                let declared = data.text(.archiveFormat, first.row)?.uppercased()
            {
                let same = ["TBZ2": "TBZ", "TAR.GZ": "TGZ", "TAR.BZ2": "TBZ", "TAR.XZ": "TXZ"][declared] ?? declared
                if same != archive.kind.rawValue {
                    add(
                        declared, archive.kind.rawValue, ImageAddressWords.last(of: first.name.location),
                        .archiveFormat,
                        first.row)
                }
            }
            guard !sights.isEmpty else { continue }
            for file in group.files {
                guard let sight = sights[file.name] else { continue }
                if let declared = data.text(.format, file.row)?.uppercased(), let content = sight.content.format,
                    ["CBF", "SMV", "HDF5", "TIFF", "MAR", "BRUKER"].contains(declared), declared != content
                {
                    add(declared, content, shown(file.name), .format, file.row)
                }
                let stated = data.text(.fileCompression, file.row)?.uppercased()
                let wrapper = sight.wrapper.map { ["gzip": "GZ", "bzip2": "BZ2", "xz": "XZ"][$0.rawValue] ?? "XZ" }
                if stated != wrapper {
                    add(
                        stated.map { "compressed by \($0)" } ?? "not compressed",
                        wrapper.map { "a file that \($0) packed" } ?? "a file that is not compressed",
                        shown(file.name), stated == nil ? .uri : .fileCompression, file.row)
                }
            }
        }
        others = order.map { key in
            ArchiveView.OtherContent(
                scope: table.scope, files: found[key] ?? [], declared: key[0], found: key[1])
        }
    }

    // MARK: Frames

    private mutating func compareFrames() {
        var rows: [ImageName: [(frame: Int, row: Int)]] = [:]
        var order: [ImageName] = []
        // One image a file: whatever was opened is known already.
        let counts = images.imageCounts
        let hasFrames = data.column(.frame) != nil
        guard hasFrames || !counts.isEmpty || data.column(.path) != nil else { return }
        for row in 0..<data.rowCount {
            guard let location = data.text(.uri, row), let frame = Int(data.text(.frame, row) ?? "1"), frame > 0 else {
                continue
            }
            let name = ImageName(
                location: location, member: data.text(.archivePath, row), path: data.text(.path, row))
            if rows[name] == nil {
                guard name.path != nil || counts[name] != nil else { continue }
                order.append(name)
            }
            rows[name, default: []].append((frame, row))
        }
        var opened = 0
        for name in order {
            guard let own = rows[name], let location = name.location else { continue }
            var count = counts[name]
            if count == nil, opened < Self.mostFiles, isAtHand(location, name.member) {
                opened += 1
                count = images.images(of: name)
            }
            guard let count else { continue }
            tellHollow(name, location, own)
            let beyond = own.filter { $0.frame > count }
            let named = Set(own.map(\.frame).filter { $0 <= count })
            let unnamed = name.path == nil ? 0 : count - named.count
            guard !beyond.isEmpty || unnamed > 0 else { continue }
            outside.append(
                ArchiveView.Outside(
                    scope: table.scope, file: name.member ?? ImageAddressWords.last(of: location), images: count,
                    frames: beyond.map(\.frame), unnamed: unnamed,
                    places: (beyond.isEmpty ? own : beyond).prefix(5).map { data.place(.frame, $0.row) }))
        }
    }

    /// Frames that rows name, and that the file announces and does not hold.
    private mutating func tellHollow(_ name: ImageName, _ location: String, _ rows: [(frame: Int, row: Int)]) {
        guard let empty = images.hollowFrames[name] else { return }
        for (frames, missing) in [(empty.unwritten, nil), (empty.lost, empty.missing)] {
            let own = rows.filter { frames.contains($0.frame - 1) }.sorted { $0.frame < $1.frame }
            guard !own.isEmpty else { continue }
            hollow.append(
                ArchiveView.Hollow(
                    scope: table.scope, file: name.member ?? ImageAddressWords.last(of: location),
                    path: name.path ?? "", missing: missing, frames: own.map(\.frame),
                    places: own.prefix(5).map { data.place(.frame, $0.row) }))
        }
    }

    /// The file may be opened without reading a stream again.
    private func isAtHand(_ location: String, _ member: String?) -> Bool {
        guard member != nil,
            case .archive(let archive) = images.place(of: ExternalName(location: location, member: member))
        else { return true }
        return archive.kind == .zip || archive.kind == .tar
    }

    private mutating func comparePaths() {
        for one in images.pathsWithoutImages.sorted(by: { $0.name.path ?? "" < $1.name.path ?? "" }) {
            guard let path = one.name.path,
                let row = (0..<data.rowCount).first(where: {
                    data.text(.path, $0) == path && data.text(.uri, $0) == one.name.location
                        && data.text(.archivePath, $0) == one.name.member
                })
            else { continue }
            pathless.append(
                ArchiveView.Pathless(
                    scope: table.scope, file: one.name.member ?? ImageAddressWords.last(of: one.name.location ?? ""),
                    path: path, found: one.found, others: one.others, place: data.place(.path, row)))
        }
    }
}

/// A location in few words.
enum ImageAddressWords {
    /// The name of the file at a location.
    static func last(of location: String) -> String {
        Reference(location).parts.last.map(String.init) ?? location
    }
}
