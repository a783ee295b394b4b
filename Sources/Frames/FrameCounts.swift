// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CPixels
public import ImageCodecs

/// What is declared of the values of a detector, by which pixels are told from flags.
public struct ValueLimits: Sendable, Hashable {
    /// Lowest count; values below it are flags. nil: nothing is declared, and 0 is taken.
    public var least: Double?
    /// Greatest count; values above it are overloaded. nil: nothing is declared.
    public var most: Double?
    /// The value of pixels without a count; nil: nothing is declared.
    public var undefined: Double?

    public init(least: Double? = nil, most: Double? = nil, undefined: Double? = nil) {
        self.least = least
        self.most = most
        self.undefined = undefined
    }
}

/// What was counted of the pixels of one frame.
///
/// Pixels under the mask are apart. Of the others those at the greatest value of a 16-bit or wider integer type, and at the
/// one below it where the type is unsigned, are flags by custom; then come those below the lowest count and above the
/// greatest; the rest are counts.
public struct FrameCounts: Sendable, Hashable {
    /// Pixels in all.
    public let pixels: Int
    /// Pixels under the mask.
    public let masked: Int
    /// Pixels below 0.
    public let negative: Int
    /// Pixels below the lowest count.
    public let below: Int
    /// Pixels that are no number.
    public let broken: Int
    /// Pixels at the greatest value of the type.
    public let atGreatest: Int
    /// Pixels one below the greatest value of the type.
    public let atSecond: Int
    /// Pixels above the greatest count, and the greatest of them.
    public let above: Int
    /// The greatest value above the greatest count.
    public let greatestAbove: Double?
    /// Pixels that hold counts.
    public let counts: Int
    /// Pixels that hold the count 0.
    public let zeros: Int
    /// The lowest count; nil without counts.
    public let lowest: Double?
    /// The greatest count; nil without counts.
    public let greatest: Double?
    /// Mean of the counts; nil without counts.
    public let mean: Double?
    /// Pixels at the greatest count.
    public let atTop: Int
    /// Pixels at the ten values below the greatest count.
    public let nearTop: Int
    /// The lowest value of all that is not masked; nil without any.
    public let lowestOfAll: Double?

    /// Pixels that hold no count, for whatever reason.
    public var flagged: Int { pixels - counts }

    /// How pixels are counted, which changes nothing but the time it takes.
    package enum Way {
        /// By the widest vectors of this processor.
        case fastest
        /// By vectors that every processor has.
        case plain
        /// One pixel after the other.
        case oneByOne
    }

    /// - Parameters:
    ///   - mask: One byte a pixel, as many as there are pixels, not 0 where the pixel is masked; nil without one.
    ///   - digest: Set to `FrameImage.digest`, which costs least while the pixels are at hand.
    package init(
        _ image: FrameImage, mask: [UInt8]?, limits: ValueLimits, by way: Way = .fastest, digest: inout UInt64
    ) {
        var raw = cpixels_counts()
        var sum: UInt64 = 0
        let pixels = image.pixels
        let (least, most) = limits.range(for: image.element)
        image.bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            if let mask, mask.count == pixels {
                mask.withUnsafeBufferPointer {
                    cpixels_count(
                        base, image.element.cType, pixels, $0.baseAddress, least, most, way.cWay, &sum, &raw)
                }
            } else {
                cpixels_count(base, image.element.cType, pixels, nil, least, most, way.cWay, &sum, &raw)
            }
        }
        digest = image.digest(ofBytes: sum)
        self.pixels = pixels
        masked = Int(clamping: raw.masked)
        negative = Int(clamping: raw.negative)
        below = Int(clamping: raw.below)
        broken = Int(clamping: raw.broken)
        atGreatest = Int(clamping: raw.at_greatest)
        atSecond = Int(clamping: raw.at_second)
        above = Int(clamping: raw.above)
        greatestAbove = raw.above > 0 ? raw.greatest_above : nil
        counts = Int(clamping: raw.valid)
        zeros = Int(clamping: raw.zero)
        let isCounted = raw.valid > 0
        lowest = isCounted ? raw.lowest : nil
        greatest = isCounted ? raw.greatest : nil
        mean = isCounted ? raw.sum / Double(raw.valid) : nil
        atTop = Int(clamping: raw.at_top)
        nearTop = Int(clamping: raw.near_top)
        lowestOfAll = raw.lowest_of_all.isFinite ? raw.lowest_of_all : nil
    }

    /// - Parameter mask: One byte a pixel, as many as there are pixels, not 0 where the pixel is masked; nil without one.
    public init(_ image: FrameImage, mask: [UInt8]?, limits: ValueLimits) {
        var digest: UInt64 = 0
        self.init(image, mask: mask, limits: limits, digest: &digest)
    }
}

extension FrameCounts {
    /// Of larger frames every eighth row is enough for a median.
    private static let mostForMedian = 1_000_000

    /// The median of the counts of an image; nil without counts, for counts beyond 65535, and for real numbers.
    static func median(of image: FrameImage, _ mask: [UInt8]?, _ limits: ValueLimits) -> Double? {
        guard image.fast > 0, !image.element.isFloat else { return nil }
        let (least, most) = limits.range(for: image.element)
        let shade = mask.flatMap { $0.count == image.pixels ? $0 : nil } ?? []
        let step = image.pixels > mostForMedian ? 8 : 1
        let median = image.bytes.withUnsafeBytes { bytes in
            shade.withUnsafeBufferPointer { shade in
                bytes.baseAddress.map { base in
                    cpixels_median(
                        base, image.element.cType, image.fast, image.pixels / image.fast, step,
                        shade.isEmpty ? nil : shade.baseAddress, least, most)
                } ?? -1
            }
        }
        return median < 0 ? nil : median
    }
}

extension FrameCounts.Way {
    var cWay: cpixels_way {
        switch self {
        case .fastest: cpixels_fastest
        case .plain: cpixels_plain
        case .oneByOne: cpixels_one_by_one
        }
    }
}

extension ElementType {
    /// Real numbers.
    public var isFloat: Bool { self == .float32 || self == .float64 }
}
