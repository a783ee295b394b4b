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
        checks: [.experiment(missingBeam)])
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

/// The panels of a detector and where the beam meets their planes.
private struct Facing {
    struct Meeting {
        let sighting: Sighting
        let plane: PanelPlane
        let size: FastSlow<Int>
        let centre: BeamCentre
    }

    let meetings: [Meeting]
    private let beam: Vector3

    /// Nil when a panel has no plane, no size, or is seen edge-on.
    init?(_ sightings: [Sighting], _ plane: (Sighting) -> Result<PanelPlane, PlacementFault>, _ beam: Vector3) {
        meetings = sightings.compactMap { sighting in
            guard let size = sighting.panel.size, let plane = try? plane(sighting).get(),
                let centre = plane.meeting(beam: beam).centre
            else { return nil }
            return Meeting(sighting: sighting, plane: plane, size: size, centre: centre)
        }
        guard meetings.count == sightings.count, let unit = beam.normalised else { return nil }
        self.beam = unit
    }

    /// The beam meets a panel, or runs through a gap between panels.
    func isMet(_ margin: Double) -> Bool {
        let isHit = meetings.contains { meeting in
            var centre = meeting.centre
            centre.distance = abs(centre.distance)
            return centre.isOnFace(size: meeting.size, origin: meeting.sighting.panel.pixelOrigin, margin: margin)
        }
        return isHit || isBetween
    }

    /// The directions to the corners leave no half plane empty.
    private var isBetween: Bool {
        guard meetings.count > 1,
            let x = (abs(beam.x) < 0.9 ? beam.cross(.unitX) : beam.cross(.unitY)).normalised
        else { return false }
        let y = beam.cross(x)
        let corners = meetings.flatMap { $0.plane.corners(size: $0.size, origin: .pixelCorner) }
        let angles = corners.map { Vector3($0.dot(x), $0.dot(y), 0) }.filter { $0.length > 0 }.map(\.turn).sorted()
        guard let last = angles.last, let start = angles.first else { return false }
        var widest = start + 360 - last
        for (a, b) in zip(angles, angles.dropFirst()) { widest = max(widest, b - a) }
        return widest < 180
    }
}
