// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let axis019 = Rule(
        "AXIS-019", .C, "distance stands in offset and in setting", applies: .imgCIF,
        parameters: [
            Parameter("limit", "Length that counts as stated", 1, unit: "mm", limits: 0.01...100)
        ],
        what: """
            For each translation that carries a panel, pixel axes left out: the part of its offset that runs along its \
            own vector, and its setting, are not both longer than the limit.
            """,
        why: "The two lengths add up: a distance that stands in both is counted twice.",
        fix: "Write the distance as the setting of the axis and 0 along it in the offset.",
        references: [
            "imgCIF AXIS, Example 2",
            "jamesrhester/ImgCIFHandler.jl:test/testfiles/b4_master_remote.cif",
        ],
        needs: .placedPanels,
        reads: [.settings],
        checks: [.experiment(lengthsStatedTwice)])
}

private func lengthsStatedTwice(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard view.block != nil else { return }
    let limit = verdicts.number("limit")
    let pixelAxes = view.axisUse.pixelAxes
    var told: Set<AxisID> = []
    for sighting in view.sightings {
        for id in sighting.axes where !pixelAxes.contains(id) && !told.contains(id) {
            guard let axis = view.graph[id], axis.motion.value == .translation,
                let along = axis.vector.value.normalised, verdicts.areSound(verdicts.axes([id]))
            else { continue }
            let offset = axis.offset.value.dot(along)
            let setting = sighting.settings[id]
            guard abs(offset) > limit, abs(setting) > limit else { continue }
            told.insert(id)
            verdicts.report(
                "axis '\(id)' has \(Wording.number(offset)) mm along it in its offset and \(Wording.number(setting)) mm in its "
                    + "setting; they add up to \(Wording.number(offset + setting)) mm",
                at: axis.offset.places + (sighting.scan?.axis(id).map { [$0.place] } ?? []),
                values: [
                    ("axis", .text(id.text)), ("offset", .quantity(offset, unit: "mm")),
                    ("setting", .quantity(setting, unit: "mm")),
                ], subjects: [verdicts.subject(.category, "length along '\(id)'")])
        }
    }
}
