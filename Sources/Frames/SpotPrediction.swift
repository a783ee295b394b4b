// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction

/// Where spots of some frames are seen again in others.
struct SpotPrediction {
    /// A frame with its spots.
    struct Frame {
        /// Setting of the scan axis, degrees, rising: a frame that runs back is the same interval.
        let interval: ClosedRange<Double>
        let spots: [FrameSpot]

        var middle: Double { (interval.lowerBound + interval.upperBound) / 2 }
    }

    let frames: [Frame]
    let panels: FramePanels
    /// Unit vectors of the laboratory.
    let beam, axis: Vector3

    /// Spots of a frame that are followed.
    private static let sources = 80
    /// Pixels up to which a spot is at its place.
    private static let tolerance = 3.0
    /// Pixels from the edge of a panel where nothing is predicted.
    private static let margin = 4.0
    /// Sine of the angle to the axis, in effect: nearer to it a spot stays for many frames.
    private static let leastSpeed = 0.3

    var score: SpotEvidence.Score {
        var score = SpotEvidence.Score()
        for (number, frame) in frames.enumerated() {
            for spot in frame.spots.prefix(Self.sources) { follow(spot, of: number, &score) }
        }
        return score
    }

    private func follow(_ spot: FrameSpot, of number: Int, _ score: inout SpotEvidence.Score) {
        guard panels.parts.indices.contains(spot.panel) else { return }
        let place = panels.parts[spot.panel].plane.position(fast: spot.place.fast, slow: spot.place.slow)
        guard let ray = place.normalised else { return }
        let q = ray - beam
        guard let across = ray.cross(beam).normalised, across.dot(axis).magnitude > Self.leastSpeed else { return }
        for vector in [q, -q] {
            for angle in crossings(vector) {
                // The spot itself, in this frame and its neighbours.
                let isSame = vector == q && angle.remainder(dividingBy: 360).magnitude < 3
                guard !isSame else { continue }
                look(vector, angle, from: spot, number, &score)
            }
        }
    }

    /// Angles about the axis at which a vector ends on the sphere of Ewald, degrees.
    private func crossings(_ q: Vector3) -> [Double] {
        let along = q.dot(axis) * axis
        let across = q - along
        let (a, b) = (beam.dot(across), beam.dot(axis.cross(across)))
        let c = -q.dot(q) / 2 - beam.dot(along)
        let reach = (a * a + b * b).squareRoot()
        guard reach > 1e-9, c.magnitude < reach else { return [] }
        let middle = Trigonometry.arcTangent(y: b, x: a)
        let half = Trigonometry.arcTangent(y: (reach * reach - c * c).squareRoot(), x: c)
        return [middle - half, middle + half]
    }

    private func look(
        _ q: Vector3, _ angle: Double, from spot: FrameSpot, _ number: Int, _ score: inout SpotEvidence.Score
    ) {
        let setting = frames[number].middle + angle
        var target: (panel: Int, pixels: FastSlow<Double>)?
        for (other, frame) in frames.enumerated() where other != number {
            let width = frame.interval.upperBound - frame.interval.lowerBound
            var within = (setting - frame.interval.lowerBound).remainder(dividingBy: 360)
            if within < 0 { within += 360 }
            guard within <= width else { continue }
            if target == nil {
                guard let turn = Matrix3.rotation(about: axis, degrees: angle), let met = meeting(beam + turn * q)
                else {
                    return
                }
                target = met
            }
            guard let target else { return }
            // Too near to where it came from to be told apart.
            if target.panel == spot.panel, distance(target.pixels, spot.place) < 8 { return }
            score.predicted += 1
            let isThere = frame.spots.contains {
                $0.panel == target.panel && distance($0.place, target.pixels) <= Self.tolerance
            }
            if isThere { score.found += 1 }
        }
    }

    private func meeting(_ ray: Vector3) -> (panel: Int, pixels: FastSlow<Double>)? {
        for (number, part) in panels.parts.enumerated() {
            guard case .hits(let centre) = part.plane.meeting(beam: ray),
                centre.isOnFace(size: part.size, origin: part.origin, margin: -Self.margin)
            else { continue }
            return (number, centre.pixels)
        }
        return nil
    }

    private func distance(_ a: FastSlow<Double>, _ b: FastSlow<Double>) -> Double {
        let (x, y) = (a.fast - b.fast, a.slow - b.slow)
        return (x * x + y * y).squareRoot()
    }
}

extension FramePanels {
    /// The panels with two directions of the face exchanged or one turned round, about the beam centre.
    ///
    /// - Parameter straight: The same panels with the swing at 0, where a description counts the beam centre.
    /// - Returns: nil where the beam meets no plane.
    func changed(to hypothesis: SpotEvidence.Hypothesis, beam: Vector3, straight: FramePanels) -> FramePanels? {
        guard let met = straight.meeting(beam: beam),
            let main = zip(parts, straight.parts).first(where: { $0.1.area == met.part.area })?.0,
            let fast = main.plane.fast.normalised,
            let slow = (main.plane.slow - main.plane.slow.dot(fast) * fast).normalised
        else { return nil }
        let centre = main.plane.position(fast: met.centre.pixels.fast, slow: met.centre.pixels.slow)
        let normal = fast.cross(slow)
        func image(_ vector: Vector3) -> Vector3 {
            let (u, v, w) = (vector.dot(fast), vector.dot(slow), vector.dot(normal))
            let rest = w * normal
            return switch hypothesis {
            case .exchanged: v * fast + u * slow + rest
            case .fastReversed: -u * fast + v * slow + rest
            case .slowReversed: u * fast + -v * slow + rest
            case .stated, .rotationReversed, .swingReversed: vector
            }
        }
        return FramePanels(
            parts: parts.map { part in
                Part(
                    area: part.area,
                    plane: PanelPlane(
                        origin: centre + image(part.plane.origin - centre), fast: image(part.plane.fast),
                        slow: image(part.plane.slow)), origin: part.origin)
            })
    }
}
