// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import Frames
import ImgCIF
import RuleEngine
import Transport

/// The files that the rows of a description name: opened for its frames, then compared with what is there.
struct ExternalFiles {
    let images: ExternalImages
    private let locations: Locations
    private let parts: [(reading: BlockReading, scope: String)]
    private let settings: ReadingSettings

    /// - Parameter frames: Which of so many frames of a scan will be read, from 0; without it those of the settings.
    /// - Returns: nil for a file without rows of external data.
    init?(
        _ material: Material, _ source: Source, _ settings: ReadingSettings, frames: ((Int) -> [Int])? = nil
    ) {
        guard let text = material.text else { return nil }
        let parts = zip(text.readings, text.blocks).filter { $0.0.externalData.rowCount > 0 }
        guard !parts.isEmpty else { return nil }
        self.parts = parts.map { ($0.0, $0.1.name) }
        self.settings = settings
        locations = Locations(of: source, settings)
        var wanted: [ExternalName] = []
        if settings.frames != .none || frames != nil {
            for view in material.experiments {
                guard let map = view.frameMap else { continue }
                wanted += ExperimentFrames.externalNames(
                    in: map, frames: frames ?? { settings.frames.frames(of: $0) })
            }
        }
        images = ExternalImages(
            locations, wanted: wanted, follow: settings.following == .none ? .none : .dataset)
    }

    /// What the rows name against what is there; after the frames were read, for of a stream the rest is passed over.
    var view: ArchiveView {
        var view = ArchiveView()
        let tables = parts.map { ExternalTable($0.reading.externalData, scope: $0.scope) }
        if let network = settings.remote { view.remote = RemoteSights(tables, locations, network).view }
        for table in tables {
            let comparison = ExternalComparison(table, images, locations)
            view.groups += comparison.groups
            let files = ExternalContents(table, images)
            view.contents += files.others
            view.outside += files.outside
            view.pathless += files.pathless
        }
        return view
    }
}

/// The rows of a block by the files that they name.
struct ExternalTable {
    /// One file with its first row.
    struct File {
        let name: ExternalName
        let row: Int
    }

    /// Files of one archive, or of one folder.
    struct Group {
        let location: String
        let isArchive: Bool
        var files: [File] = []
        /// Some rows name data sets of HDF5 files, which may lead to other files.
        var holdsHDF5 = false
    }

    let data: ExternalData
    let scope: String
    private(set) var groups: [Group] = []

    init(_ data: ExternalData, scope: String) {
        self.data = data
        self.scope = scope
        var seen = Set<ExternalName>()
        var places: [String: Int] = [:]
        for row in 0..<data.rowCount {
            guard let location = data.text(.uri, row), !location.isEmpty else { continue }
            let name = ExternalName(location: location, member: data.text(.archivePath, row))
            let folder = name.member == nil ? String(location[..<Self.folderEnd(location)]) : location
            let key = (name.member == nil ? "f" : "a") + folder
            let place = places[key] ?? groups.count
            if place == groups.count {
                places[key] = place
                groups.append(Group(location: folder, isArchive: name.member != nil))
            }
            if data.text(.path, row) != nil { groups[place].holdsHDF5 = true }
            if seen.insert(name).inserted { groups[place].files.append(File(name: name, row: row)) }
        }
    }

    private static func folderEnd(_ location: String) -> String.Index {
        let path = location.prefix { $0 != "?" && $0 != "#" }
        return path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    }

    /// The place of the name of a row.
    func place(_ row: Int, isMember: Bool) -> Place { data.place(isMember ? .archivePath : .uri, row) }
}
