// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let geom013 = Rule(
        "GEOM-013", .C, "beam centre moves between scans", applies: .both,
        parameters: [
            Parameter("same", "move at the same distance that passes", 1, unit: "px", limits: 0.1...20),
            Parameter("drift", "move for each 100 mm of distance that passes", 1, unit: "px", limits: 0.1...20),
        ],
        what: """
            The point where the beam meets the detector, with the base swing at 0, in each scan against the first. At \
            distances within 0.1 mm of one another it moves by no more than one parameter; else by no more than the other \
            for each 100 mm.
            """,
        why: """
            Programs that process the scans together take one detector for all; a setting that one scan lacks or has \
            wrong shows as a beam that jumps.
            """,
        fix: """
            Correct the settings of the axes that carry the detector in the scan that is named; confirm by an answer that \
            the detector was moved across the beam.
            """,
        references: ["dials/dials#747"],
        needs: .placedPanels + ["GEOM-001", "GEOM-002", "GEOM-003", "SCAN-001", "SCAN-011", "LINK-001", "PIXEL-011"],
        reads: [.settings, .moduleSize, .moduleOrigin],
        checks: [.experiment(movingCentres)])
}

private func movingCentres(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let beam = view.experiment.beam.direction.value
    var firsts: [String: (sightings: [Sighting], panel: Int, centre: BeamCentre)] = [:]
    for (detector, sightings) in view.sightingsByScan
    where verdicts.areSound(verdicts.subjects(of: sightings) + [verdicts.subject(.detector, detector)]) {
        let centres = sightings.map { (try? $0.planeWithoutSwing.get())?.meeting(beam: beam).centre }
        guard let first = firsts[detector] else {
            // The panel that the beam meets, else the first.
            let panel = Array(zip(sightings, centres)).firstIndex { sighting, centre in
                guard let centre, let size = sighting.panel.size else { return false }
                return centre.isOnFace(size: size, origin: sighting.panel.pixelOrigin)
            }
            if let centre = centres.indices.contains(panel ?? 0) ? centres[panel ?? 0] : nil {
                firsts[detector] = (sightings, panel ?? 0, centre)
            }
            continue
        }
        guard centres.indices.contains(first.panel), let centre = centres[first.panel] else { continue }
        let (dx, dy) = (centre.pixels.fast - first.centre.pixels.fast, centre.pixels.slow - first.centre.pixels.slow)
        let shift = (dx * dx + dy * dy).squareRoot()
        let farther = abs(centre.distance - first.centre.distance)
        let passes = farther <= 0.1 ? verdicts.number("same") : verdicts.number("drift") * max(1, farther / 100)
        guard shift > passes, let one = first.sightings.first, let other = sightings.first else { continue }
        verdicts.report(
            "beam centre moves by \(Wording.fixed(shift, 1)) px between scans '\(one.scanName)' and '\(other.scanName)' "
                + "(\(Wording.fixed(first.centre.distance, 1)) mm and \(Wording.fixed(centre.distance, 1)) mm)",
            at: [other.carrierPlace(in: view)],
            values: [
                ("shift", .quantity(shift, unit: "px")),
                ("distance1", .quantity(first.centre.distance, unit: "mm")),
                ("distance2", .quantity(centre.distance, unit: "mm")),
            ], count: view.scanCount(like: sightings), subjects: [verdicts.subject(.detector, detector)])
    }
}
