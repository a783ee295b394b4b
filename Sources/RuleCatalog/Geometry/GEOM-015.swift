// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import ImageHeaders
import RuleEngine

extension Rule {
    static let geom015 = Rule(
        "GEOM-015", .C, "detector orientation or swing differs from the instrument library", applies: .both,
        what: """
            Order and corner of the first pixel as seen from the source, and the sense of the swing, against the entry of \
            rules/facilities/instruments.json5 for the beamline or make, with its dates and number of pixels.
            """,
        why: "A detector that is mirrored, upside down or swung the other way gives wrong indices, and looks right.",
        fix: """
            Correct the vectors of the pixel axes or of the swing; confirm by an answer that the instrument was changed.
            """,
        references: [
            "COMCIFS/instrument-geometry-info:Beamlines/beamline_geometries.cif", "xia2/xia2#177", "dials/dials#140",
        ],
        needs: .placedPanels + ["GEOM-001", "GEOM-002", "GEOM-003", "PIXEL-011"],
        reads: [.settings, .detectorName, .places],
        checks: [.experiment(otherOrientation)])
}

private func otherOrientation(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard let sight = InstrumentSight(view, &verdicts), sight.entry.hasDetector,
        let difference = sight.orientation(in: view) ?? sight.swing(in: view)
    else { return }
    let detector = sight.sighting.detector.id
    verdicts.report(
        "\(difference.feature) of detector '\(detector)' is \(difference.found); the library entry '\(sight.entry.id)' has "
            + difference.expected,
        at: [sight.sighting.panel.place],
        values: [
            ("feature", .text(difference.feature)), ("found", .text(difference.found)),
            ("expected", .text(difference.expected)), ("entry", .text(sight.entry.id)),
        ], subjects: [verdicts.subject(.category, "orientation of the detector")])
}
