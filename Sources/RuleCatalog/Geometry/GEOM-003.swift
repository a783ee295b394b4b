// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let geom003 = Rule(
        "GEOM-003", .A, "detector stands on the source side of the sample", applies: .both,
        what: """
            The side of the sample on which the middle of each panel stands, at the settings of each scan with the \
            base swing rotation put to 0, and once more with every rotation of the detector at 0. A detector built for \
            back-scattering is declared so by an answer.
            """,
        why: """
            Every scattering angle is read from the wrong side: the pattern is inverted, and programs that notice turn \
            the detector round in silence.
            """,
        fix: """
            The source lies along +Z: let the translation point along 0 0 -1, or change the sign of its setting.
            """,
        fixInNeXus: "The beam runs along +z: let the translation point along 0 0 1, or change the sign of its value.",
        references: ["imgCIF AXIS, laboratory coordinate system", "cctbx/dxtbx#550", "cctbx/cctbx_project#30"],
        needs: .placedPanels + ["SCAN-001", "LINK-001", "PIXEL-011"],
        reads: [.settings],
        checks: [.experiment(detectorsUpstream)])
}

private func detectorsUpstream(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard let beam = view.experiment.beam.direction.value.normalised, !view.isBeamAstray else { return }
    for (detector, sightings) in view.sightingsByScan {
        guard let first = sightings.first, verdicts.areSound(verdicts.subjects(of: sightings)) else { continue }
        let middles = sightings.compactMap { sighting in
            (try? sighting.planeWithoutSwing.get())?.middle(
                size: sighting.panel.size ?? FastSlow(fast: 1, slow: 1), origin: sighting.panel.pixelOrigin)
        }
        guard let middle = middles.first(where: { $0.dot(beam) < -1e-6 }), isUpstreamUnturned(sightings, beam) else {
            continue
        }
        let distance = -middle.dot(beam)
        let swing = first.swing.map { ", '\($0)' at 0 deg" } ?? ""
        verdicts.report(
            "scan '\(first.scanName)': detector '\(detector)' stands \(Wording.fixed(distance, 1)) mm on the source side "
                + "of the sample (z = \(Wording.fixed(middle.z, 1)) mm in the \(view.experiment.frame.rawValue) frame\(swing))",
            at: [first.carrierPlace(in: view)],
            values: [
                ("scan", .text(first.scanName)), ("detector", .text(detector)),
                ("distance", .quantity(distance, unit: "mm")), ("z", .quantity(middle.z, unit: "mm")),
            ], count: view.scanCount(like: sightings), subjects: [verdicts.subject(.detector, detector)])
    }
}

/// With every rotation of the detector at 0 some panel is upstream as well: no arm of several circles brought it there.
private func isUpstreamUnturned(_ sightings: [Sighting], _ beam: Vector3) -> Bool {
    sightings.contains { sighting in
        guard let plane = try? sighting.planeWithoutTurns.get() else { return true }
        let size = sighting.panel.size ?? FastSlow(fast: 1, slow: 1)
        return plane.middle(size: size, origin: sighting.panel.pixelOrigin).dot(beam) < -1e-6
    }
}
