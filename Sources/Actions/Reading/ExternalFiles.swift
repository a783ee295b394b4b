// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import Frames
import ImgCIF
import RuleCatalog
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

    /// Seconds of a processor that archives may take: one that the user names may be long and compressed.
    var processorSeconds: Int { settings.substitutes.isEmpty && settings.remote == nil ? 60 : 600 }

    /// What the rows name against what is there; after the frames were read, for of a stream the rest is passed over.
    var view: ArchiveView {
        var view = ArchiveView()
        if let network = settings.remote {
            let tables = parts.map { ExternalTable($0.reading.externalData, scope: $0.scope) }
            view.remote = RemoteSights(tables, locations, network).view
        }
        for (reading, scope) in parts {
            if let groups = PassedOverLocations(reading.externalData, scope: scope, settings)?.groups {
                view.groups += groups
                continue
            }
            let table = ExternalTable(reading.externalData, scope: scope)
            let comparison = ExternalComparison(table, images, locations)
            view.groups += comparison.groups
            let files = ExternalContents(table, images)
            view.contents += files.others
            view.outside += files.outside
            view.pathless += files.pathless
            view.hollow += files.hollow
        }
        return view
    }
}

/// Rows whose locations are all on servers, in a run that opens nothing there: a million of them are told by few words.
private struct PassedOverLocations {
    let groups: [ArchiveView.Group]

    /// - Returns: nil where something may be opened.
    init?(_ data: ExternalData, scope: String, _ settings: ReadingSettings) {
        guard settings.substitutes.isEmpty, settings.remote == nil, let column = data.column(.uri) else { return nil }
        let (codes, names) = column.codes()
        guard names.allSatisfy({ Reference($0).isRemote }) else { return nil }
        var rows = [Int](repeating: 0, count: names.count)
        var first = [Int](repeating: 0, count: names.count)
        for (row, code) in codes.enumerated() where Int(code) < names.count {
            if rows[Int(code)] == 0 { first[Int(code)] = row }
            rows[Int(code)] += 1
        }
        // A location for each frame is one of many in a folder.
        var places: [Substring: Int] = [:]
        var groups: [ArchiveView.Group] = []
        for (index, name) in names.enumerated() {
            let end = name.lastIndex(of: "/").map { name.index(after: $0) } ?? name.endIndex
            let key = rows[index] == 1 && names.count > 1 ? name[..<end] : name[...]
            let place = places[key] ?? groups.count
            if place == groups.count {
                places[key] = place
                var group = ArchiveView.Group(
                    scope: scope, location: ImageAddress.masked(String(key)), place: data.place(.uri, first[index]))
                group.state = .passedOver(LocalLocations.noneOpened)
                groups.append(group)
            }
            groups[place].files += rows[index]
        }
        self.groups = groups
    }
}
