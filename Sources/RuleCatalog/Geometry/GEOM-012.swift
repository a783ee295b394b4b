// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let geom012 = Rule(
        "GEOM-012", .C, "beam centre looks like a default", applies: .both,
        parameters: [
            Parameter("tolerance", "Difference from the default", 0.01, unit: "px", limits: 0...0.5)
        ],
        what: """
            A computed or stated beam centre that is exactly the middle of the image, or stated as exactly zero; one \
            that the axes put into the outermost corner of the first pixel.
            """,
        why: """
            Such a centre was hardly measured: programs write it when they know nothing, and indexing starts some \
            pixels or some hundreds of pixels away.
            """,
        fix: "Measure the beam centre and write it; confirm it by an answer if it is the middle indeed.",
        references: ["DiamondLightSource/SynchWeb#711", "biochem-fan/eiger2cbf#4", "cctbx/dxtbx#586"],
        needs: .placedPanels + ["GEOM-002", "GEOM-001", "SCAN-001", "LINK-001", "PIXEL-006", "PIXEL-011"],
        reads: [.settings],
        checks: [.experiment(defaultCentres)])
}

private func defaultCentres(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for test in CentreTest.all(view) where test.verdict == .zero {
        verdicts.report(
            "beam centre (0, 0) px is exactly zero", at: [test.stated.place], values: test.values,
            subjects: [verdicts.subject(.category, test.stated.item)])
    }
    let beam = view.experiment.beam.direction.value
    for (detector, sightings) in view.sightingsByScan {
        guard sightings.count == 1, let sighting = sightings.first, let size = sighting.panel.size,
            let centre = sighting.centre(beam: beam)?.pixels,
            let place = defaultPlace(
                centre, size, verdicts.number("tolerance"),
                placedByAxes: ![.minicbf, .smv, .tiff].contains(view.kind)),
            verdicts.areSound(verdicts.subjects(of: sightings) + [verdicts.subject(.detector, detector)])
        else { continue }
        verdicts.report(
            "beam centre (\(Wording.fixed(centre.fast, 2)), \(Wording.fixed(centre.slow, 2))) px is \(place)",
            at: [sighting.panel.place],
            values: [
                ("fast", .quantity(centre.fast, unit: "px")), ("slow", .quantity(centre.slow, unit: "px")),
            ], count: view.scanCount(like: sightings), subjects: [verdicts.subject(.category, "centre")])
    }
}

private func defaultPlace(
    _ centre: FastSlow<Double>, _ size: FastSlow<Int>, _ tolerance: Double, placedByAxes: Bool
) -> String? {
    if isMiddle(centre, size, tolerance) { return "exactly the middle of the image" }
    guard placedByAxes, abs(centre.fast) < 1, abs(centre.slow) < 1, size.fast > 16, size.slow > 16 else { return nil }
    return "in the corner of the first pixel; offsets in metres, or left out, put it there"
}

private func isMiddle(_ centre: FastSlow<Double>, _ size: FastSlow<Int>, _ tolerance: Double) -> Bool {
    [(0.0, 0.0), (1, 1)].contains { less in
        abs(centre.fast - (Double(size.fast) - less.0) / 2) <= tolerance
            && abs(centre.slow - (Double(size.slow) - less.1) / 2) <= tolerance
    }
}
