// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
public import ImageCodecs

/// The frames of one experiment that were decoded, and what was counted of each.
public struct ExperimentFrames: Sendable {
    /// One stack of frames of the experiment.
    public struct Stack: Sendable {
        /// The id of the scan, or the path of the first dataset.
        public let name: String
        /// Frames that are announced.
        public let announced: Int
        /// The frames that were asked for, in rising order.
        public let frames: [Reading]
        /// The centre of the scattering background of some of them, or why it is not known.
        public let centre: Result<BackgroundCentre, BackgroundCentre.Thin>
        /// Spots that are seen again where the geometry foretells them, or why none were compared.
        public let spots: Result<SpotEvidence, SpotEvidence.Thin>
    }

    /// One frame, read or not.
    public struct Reading: Sendable {
        /// From 0 within its stack.
        public let frame: Int
        /// What was counted, or why nothing was.
        public let outcome: Result<Facts, FrameFault>

        /// What was counted; nil where the frame was not read.
        public var facts: Facts? { try? outcome.get() }
    }

    /// What is kept of a decoded frame.
    public struct Facts: Sendable {
        /// The type of a pixel as stored.
        public let element: ElementType
        /// The type that a description of the image states; nil where none does.
        public let stated: ElementType?
        /// Images one above the other; 1 mostly.
        public let planes: Int
        /// Pixels along slow.
        public let slow: Int
        /// Pixels along fast.
        public let fast: Int
        /// What was counted.
        public let counts: FrameCounts
        /// Equal for equal images, and but once in 2^64 for others.
        public let digest: UInt64
        /// Parts of it were never written.
        public let isPartial: Bool
        /// A checksum that does not fit.
        public let checksum: ChecksumFault?
    }

    /// What is known of the mask of the detector.
    public enum Mask: Sendable, Hashable {
        /// None is described.
        case none
        case read
        /// There is one, and its pixels are not known; says why.
        case unread(String)
    }

    /// The stacks of frames of the experiment.
    public let stacks: [Stack]
    /// What is declared of the values of its one detector; nil for several detectors, whose frames are not told apart.
    public let limits: ValueLimits?
    /// The mask of its one detector.
    public let mask: Mask

    /// Decodes frames of an experiment.
    ///
    /// - Parameters:
    ///   - map: Where its frames lie.
    ///   - reader: Of the map.
    public static func read(
        _ experiment: Experiment, map: FrameMap, reader: FrameReader, sampling: FrameSampling
    ) -> ExperimentFrames {
        let detector = experiment.detectors.count == 1 ? experiment.detectors.first : nil
        let limits = detector.map { ValueLimits(of: $0) }
        let mask = detector.map { PixelMask(of: $0, map, reader) } ?? PixelMask.unknown
        let graph = experiment.axisGraph
        let stacks = map.stacks.filter { isOf($0, experiment) }.map { stack in
            let frames = sampling.frames(of: stack.frames)
            let evidence = FrameEvidence(experiment, graph, stack: name(of: stack), frames: frames)
            let readings = mapOnThreads(frames.count, keeping: FrameRoom.init) { index, room in
                Reading(
                    frame: frames[index],
                    outcome: facts(
                        frames[index], of: stack, reader, mask, limits ?? ValueLimits(), evidence, &room))
            }
            return Stack(
                name: name(of: stack), announced: stack.frames, frames: readings, centre: evidence.centre,
                spots: evidence.spots)
        }
        return ExperimentFrames(stacks: stacks, limits: limits, mask: mask.state)
    }

    /// The stack holds frames of the experiment.
    public static func isOf(_ stack: FrameStack, _ experiment: Experiment) -> Bool {
        switch stack.role {
        case .signal(let entry): entry == experiment.id
        case .scan: true
        case .member, .virtual, .value, .array: false
        }
    }

    /// The id of the scan, or the path of the first dataset.
    public static func name(of stack: FrameStack) -> String {
        if case .scan(let scan) = stack.role { return scan ?? "" }
        return stack.path
    }

    private static func facts(
        _ frame: Int, of stack: FrameStack, _ reader: FrameReader, _ mask: PixelMask, _ limits: ValueLimits,
        _ evidence: FrameEvidence, _ room: inout FrameRoom
    ) -> Result<Facts, FrameFault> {
        do throws(FrameFault) {
            let read = try reader.frame(frame, of: stack, in: &room)
            var digest: UInt64 = 0
            let flags = mask.flags(ofPixels: read.image.pixels)
            let counts = FrameCounts(read.image, mask: flags, limits: limits, digest: &digest)
            evidence.take(read.image, frame: frame, mask: flags, limits: limits)
            let facts = Facts(
                element: read.image.element, stated: read.stated, planes: read.image.planes, slow: read.image.slow,
                fast: read.image.fast, counts: counts, digest: digest, isPartial: read.image.isPartial,
                checksum: read.checksum)
            room.take((consume read).image)
            return .success(facts)
        } catch {
            return .failure(error)
        }
    }
}

/// The mask that is laid over the frames of a detector.
public struct PixelMask: Sendable {
    /// What is known of it.
    public let state: ExperimentFrames.Mask
    /// One byte a pixel, of one frame or of each.
    private let bytes: [UInt8]
    /// Pixels of one mask.
    private let pixels: Int

    /// That of several detectors.
    public static let unknown = PixelMask(state: .unread("the frames of several detectors are not told apart"))

    private init(state: ExperimentFrames.Mask, bytes: [UInt8] = [], pixels: Int = 0) {
        self.state = state
        self.bytes = bytes
        self.pixels = pixels
    }

    /// Reads the mask of a detector.
    public init(of detector: Detector, _ map: FrameMap, _ reader: FrameReader) {
        let names = ["\(detector.id)/pixel_mask", "\(detector.id)/detectorSpecific/pixel_mask"]
        let stacks = map.stacks.filter { $0.role == .array && names.contains($0.path) }
        guard let stack = stacks.first(where: { $0.path == names[0] }) ?? stacks.first else {
            self.init(state: .none)
            return
        }
        guard stack.frames == 1 else {
            self.init(state: .unread("'\(stack.path)' has \(stack.frames) images"))
            return
        }
        do throws(FrameFault) {
            let flags = try reader.frame(0, of: stack).image.flags
            self.init(state: .read, bytes: flags, pixels: flags.count)
        } catch {
            self.init(state: .unread("'\(stack.path)' was not read"))
        }
    }

    /// The flags of a frame with so many pixels; nil where the mask is not known or of another size.
    public func flags(ofPixels count: Int) -> [UInt8]? {
        state == .read && pixels == count && count > 0 ? bytes : nil
    }
}
