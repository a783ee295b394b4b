// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Frames
import ImgCIF

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
