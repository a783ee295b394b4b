// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
internal import Frames

/// What tells pixel, direction and count of a point of a picture.
public struct PictureReading: Sendable {
    /// One panel of the picture.
    public struct Part: Sendable {
        /// Where index (0, 0) is seen, and how far one step along fast and slow leads, pixels of the picture: x, y each.
        public let start, fastStep, slowStep: (x: Double, y: Double)
        /// Pixels.
        public let size: FastSlow<Int>
        /// The index at the outer edge of the first pixel.
        public let outlineStart: Double
        /// Where the panel stands, millimetres.
        public let plane: PanelPlane
    }

    public let parts: [Part]
    /// Where nothing places the panels, pixels stand as they are stored and directions mean nothing.
    public let isPlaced: Bool
    /// Unit vector.
    public let beam: Vector3?
    /// Ångströms.
    public let wavelength: Double?
    /// A count above `low` is `low + softness * (2 ^ (darkness / factor) - 1)`, where black has the darkness 1.
    public let low, softness, factor: Double
}

extension FramePicture {
    /// - Parameter most: Panels that are told, at most.
    public func reading(most: Int) -> PictureReading {
        let parts = content.panels.parts.prefix(most).map { part in
            let start = view.place(of: part.plane.origin)
            let alongFast = view.place(of: part.plane.origin + part.plane.fast)
            let alongSlow = view.place(of: part.plane.origin + part.plane.slow)
            return PictureReading.Part(
                start: start, fastStep: (alongFast.x - start.x, alongFast.y - start.y),
                slowStep: (alongSlow.x - start.x, alongSlow.y - start.y), size: part.size,
                outlineStart: part.origin.outlineStart, plane: part.plane)
        }
        return PictureReading(
            parts: Array(parts), isPlaced: content.panels.whyStored == nil,
            beam: content.experiment.beam.direction.value.normalised,
            wavelength: content.experiment.beam.wavelengths?.value.first, low: Double(scale.low),
            softness: Double(scale.softness), factor: Double(scale.factor))
    }
}
