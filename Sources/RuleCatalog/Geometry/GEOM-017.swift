// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let geom017 = Rule(
        "GEOM-017", .G, "resolution limits", applies: .both,
        what: """
            Always, for each detector position: the smallest spacing at the nearest edge of the face and in its \
            farthest corner, from wavelength and axes.
            """,
        why: "The resolution says at a glance whether distance, wavelength and pixel size belong together.",
        fix: "Nothing to mend; compare the numbers with what was seen.",
        references: ["IUCrData Raw Data Letters table"],
        needs: .placedPanels + ["GEOM-002", "GEOM-003", "BEAM-001", "SCAN-001", "LINK-001", "PIXEL-011"],
        reads: [.settings, .wavelength, .moduleSize, .moduleOrigin],
        checks: [.experiment(resolutionLimits)])
}

private func resolutionLimits(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let beam = view.experiment.beam.direction.value
    guard let wavelength = view.experiment.beam.meanWavelength,
        verdicts.areSound([verdicts.subject(.category, "wavelength")])
    else { return }
    for (detector, sightings) in view.sightingsByScan {
        guard let first = sightings.first,
            verdicts.areSound(verdicts.subjects(of: sightings) + [verdicts.subject(.detector, detector)])
        else { continue }
        let limits = sightings.compactMap { sighting in
            sighting.panel.size.flatMap { size in
                (try? sighting.plane.get())?.resolution(
                    size: size, origin: sighting.panel.pixelOrigin, beam: beam, wavelength: wavelength)
            }
        }
        guard let corner = limits.map(\.cornerSpacing).min(), corner.isFinite else { continue }
        let edge = limits.compactMap(\.edgeSpacing).max()
        let words = edge.map { "\(Wording.fixed($0, 3)) angstrom at the edge, " } ?? "beam off the face, "
        let remark = (0.2...50).contains(corner) ? "" : "; outside 0.2 to 50 angstrom"
        verdicts.report(
            "scan '\(first.scanName)': \(words)\(Wording.fixed(corner, 3)) angstrom in the corner\(remark)",
            at: [first.panel.place],
            values: [
                ("scan", .text(first.scanName)), ("corner", .quantity(corner, unit: "angstrom")),
                ("edge", edge.map { .quantity($0, unit: "angstrom") } ?? .text("none")),
            ], count: view.scanCount(like: sightings), subjects: [verdicts.subject(.category, "resolution")])
    }
}
