// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CPixels
internal import Diffraction
internal import ImageCodecs

/// A strong spot of a frame.
struct FrameSpot: Sendable {
    /// Which panel it is on.
    let panel: Int
    /// In pixel coordinates of the panel, on its own origin.
    let place: FastSlow<Double>
    /// Above the background.
    let counts: Double
}

extension FramePanels {
    /// Spots that are kept of a frame, at most.
    private static let mostSpots = 600
    /// Spots that are looked at on a panel, at most.
    private static let room = 20_000

    /// The strong spots of a frame, the strongest first.
    ///
    /// - Parameter mask: One byte a pixel of the frame, not 0 where it is masked; nil without one.
    func spots(in image: FrameImage, mask: [UInt8]?, limits: ValueLimits) -> [FrameSpot] {
        let (least, most) = limits.range(for: image.element)
        let shade = mask.flatMap { $0.count == image.pixels ? $0 : nil } ?? []
        var found: [FrameSpot] = []
        var room = [cpixels_spot](repeating: cpixels_spot(), count: Self.room)
        for (number, part) in parts.enumerated() {
            guard let first = image.index(ofFirst: part.area) else { continue }
            let count = image.bytes.withUnsafeBytes { bytes in
                shade.withUnsafeBufferPointer { shade in
                    bytes.baseAddress.map { base in
                        cpixels_spots(
                            base + first * image.element.bytes, image.element.cType, image.fast, part.size.fast,
                            part.size.slow, shade.isEmpty ? nil : shade.baseAddress.map { $0 + first }, least, most,
                            &room, Self.room)
                    } ?? 0
                }
            }
            let start = part.origin.outlineStart
            for spot in room.prefix(min(count, Self.room)) {
                found.append(
                    FrameSpot(
                        panel: number,
                        place: FastSlow(fast: Double(spot.fast) + start, slow: Double(spot.slow) + start),
                        counts: Double(spot.counts)))
            }
        }
        return Array(found.sorted { $0.counts > $1.counts }.prefix(Self.mostSpots))
    }
}
