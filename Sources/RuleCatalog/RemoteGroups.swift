// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

/// Locations that share a fault, in the order of their first.
struct RemoteGroups {
    struct Group {
        let words: String
        let sight: RemoteView.Sight
        var locations = 1
        var rows: Int
        var places: [Place]

        /// " and 3 more", or nothing for one.
        var others: String { locations == 1 ? "" : " and \(locations - 1) more" }
    }

    private(set) var groups: [Group] = []

    mutating func add(_ words: String, _ sight: RemoteView.Sight) {
        guard let index = groups.firstIndex(where: { $0.words == words }) else {
            groups.append(Group(words: words, sight: sight, rows: sight.rows, places: sight.places))
            return
        }
        groups[index].locations += 1
        groups[index].rows += sight.rows
        if groups[index].places.count < Engine.placeLimit {
            groups[index].places += sight.places.prefix(Engine.placeLimit - groups[index].places.count)
        }
    }
}

extension RemoteView {
    /// DATA-004 tells whether the file passes all the same.
    static let unanswered = Reason(.gated, "a location gave nothing to look at, which DATA-004 tells of")
}

extension RemoteView.Sight {
    var shown: String { Wording.excerpt(location, limit: 100) }
}

extension ArchiveView {
    /// What servers answered; nil, with the reason noted, where nobody asked or nothing names a server.
    func sightsForRules(_ verdicts: inout Verdicts) -> RemoteView? {
        guard let remote else {
            verdicts.notChecked(.mode("the run does not use the network; --online does"))
            return nil
        }
        if remote.sights.isEmpty { verdicts.notChecked(.absent("no location names a server")) }
        return remote
    }
}
