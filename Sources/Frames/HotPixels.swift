// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CPixels
internal import ImageCodecs
internal import Synchronization

/// Pixels of a stack that stand far above those round them in frame after frame, and that no flag covers.
///
/// Any number of threads may hand over frames at once.
public final class HotPixels: Sendable {
    /// One of them.
    public struct Pixel: Sendable, Hashable {
        /// From 0, all planes one above the other.
        public let fast: Int, slow: Int
        /// The least of its counts, through the median of the counts round it in that frame.
        public let ratio: Double
    }

    /// What was found.
    public struct Result: Sendable {
        /// Frames that were looked at.
        public let frames: Int
        /// In nine of ten of them, in the order of their places.
        public let pixels: [Pixel]
    }

    /// Frames that have to be looked at before a pixel is called hot: a reflection stays for fewer.
    public static let fewestFrames = 3
    /// Frames that are looked at, at most.
    private static let mostFrames = 5
    /// Of a frame with more such pixels nothing is said.
    private static let mostPixels = 4096
    /// The ratio above which a pixel is kept in mind.
    private static let leastRatio = 10.0

    private struct State {
        var frames = 0
        var fast: Int?
        var isMixed = false
        var found: [Int: (frames: Int, ratio: Double)] = [:]
    }

    private let chosen: Set<Int>
    private let limits: ValueLimits
    private let state = Mutex(State())

    /// - Parameter frames: Those that will be read, from 0.
    init(frames: [Int], limits: ValueLimits) {
        self.limits = limits
        // Fewer than that tell nothing, and are not paid for.
        chosen =
            frames.count < Self.fewestFrames ? [] : FrameSampling.spread(Self.mostFrames, over: frames)
    }

    /// - Parameters:
    ///   - frame: From 0.
    ///   - greatest: The greatest count of the frame.
    func take(_ image: FrameImage, frame: Int, mask: [UInt8]?, greatest: Double?) {
        guard chosen.contains(frame), !image.isPartial, let greatest else { return }
        // With so few frames a pixel has to stand out in all of them: after the first one few are left to be looked at.
        let left = state.withLock { state in
            state.frames == 0 || state.fast != image.fast
                ? nil : state.found.filter { $0.value.frames == state.frames }.map { UInt64($0.key) }
        }
        let found = greatest > Self.leastRatio ? pixels(of: image, mask, among: left) : []
        guard let found else { return }
        state.withLock { state in
            if state.fast == nil { state.fast = image.fast }
            guard state.fast == image.fast else {
                state.isMixed = true
                return
            }
            state.frames += 1
            for one in found where one.value != limits.undefined {
                guard let place = Int(exactly: one.place) else { continue }
                let known = state.found[place] ?? (0, .infinity)
                state.found[place] = (known.frames + 1, min(known.ratio, Double(one.ratio)))
            }
        }
    }

    /// What was found; no frames where images of several sizes were handed over.
    var result: Result {
        let state = state.withLock { $0 }
        guard !state.isMixed, let fast = state.fast, fast > 0, state.frames >= Self.fewestFrames else {
            return Result(frames: 0, pixels: [])
        }
        let wanted = Double(state.frames) * 0.9
        let pixels = state.found.filter { Double($0.value.frames) >= wanted }.sorted { $0.key < $1.key }
        return Result(
            frames: state.frames,
            pixels: pixels.map { Pixel(fast: $0.key % fast, slow: $0.key / fast, ratio: $0.value.ratio) })
    }

    /// Nil where there are too many to be single pixels.
    ///
    /// - Parameter places: Those that are looked at; nil: all.
    private func pixels(of image: FrameImage, _ mask: [UInt8]?, among places: [UInt64]?) -> [cpixels_hot_pixel]? {
        if let places, places.isEmpty { return [] }
        let (least, most) = limits.range(for: image.element)
        let shade = mask.flatMap { $0.count == image.pixels ? $0 : nil } ?? []
        var room =
            places?.map { cpixels_hot_pixel(place: $0, value: 0, ratio: 0) }
            ?? [cpixels_hot_pixel](repeating: cpixels_hot_pixel(), count: Self.mostPixels)
        let (slow, size) = (image.pixels / max(1, image.fast), room.count)
        let count = image.bytes.withUnsafeBytes { bytes in
            shade.withUnsafeBufferPointer { shade in
                bytes.baseAddress.map { base in
                    let flags = shade.isEmpty ? nil : shade.baseAddress
                    return places == nil
                        ? cpixels_hot(
                            base, image.element.cType, image.fast, slow, flags, least, most, &room, Self.mostPixels)
                        : cpixels_hot_again(
                            base, image.element.cType, image.fast, slow, flags, least, most, &room, size)
                } ?? 0
            }
        }
        return count > Self.mostPixels ? nil : Array(room.prefix(count))
    }
}
