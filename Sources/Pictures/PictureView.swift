// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
internal import Frames

/// How panels are seen: a parallel projection on the plane of one of them, from the side of the sample.
public struct PictureView: Sendable {
    /// Unit vectors of the laboratory to the right, downwards and into the picture.
    public let right, down, into: Vector3
    /// Degrees from the projection of gravity to `down`; nil where gravity is not known or runs into the picture.
    public let tilt: Double?
    /// The point in the upper left corner, by its components along `right` and `down`, millimetres.
    private let corner: (x: Double, y: Double)
    /// Millimetres of a pixel of the picture.
    private let scale: Double
    /// Pixels of the picture.
    public let width, height: Int
    /// Pixels of a frame along each side of a square that is one value of the picture.
    public let factor: Int

    /// - Parameters:
    ///   - gravity: Downwards; nil: the picture is turned as the first panel is stored.
    ///   - longest: Pixels of the longer side, at most.
    ///   - shortest: Pixels that the longer side has at least, where pixels of a small frame are drawn as squares.
    /// - Returns: nil for panels without an extent.
    init?(_ panels: FramePanels, beam: Vector3?, gravity: Vector3?, longest: Int, shortest: Int) {
        guard let main = Self.main(panels, beam), let normal = main.plane.normal,
            let fast = main.plane.fast.normalised, let slow = main.plane.slow.normalised
        else { return nil }
        let middle = main.plane.middle(
            size: FastSlow(fast: main.area.fast.count, slow: main.area.slow.count), origin: main.origin)
        let away = normal.dot(middle)
        let isFlipped = panels.whyStored != nil ? normal.z > 0 : away == 0 ? normal.dot(beam ?? normal) < 0 : away < 0
        let into = isFlipped ? -normal : normal
        let onPlane = gravity.map { $0 - $0.dot(into) * into }
        let isSeen = (onPlane?.length ?? 0) > 0.05 * (gravity?.length ?? 1)
        let wanted = isSeen ? onPlane ?? slow : slow
        let best = [slow, -slow, fast, -fast].max { $0.dot(wanted) < $1.dot(wanted) } ?? slow
        guard let down = (best - best.dot(into) * into).normalised, let right = down.cross(into).normalised else {
            return nil
        }
        (self.right, self.down, self.into) = (right, down, into)
        tilt = isSeen && gravity != nil ? down.angle(to: wanted) : nil

        let corners = panels.parts.flatMap { part in
            part.plane.corners(
                size: FastSlow(fast: part.area.fast.count, slow: part.area.slow.count), origin: part.origin)
        }
        let (xs, ys) = (corners.map { $0.dot(right) }, corners.map { $0.dot(down) })
        guard let left = xs.min(), let top = ys.min(), let far = xs.max(), let bottom = ys.max(),
            let step = panels.parts.map({ min($0.plane.steps.fast, $0.plane.steps.slow) }).min(), step > 0
        else { return nil }
        let extent = max(far - left, bottom - top) / step
        guard extent.isFinite, extent >= 1, extent < 1e9 else { return nil }
        let factor = max(1, Int((extent / Double(longest) - 1e-6).rounded(.up)))
        let zoom = factor == 1 ? max(1, Int((Double(shortest) / extent).rounded(.up))) : 1
        self.factor = factor
        corner = (left, top)
        scale = step * Double(factor) / Double(zoom)
        width = max(1, Int(((far - left) / scale - 1e-6).rounded(.up)))
        height = max(1, Int(((bottom - top) / scale - 1e-6).rounded(.up)))
    }

    /// The panel that the beam meets, else the first.
    private static func main(_ panels: FramePanels, _ beam: Vector3?) -> FramePanels.Part? {
        beam.flatMap { beam in panels.parts.first { $0.holds(beam) } } ?? panels.parts.first
    }

    /// Where a point of the laboratory is seen, pixels from the upper left corner.
    func place(of point: Vector3) -> (x: Double, y: Double) {
        ((point.dot(right) - corner.x) / scale, (point.dot(down) - corner.y) / scale)
    }

    /// Where a direction points in the picture; its length is its part in the plane.
    func direction(of vector: Vector3) -> (x: Double, y: Double) { (vector.dot(right), vector.dot(down)) }
}
