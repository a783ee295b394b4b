// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import ImageHeaders
import RuleEngine

extension Rule {
    static let geom001 = Rule(
        "GEOM-001", .B, "direct beam misses the detector face", applies: .both,
        parameters: [
            Parameter("margin", "Pixels beyond the edge that pass", 0.5, unit: "px", limits: 0...100)
        ],
        what: """
            The point where the direct beam meets each panel, at the settings of each scan with the base swing \
            rotation put to 0, and once more with every rotation of the detector at 0. It lies on some panel, or in a \
            gap between panels. A beam that misses only because the detector is swung out is no finding.
            """,
        why: """
            Nearly always the detector is placed wrongly: indexing starts from this point and fails, or finds a wrong \
            lattice.
            """,
        fix: """
            Correct the offset of the pixel axes, or the translations in the plane of the detector, so that the beam \
            meets the pixel where it was seen.
            """,
        references: [
            "imgCIF _diffrn_data_frame.center_fast",
            "NXmx:/NXentry/NXinstrument/NXdetector/beam_center_x",
            "xia2/xia2#617",
            "dials/dials#747",
        ],
        needs: .placedPanels + ["GEOM-002", "SCAN-001", "LINK-001", "PIXEL-006", "PIXEL-011", "PIXEL-012"],
        reads: [.settings, .moduleSize, .moduleOrigin],
        checks: [.experiment(missingBeam), .experiment(centreOffTheFace)])
}

private func missingBeam(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let beam = view.experiment.beam.direction.value
    let margin = verdicts.number("margin")
    for (detector, sightings) in view.sightingsByScan {
        guard let first = sightings.first, verdicts.areSound(verdicts.subjects(of: sightings)) else { continue }
        guard let swung = Facing(sightings, \.planeWithoutSwing, beam), !swung.isMet(margin),
            Facing(sightings, \.planeWithoutTurns, beam)?.isMet(margin) != true, let nearest = swung.meetings.first,
            !view.isSwungOut(nearest.sighting, nearest.size)
        else { continue }
        // A panel at the sample is met by every beam; GEOM-006 tells of its distance.
        guard nearest.centre.distance != 0 else { continue }
        let centre = nearest.centre.pixels
        verdicts.report(
            "scan '\(first.scanName)': direct beam meets the plane of panel '\(nearest.sighting.panel.id)' at fast "
                + "\(Wording.fixed(centre.fast, 1)) px, slow \(Wording.fixed(centre.slow, 1)) px, outside "
                + "\(nearest.size.fast) x \(nearest.size.slow)",
            at: [first.panel.place],
            values: [
                ("scan", .text(first.scanName)), ("panel", .text(nearest.sighting.panel.id)),
                ("fast", .quantity(centre.fast, unit: "px")), ("slow", .quantity(centre.slow, unit: "px")),
            ], count: view.scanCount(like: sightings), subjects: [verdicts.subject(.detector, detector)])
    }
}

/// A beam centre of an SMV header that lies off the face however it is read, so that nothing places the image.
private func centreOffTheFace(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard view.kind == .smv, view.imageHeader?.swing?.value ?? 0 == 0, !verdicts.isTold(by: ["PIXEL-011"]) else {
        return
    }
    for detector in view.experiment.detectors {
        guard let panel = detector.panels.first, panel.placement == nil, let pixel = panel.statedPixelSize.fast?.value,
            pixel > 0, let size = panel.size,
            let stated = detector.statedBeamCentres.first(where: { $0.item == "BEAM_CENTER_X" && $0.unit == "mm" })
        else { continue }
        let (x, y) = (stated.value.slow, stated.value.fast)
        let (width, height) = (Double(size.fast), Double(size.slow))
        func isOnFace(_ x: Double, _ y: Double) -> Bool { (0...width).contains(x) && (0...height).contains(y) }
        let (fast, slow) = (x / pixel, y / pixel)
        let readings = [(slow, fast), (fast, slow), (fast, height - slow), (slow, height - fast)]
        guard !readings.contains(where: isOnFace) else { continue }
        let isInPixels = isOnFace(x, y) || isOnFace(y, x)
        verdicts.report(
            "beam centre \(Wording.number(x)), \(Wording.number(y)) mm lies outside of "
                + "\(Wording.number(width * pixel)) x \(Wording.number(height * pixel)) mm however it is read"
                + (isInPixels ? "; as pixels it lies on the face" : ""),
            at: [stated.place],
            values: [("x", .quantity(x, unit: "mm")), ("y", .quantity(y, unit: "mm"))],
            subjects: [verdicts.subject(.detector, detector.id)])
    }
}
