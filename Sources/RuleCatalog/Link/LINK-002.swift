// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let link002 = Rule(
        "LINK-002", .B, "value points to no row, yet only one row can be meant", applies: .imgCIF,
        what: """
            Each value of the items that the dictionary links to another one is looked up in the column it links to. \
            Axis identifiers belong to AXIS-001, sets of pixel axes to PIXEL-002, frames to LINK-004 and LINK-008. Here \
            both columns hold one value each and the two differ: that row is taken, which is an assumption.
            """,
        why: "Programs that follow links strictly find nothing, others guess as this one does.",
        fix: "Write the same identifier in both places.",
        references: [
            "imgCIF _diffrn_data_frame.array_id, _diffrn_data_frame.detector_element_id",
            "COMCIFS/imgCIF_Creator ('IMAGE' and '1', 'ELEMENT' and 'ELEMENT1')",
        ],
        checks: [.text(assumedLinks)])
}

private func assumedLinks(_ view: TextView, _ verdicts: inout Verdicts) {
    guard view.dictionary != nil else { return verdicts.notChecked(.mode("no dictionary is in use")) }
    for block in view.blocks {
        var groups: [[LinkTest]] = []
        for link in LinkTest.all(view, block) where link.verdict == .assumed {
            let same = groups.firstIndex { group in
                group[0].parent == link.parent && group[0].strays.first?.value == link.strays.first?.value
            }
            if let same { groups[same].append(link) } else { groups.append([link]) }
        }
        for group in groups {
            guard let link = group.first, let value = link.strays.first?.value, let other = link.parentValues.first
            else { continue }
            let places = group.flatMap { $0.strays.first?.places ?? [] }
            let children = Wording.list(group.map(\.child), joinedBy: " and ")
            verdicts.report(
                "\(children) = '\(Wording.excerpt(value))', but the only \(link.parent) is '\(Wording.excerpt(other))'; "
                    + "taken as the same",
                at: group.compactMap { $0.strays.first?.places.first },
                values: [
                    ("child", .text(children)), ("value", .text(value)), ("parent", .text(link.parent)),
                    ("other", .text(other)),
                ], count: places.count,
                subjects: group.map { Subject(.category, $0.childCategory, in: block.name) })
        }
    }
}
