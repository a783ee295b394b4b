// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import ImageCodecs

/// The form of the pixels of a scan, known before anything is written.
///
/// Signed integers of 8 and 16 bits widen to 32; unsigned ones of 8 and 16 stay; unsigned ones of 32 become signed where
/// every value fits and stay otherwise; integers of 64 bits narrow to 32 or are refused; reals stay.
/// - Source: dxtbx and the XDS plugins, which read signed integers up to 32 bits and unsigned ones up to 16.
public struct PixelPlan: Sendable, Hashable {
    /// Frames of the scan.
    public let frames: Int
    /// Images one above the other; nil where a frame is one image, so that the dataset has three dimensions.
    public let planes: Int?
    /// Pixels along slow.
    public let slow: Int
    /// Pixels along fast.
    public let fast: Int
    /// What an element is in the input; of the first frame that was read.
    public let source: ElementType
    /// What an element becomes.
    public let stored: ElementType

    /// The extent of a frame, slowest first.
    public var shape: [Int] { (planes.map { [$0] } ?? []) + [slow, fast] }
    /// Pixels of a frame.
    public var pixels: Int { (planes ?? 1) &* slow &* fast }
    /// Readers take unsigned 32-bit integers only where `bit_depth_readout` is 32.
    public var needsBitDepth32: Bool { stored == .uint32 }

    public init(
        frames: Int, planes: Int?, slow: Int, fast: Int, source: ElementType, stored: ElementType
    ) {
        self.frames = frames
        self.planes = planes
        self.slow = slow
        self.fast = fast
        self.source = source
        self.stored = stored
    }
}
