// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
internal import Frames

/// Rings of equal resolution, where the panels are.
struct ResolutionRings {
    /// Ångströms and degrees.
    struct Ring {
        let spacing: Double
        let twoTheta: Double
    }

    let rings: [Ring]

    /// Five or six rings of round spacings, about equally far apart.
    ///
    /// - Parameters:
    ///   - beam: Unit vector.
    ///   - wavelength: Ångströms.
    init(_ panels: FramePanels, beam: Vector3, wavelength: Double) {
        let corners = panels.parts.flatMap { $0.plane.corners(size: $0.size, origin: $0.origin) }
        let angles = corners.map { $0.angle(to: beam) }
        let isMet = panels.parts.contains { $0.holds(beam) } || panels.parts.count > 1
        guard wavelength > 0, let widest = angles.max(), let nearest = angles.min(), widest > 0, widest < 179 else {
            rings = []
            return
        }
        let start = isMet ? 0 : nearest
        var found: [Ring] = []
        for number in 1...6 {
            let angle = start + (widest - start) * (Double(number) - 0.25) / 6
            let spacing = Self.round(BraggLaw.spacing(twoTheta: angle, wavelength: wavelength))
            let sine = wavelength / (2 * spacing)
            guard sine < 1, found.last?.spacing != spacing else { continue }
            found.append(
                Ring(
                    spacing: spacing, twoTheta: 2 * Trigonometry.arcTangent(y: sine, x: (1 - sine * sine).squareRoot()))
            )
        }
        rings = found
    }

    private static let mantissas = [
        1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2, 2.2, 2.4, 2.6, 2.8, 3, 3.5, 4, 4.5, 5, 5.5, 6, 7, 8, 9, 10,
    ]

    /// The round number that is nearest by its ratio.
    private static func round(_ value: Double) -> Double {
        guard value.isFinite, value > 1e-6 else { return 1e-6 }
        var decade = 1.0
        while value < decade { decade /= 10 }
        while value >= decade * 10 { decade *= 10 }
        let digits = value / decade
        let best = mantissas.min { ($0 / digits - 1).magnitude < ($1 / digits - 1).magnitude } ?? 1
        return (best * decade).cleared(to: 7)
    }

    /// The points of a ring on the panels, as runs that are drawn without lifting the pen.
    ///
    /// - Parameter pixels: A hint of how many points make a smooth ring.
    static func runs(
        twoTheta: Double, beam: Vector3, _ panels: FramePanels, _ view: PictureView
    ) -> [[(x: Double, y: Double)]] {
        guard let across = (abs(beam.x) < 0.9 ? beam.cross(.unitX) : beam.cross(.unitY)).normalised else { return [] }
        let upright = beam.cross(across)
        let (sine, cosine) = Trigonometry.sineAndCosine(degrees: twoTheta)
        var runs: [[(x: Double, y: Double)]] = []
        let near = panels.parts.filter { $0.isNear(twoTheta, beam) }
        let count = near.count > 16 ? 3000 : 6000
        for part in near {
            var run: [(x: Double, y: Double)] = []
            for number in 0...count {
                let (s, c) = Trigonometry.sineAndCosine(degrees: 360 * Double(number) / Double(count))
                let ray = cosine * beam + sine * (c * across + s * upright)
                guard case .hits(let meeting) = part.plane.meeting(beam: ray),
                    meeting.isOnFace(size: part.size, origin: part.origin)
                else {
                    if run.count > 1 { runs.append(run) }
                    run = []
                    continue
                }
                let pixels = meeting.pixels
                run.append(view.place(of: part.plane.position(fast: pixels.fast, slow: pixels.slow)))
            }
            if run.count > 1 { runs.append(run) }
        }
        return runs
    }
}

extension FramePanels.Part {
    /// A cone about the beam may meet the panel.
    fileprivate func isNear(_ twoTheta: Double, _ beam: Vector3) -> Bool {
        let middle = plane.middle(size: size, origin: origin)
        let reach = plane.corners(size: size, origin: origin).map { $0.angle(to: middle) }.max() ?? 180
        return (middle.angle(to: beam) - twoTheta).magnitude <= reach + 0.01
    }
}
