// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CPixels
package import ImageCodecs

/// Which pixels hold no count in any of the frames that were taken in, whatever their order: what a mask is made of.
///
/// Three bits a pixel, so that each thread may have its own.
package struct UnmeasuredPixels: Sendable {
    /// Pixels of a frame.
    package let pixels: Int
    private var always: [UInt8]
    private var gap: [UInt8]
    private var other: [UInt8]
    /// Frames that were taken in.
    package private(set) var frames = 0

    package init(pixels: Int) {
        self.pixels = pixels
        let bytes = (max(0, pixels) &+ 7) / 8
        always = [UInt8](repeating: 0xFF, count: bytes)
        gap = [UInt8](repeating: 0, count: bytes)
        other = gap
    }

    /// Notes that one more frame was taken in whole.
    package mutating func endFrame() { frames &+= 1 }

    /// Takes some pixels of a frame in.
    ///
    /// - Parameters:
    ///   - bytes: Elements in the byte order of this machine.
    ///   - first: Index of the first one in the frame, a multiple of 8.
    ///   - least: The lowest count; what is below, or no number, is none.
    package mutating func take(
        _ bytes: UnsafeRawBufferPointer, _ element: ElementType, at first: Int, least: Double,
        by way: FrameCounts.Way = .fastest
    ) {
        let count = bytes.count / element.bytes
        guard first >= 0, first % 8 == 0, first <= pixels, count <= pixels &- first, count > 0,
            let from = bytes.baseAddress
        else { return }
        always.withUnsafeMutableBufferPointer { always in
            gap.withUnsafeMutableBufferPointer { gap in
                other.withUnsafeMutableBufferPointer { other in
                    guard let a = always.baseAddress, let g = gap.baseAddress, let o = other.baseAddress else { return }
                    cpixels_gather(
                        from, element.cType, count, least, way.cWay, a + first / 8, g + first / 8, o + first / 8)
                }
            }
        }
    }

    /// Takes in what another thread has gathered.
    package mutating func join(_ others: UnmeasuredPixels) {
        guard others.frames > 0, others.pixels == pixels else { return }
        frames &+= others.frames
        for index in always.indices {
            always[index] &= others.always[index]
            gap[index] |= others.gap[index]
            other[index] |= others.other[index]
        }
    }

    /// One number a pixel: bit 0 where it was -1, bit 1 where it was anything else below the lowest count; 0 where a frame
    /// has a count.
    ///
    /// - Source: NXmx NXdetector/pixel_mask, bits 0 (gap) and 1 (dead).
    package var mask: [UInt8] {
        var mask = [UInt8](repeating: 0, count: max(0, pixels))
        guard frames > 0 else { return mask }
        mask.withUnsafeMutableBufferPointer { mask in
            // Most groups of eight have no such pixel.
            for group in always.indices where always[group] != 0 {
                for place in 0..<min(8, pixels &- group &* 8) where always[group] >> UInt8(place) & 1 != 0 {
                    mask[group &* 8 &+ place] =
                        gap[group] >> UInt8(place) & 1 | (other[group] >> UInt8(place) & 1) << 1
                }
            }
        }
        return mask
    }
}
