// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import ImageHeaders
import RuleEngine

extension Rule {
    static let geom006 = Rule(
        "GEOM-006", .B, "detector distance is implausible", applies: .both,
        parameters: [
            Parameter("min", "Shortest distance", 20, unit: "mm", limits: 1...100),
            Parameter("max", "Longest distance", 5000, unit: "mm", limits: 500...100000),
            Parameter("maxElectron", "Longest distance for electrons", 20000, unit: "mm", limits: 1000...1_000_000),
        ],
        what: """
            The perpendicular distance from the sample to the detector at the settings of each scan. A unit in which \
            the number would be plausible is named. Electron diffraction has longer distances.
            """,
        why: """
            The distance scales every scattering angle; in the wrong unit, or missing from the chain, nothing indexes.
            """,
        fix: """
            Give the translation along the beam its setting in millimetres.
            """,
        fixInNeXus: "Give the translation along the beam its value in the units that stand beside it.",
        references: ["cctbx/cctbx_project#280", "cctbx/dxtbx#548"],
        needs: .placedPanels + ["SCAN-001", "LINK-001", "PIXEL-011", "GEOM-002"],
        reads: [.probe, .settings],
        checks: [.experiment(implausibleDistances)])
}

private func implausibleDistances(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let isElectron = view.experiment.beam.probe?.value == .electron
    let low = verdicts.number("min")
    let high = max(low, verdicts.number(isElectron ? "maxElectron" : "max"))
    // An image whose header does not place it has a distance all the same.
    if [.smv, .tiff, .minicbf].contains(view.kind), let detector = view.experiment.detectors.first,
        detector.panels.first?.placement == nil, let stated = detector.statedDistances.first,
        !(low...high).contains(stated.value.value)
    {
        let hint = UnitHint(stated.value.value, written: view.unitOfHeader(.distance)) { (low...high).contains($0) }
        let remark = hint.map { "; \(Wording.number($0.value)) mm would be meant in \($0.unit)" } ?? ""
        verdicts.report(
            "\(stated.item) is \(Wording.number(stated.value.value)) mm\(remark)", at: stated.value.places,
            values: [("distance", .quantity(stated.value.value, unit: "mm"))],
            subjects: [verdicts.subject(.detector, detector.id)])
    }
    for (detector, sightings) in view.sightingsByScan {
        guard let first = sightings.first, verdicts.areSound(verdicts.subjects(of: sightings)) else { continue }
        let distances = sightings.compactMap { (try? $0.plane.get())?.perpendicularDistance }
        guard let distance = distances.min(), !distances.contains(where: { (low...high).contains($0) }) else {
            continue
        }
        let carrier = view.distanceAxis(of: first)
        let hint = UnitHint(distance, written: carrier?.units?.value ?? view.unitOfHeader(.distance)) {
            (low...high).contains($0)
        }
        let written = (carrier?.units?.value ?? view.unitOfHeader(.distance)).map { " in '\($0)'" } ?? ""
        let remark = hint.map {
            "; the number stands\(written), \(Wording.number($0.value)) mm would be meant in \($0.unit)"
        }
        verdicts.report(
            "scan '\(first.scanName)': detector distance is \(Wording.number(distance)) mm\(remark ?? "")",
            at: [first.carrierPlace(in: view)],
            values: [("scan", .text(first.scanName)), ("distance", .quantity(distance, unit: "mm"))],
            count: view.scanCount(like: sightings), subjects: [verdicts.subject(.detector, detector)])
    }
}
