// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

/// The panels of a detector and where the beam meets their planes.
struct Facing {
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
