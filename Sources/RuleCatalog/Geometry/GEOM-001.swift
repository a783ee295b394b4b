// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let geom001 = Rule(
        "GEOM-001", .B, "direct beam misses the detector face", applies: .both,
        parameters: [
            Parameter("margin", "Pixels beyond the edge that pass", 0.5, unit: "px", limits: 0...100)
        ],
        what: """
            The point where the direct beam meets each panel, at the settings of each scan with the base swing \
            rotation put to 0. It lies on some panel, or in a gap between panels. A beam that misses only because the \
            detector is swung out is no finding.
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
        needs: [
            "AXIS-001", "AXIS-002", "AXIS-003", "AXIS-004", "AXIS-006", "AXIS-022", "PIXEL-003", "PIXEL-004",
            "GEOM-002",
        ],
        checks: [.experiment(missingBeam)])
}

private func missingBeam(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let beam = view.experiment.beam.direction.value
    let margin = verdicts.number("margin")
    for (detector, sightings) in view.sightingsByScan {
        guard let first = sightings.first, verdicts.areSound(verdicts.subjects(of: sightings)) else { continue }
        let planes = sightings.compactMap { sighting in
            sighting.panel.size.flatMap { size in
                (try? sighting.planeWithoutSwing.get()).map { (sighting: sighting, plane: $0, size: size) }
            }
        }
        guard planes.count == sightings.count else { continue }
        let meetings = planes.compactMap { item in
            item.plane.meeting(beam: beam).centre.map { (item: item, centre: $0) }
        }
        let isHit = meetings.contains { meeting in
            var centre = meeting.centre
            centre.distance = abs(centre.distance)
            return centre.isOnFace(
                size: meeting.item.size, origin: meeting.item.sighting.panel.pixelOrigin, margin: margin)
        }
        guard !isHit, !isBetween(planes.map { ($0.plane, $0.size) }, beam), let nearest = meetings.first else {
            continue
        }
        let centre = nearest.centre.pixels
        verdicts.report(
            "scan '\(first.scanName)': direct beam meets the plane of panel '\(nearest.item.sighting.panel.id)' at fast "
                + "\(Wording.fixed(centre.fast, 1)) px, slow \(Wording.fixed(centre.slow, 1)) px, outside "
                + "\(nearest.item.size.fast) x \(nearest.item.size.slow)",
            at: [first.panel.place],
            values: [
                ("scan", .text(first.scanName)), ("panel", .text(nearest.item.sighting.panel.id)),
                ("fast", .quantity(centre.fast, unit: "px")), ("slow", .quantity(centre.slow, unit: "px")),
            ], count: view.scanCount(like: sightings), subjects: [verdicts.subject(.detector, detector)])
    }
}

/// The beam runs through the hull of the panels: a gap between them.
private func isBetween(_ planes: [(plane: PanelPlane, size: FastSlow<Int>)], _ beam: Vector3) -> Bool {
    guard planes.count > 1, let b = beam.normalised,
        let x = (abs(b.x) < 0.9 ? b.cross(.unitX) : b.cross(.unitY)).normalised
    else { return false }
    let y = b.cross(x)
    let corners = planes.flatMap { $0.plane.corners(size: $0.size, origin: .pixelCorner) }
    let angles = corners.map { $0.dot(x) == 0 && $0.dot(y) == 0 ? 0 : Vector3($0.dot(x), $0.dot(y), 0).turn }.sorted()
    guard let last = angles.last, let start = angles.first else { return false }
    var widest = start + 360 - last
    for (a, b) in zip(angles, angles.dropFirst()) { widest = max(widest, b - a) }
    return widest < 180
}
