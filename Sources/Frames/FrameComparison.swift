// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CPixels
public import Diffraction
internal import ImageCodecs

/// The frames of two descriptions of one experiment, held against each other pixel by pixel.
///
/// Frames are counted through all stacks of a description: one may hold in a dataset what the other tells as several scans.
public struct FrameComparison: Sendable {
    /// One of the two descriptions.
    public struct Side: Sendable {
        let experiment: Experiment
        let map: FrameMap
        let reader: FrameReader

        /// - Parameters:
        ///   - map: Where the frames of the experiment lie.
        ///   - reader: Of the map.
        public init(_ experiment: Experiment, map: FrameMap, reader: FrameReader) {
            self.experiment = experiment
            self.map = map
            self.reader = reader
        }
    }

    /// What came of one frame.
    public enum Outcome: Sendable, Hashable {
        /// All pixels agree, flags taken as flags.
        case same
        /// So many pixels differ; the place of the first, from 0 along fast and slow.
        case pixels(Int, first: FastSlow<Int>)
        /// The sizes: planes, slow, fast.
        case size([Int], [Int])
        /// It was not read in one of them.
        case unread(isInFirst: Bool, FrameFault)
    }

    /// Frames that each description announces.
    public let announced: (first: Int, second: Int)
    /// The frames that were compared, from 1, rising, and what came of them.
    public let frames: [(number: Int, outcome: Outcome)]
    /// Pixels that one mask flags and the other does not.
    public struct MaskDifference: Sendable, Hashable {
        public let inFirstAlone: Int
        public let inSecondAlone: Int
    }

    /// What the masks say differently; nil where they agree, or one side has none.
    public let masks: MaskDifference?
    /// Why a mask is not known, where there is one.
    public let unreadMasks: [String]

    /// Compares the frames that a sampling takes of the shorter of the two.
    public init(_ first: Side, _ second: Side, sampling: FrameSampling) {
        let sides = (CountedFrames(first), CountedFrames(second))
        announced = (sides.0.count, sides.1.count)
        let numbers = sampling.frames(of: min(sides.0.count, sides.1.count))
        frames = mapOnThreads(numbers.count, keeping: Rooms.init) { index, rooms in
            (numbers[index] + 1, Self.compare(numbers[index], sides.0, sides.1, &rooms.first, &rooms.second))
        }
        masks = MaskDifference(sides.0.flags.mask, sides.1.flags.mask)
        unreadMasks = [sides.0.flags, sides.1.flags].compactMap { flags in
            if case .unread(let why) = flags.mask.state { why } else { nil }
        }
    }

    private static func compare(
        _ number: Int, _ first: CountedFrames, _ second: CountedFrames, _ room: inout FrameRoom,
        _ otherRoom: inout FrameRoom
    ) -> Outcome {
        let one: FrameReader.Frame
        do throws(FrameFault) { one = try first.frame(number, &room) } catch { return .unread(isInFirst: true, error) }
        let other: FrameReader.Frame
        do throws(FrameFault) { other = try second.frame(number, &otherRoom) } catch {
            return .unread(isInFirst: false, error)
        }
        let outcome = compare(one.image, first, other.image, second)
        room.take((consume one).image)
        otherRoom.take((consume other).image)
        return outcome
    }

    private static func compare(
        _ one: FrameImage, _ first: CountedFrames, _ other: FrameImage, _ second: CountedFrames
    ) -> Outcome {
        // Planes one above the other are as good as one that is higher.
        guard one.fast == other.fast, one.planes * one.slow == other.planes * other.slow else {
            return .size([one.planes, one.slow, one.fast], [other.planes, other.slow, other.fast])
        }
        if one.element == other.element, one.bytes == other.bytes { return .same }
        var place = 0
        let differing = first.withSide(one) { a in
            second.withSide(other) { b in
                withUnsafePointer(to: a) { a in
                    withUnsafePointer(to: b) { b in cpixels_differences(a, b, one.pixels, &place) }
                }
            }
        }
        guard differing > 0, one.fast > 0 else { return .same }
        return .pixels(Int(clamping: differing), first: FastSlow(fast: place % one.fast, slow: place / one.fast))
    }
}

extension FrameComparison.MaskDifference {
    /// Nil when both flag the same pixels, or either is not there, was not read or is of another size.
    init?(_ first: PixelMask, _ second: PixelMask) {
        guard let one = first.flags, let other = second.flags, one.count == other.count, one != other else {
            return nil
        }
        var alone = (first: 0, second: 0)
        for (a, b) in zip(one, other) where (a == 0) != (b == 0) {
            if a != 0 { alone.first += 1 } else { alone.second += 1 }
        }
        guard alone.first + alone.second > 0 else { return nil }
        (inFirstAlone, inSecondAlone) = alone
    }
}

/// Memory for a frame of each side.
private struct Rooms {
    var first = FrameRoom()
    var second = FrameRoom()
}

/// The frames of all stacks of a description, one after the other.
private struct CountedFrames: Sendable {
    let flags: DetectorFlags
    private let reader: FrameReader
    private let stacks: [FrameStack]
    /// Of all stacks.
    let count: Int

    init(_ side: FrameComparison.Side) {
        reader = side.reader
        stacks = side.map.stacks.filter { ExperimentFrames.isOf($0, side.experiment) }
        count = stacks.reduce(0) { $0 &+ max(0, $1.frames) }
        flags = DetectorFlags(of: side.experiment, side.map, side.reader)
    }

    func frame(_ number: Int, _ room: inout FrameRoom) throws(FrameFault) -> FrameReader.Frame {
        var left = number
        for stack in stacks {
            if left < stack.frames { return try reader.frame(left, of: stack, in: &room) }
            left -= max(0, stack.frames)
        }
        throw .absent
    }

    func withSide<Result>(_ image: FrameImage, _ body: (cpixels_side) -> Result) -> Result {
        image.bytes.withUnsafeBytes { bytes in
            var side = cpixels_side()
            side.pixels = bytes.baseAddress
            side.type = image.element.cType
            side.least = flags.limits.least ?? -.infinity
            side.most = flags.limits.most ?? .infinity
            side.undefined = flags.limits.undefined ?? .nan
            guard let mask = flags.mask.flags(ofPixels: image.pixels) else { return body(side) }
            return mask.withUnsafeBufferPointer { mask in
                side.mask = mask.baseAddress
                return body(side)
            }
        }
    }
}
