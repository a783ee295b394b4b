// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CPixels
public import Diffraction
internal import ImageCodecs

/// Pixels of a part of frames joined to squares: the greatest count of each square, over any number of frames.
public struct FrameBins: Sendable {
    /// What was met in a square; several may be set.
    public struct State: OptionSet, Sendable, Hashable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// A pixel with a count.
        public static let count = State(rawValue: 1)
        /// A pixel under the mask.
        public static let masked = State(rawValue: 2)
        /// A pixel at a flag value, below the lowest count, or without a number.
        public static let flagged = State(rawValue: 4)
        /// A pixel above the greatest count.
        public static let above = State(rawValue: 8)
    }

    /// The pixels that are joined.
    public let area: Area
    /// Pixels along each side of a square.
    public let factor: Int
    /// Squares along fast.
    public let fast: Int
    /// Squares along slow.
    public let slow: Int
    /// The greatest count of each square, `[slow][fast]`; minus infinity where there is none.
    public private(set) var greatest: [Float]
    /// What was met, `[slow][fast]`.
    public private(set) var states: [State]

    /// - Parameters:
    ///   - area: One plane; its pixels from 0.
    ///   - factor: Above 0.
    public init(_ area: Area, factor: Int) {
        self.area = area
        self.factor = max(1, factor)
        fast = (area.fast.count + self.factor - 1) / self.factor
        slow = (area.slow.count + self.factor - 1) / self.factor
        greatest = [Float](repeating: -.infinity, count: fast * slow)
        states = [State](repeating: [], count: fast * slow)
    }

    /// Adds a frame; one that does not hold the area changes nothing.
    ///
    /// - Parameter mask: One byte a pixel of the frame, not 0 where it is masked; nil without one.
    public mutating func add(_ image: FrameImage, mask: [UInt8]?, limits: ValueLimits) {
        guard let first = image.index(ofFirst: area), !greatest.isEmpty else { return }
        let (least, most) = limits.range(for: image.element)
        let shade = mask.flatMap { $0.count == image.pixels ? $0 : nil } ?? []
        image.bytes.withUnsafeBytes { bytes in
            shade.withUnsafeBytes { shade in
                greatest.withUnsafeMutableBufferPointer { greatest in
                    states.withUnsafeMutableBytes { states in
                        guard let base = bytes.baseAddress else { return }
                        cpixels_bin(
                            base + first * image.element.bytes, image.element.cType, image.fast, area.fast.count,
                            area.slow.count, factor, factor,
                            shade.isEmpty
                                ? nil : shade.baseAddress.map { $0.assumingMemoryBound(to: UInt8.self) + first },
                            least, most,
                            greatest.baseAddress, nil, nil, states.baseAddress?.assumingMemoryBound(to: UInt8.self))
                    }
                }
            }
        }
    }

    /// Adds what other frames gave for the same squares.
    public mutating func add(_ other: FrameBins) {
        guard other.area == area, other.factor == factor else { return }
        for index in greatest.indices {
            greatest[index] = max(greatest[index], other.greatest[index])
            states[index].formUnion(other.states[index])
        }
    }
}

extension FrameImage {
    /// The number of the first pixel of an area of one plane; nil where the frame does not hold it.
    func index(ofFirst area: Area) -> Int? {
        guard area.planes.count == 1, planes > 0, slow > 0, fast > 0, pixels == planes * slow * fast,
            Area(planes: 0..<planes, slow: 0..<slow, fast: 0..<fast).holds(area)
        else { return nil }
        return (area.planes.lowerBound * slow + area.slow.lowerBound) * fast + area.fast.lowerBound
    }
}

extension ValueLimits {
    /// Least and greatest count of a type, where nothing is declared 0 and no limit.
    func range(for element: ElementType) -> (least: Double, most: Double) {
        (least ?? (element.isFloat ? -.infinity : 0), most ?? .infinity)
    }
}

extension ValueLimits {
    /// What a detector declares.
    public init(of detector: Detector) {
        self.init(
            least: detector.underload?.value, most: detector.saturation?.value,
            undefined: detector.undefinedValue?.value)
    }
}
