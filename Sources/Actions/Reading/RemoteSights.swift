// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Frames
import ImgCIF
import RuleCatalog
import RuleEngine

/// Asks servers for the locations of a description that nothing of this machine stands for.
struct RemoteSights {
    let view: RemoteView

    init(_ tables: [ExternalTable], _ locations: Locations, _ network: any Network) {
        var order: [String] = []
        var rows: [String: (name: ExternalName, places: [Place], rows: Int)] = [:]
        for table in tables {
            for row in 0..<table.data.rowCount {
                guard let location = table.data.text(.uri, row), Reference(location).isRemote else { continue }
                if rows[location] == nil {
                    order.append(location)
                    rows[location] = (
                        ExternalName(location: location, member: table.data.text(.archivePath, row)), [], 0
                    )
                }
                rows[location]?.rows += 1
                if let count = rows[location]?.places.count, count < Engine.placeLimit {
                    rows[location]?.places.append(table.data.place(.uri, row))
                }
            }
        }
        let names = order.compactMap { rows[$0]?.name }
        let isPassedOver = locations.here.look(at: names).map { sight in
            if case .passedOver = sight { true } else { false }
        }
        let asked = zip(order, isPassedOver).filter(\.1).map(\.0)
        let outcomes = Dictionary(zip(asked, network.outcomes(of: asked))) { first, _ in first }
        view = RemoteView(
            order.map { location in
                RemoteView.Sight(
                    location: ImageAddress.masked(location), places: rows[location]?.places ?? [],
                    rows: rows[location]?.rows ?? 0,
                    outcome: outcomes[location]
                        ?? .notAsked(.mode("a file of this machine stands for a location, which is not asked")))
            })
    }

    /// What became of the DOIs of data sets; those that can lead nowhere are not asked for.
    static func landings(of experiments: [ExperimentView], _ network: any Network) -> [RemoteView.Sight] {
        var names: [String] = []
        var places: [String: (places: [Place], rows: Int)] = [:]
        for view in experiments {
            guard let doi = view.experiment.identity.doi, let name = DOI.name(of: doi.value) else { continue }
            if places[name] == nil { names.append(name) }
            let known = places[name] ?? ([], 0)
            places[name] = (known.places.isEmpty ? [doi.origin.place].compactMap { $0 } : known.places, known.rows + 1)
        }
        return zip(names, network.outcomes(of: names.map { Web.doiScheme + $0 })).map { name, outcome in
            RemoteView.Sight(
                location: name, places: places[name]?.places ?? [], rows: places[name]?.rows ?? 0, outcome: outcome)
        }
    }
}
