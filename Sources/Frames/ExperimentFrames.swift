// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
public import ImageCodecs
public import ImageHeaders

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
        /// Pixels that stand far above those round them in most of the frames.
        public let hot: HotPixels.Result
        /// Areas without any count, and whether the mask lies where it belongs.
        public let blank: BlankAreas.Result
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
        /// The median of its counts; nil where it was not looked for, for counts beyond 65535, and for real numbers.
        public let median: Double?
        /// Equal for equal images, and but once in 2^64 for others.
        public let digest: UInt64
        /// Parts of it were never written.
        public let isPartial: Bool
        /// A checksum that does not fit.
        public let checksum: ChecksumFault?
        /// The size by the description, of an image in a file that the description names; nil for others.
        public let described: Area?
        /// What the header of a file that the description names says; nil for others, and where it has none.
        public let header: ImageHeader?
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
    ///   - observer: Sees each frame while it is there.
    public static func read(
        _ experiment: Experiment, map: FrameMap, reader: FrameReader, sampling: FrameSampling,
        observer: (any FrameObserver)? = nil
    ) -> ExperimentFrames {
        let flags = DetectorFlags(of: experiment, map, reader)
        let graph = experiment.axisGraph
        let stacks = map.stacks.filter { isOf($0, experiment) }.map { stack in
            let frames = FrameChoice(sampling, of: stack, reader).frames
            let evidence = FrameEvidence(experiment, graph, stack: name(of: stack), frames: frames)
            let hot = HotPixels(frames: frames, limits: flags.limits)
            let blank = BlankAreas(frames: frames, limits: flags.limits)
            let readings = mapOnThreads(frames.count, keeping: FrameRoom.init) { index, room in
                Reading(
                    frame: frames[index],
                    outcome: facts(frames[index], of: stack, reader, flags, evidence, hot, blank, observer, &room))
            }
            return Stack(
                name: name(of: stack), announced: stack.frames, frames: readings, centre: evidence.centre,
                hot: hot.result, blank: blank.result, spots: evidence.spots)
        }
        return ExperimentFrames(stacks: stacks, limits: flags.declared, mask: flags.mask.state)
    }

    /// The names in a description from which frames of a map are read; each once.
    ///
    /// - Parameter frames: Which of so many frames of a stack are read, from 0.
    public static func externalNames(in map: FrameMap, frames: (Int) -> [Int]) -> [ExternalName] {
        var seen = Set<ExternalName>()
        var names: [ExternalName] = []
        for stack in map.stacks {
            for frame in frames(stack.frames) {
                for run in stack.content(frame: frame) {
                    guard case .stored(let number, let at, _) = run.content, map.stores.indices.contains(number),
                        let images = map.stores[number].images
                    else { continue }
                    let position = at.first &+ (frame &- run.frames.first) / max(1, run.frames.step) &* at.step
                    guard let name = images.name(at: position), let location = name.location else { continue }
                    let file = ExternalName(location: location, member: name.member)
                    if seen.insert(file).inserted { names.append(file) }
                }
            }
        }
        return names
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
        _ frame: Int, of stack: FrameStack, _ reader: FrameReader, _ flags: DetectorFlags,
        _ evidence: FrameEvidence, _ hot: HotPixels, _ blank: BlankAreas, _ observer: (any FrameObserver)?,
        _ room: inout FrameRoom
    ) -> Result<Facts, FrameFault> {
        do throws(FrameFault) {
            let read = try reader.frame(frame, of: stack, in: &room)
            let mask = flags.mask.flags(ofPixels: read.image.pixels)
            evidence.take(read.image, frame: frame, mask: mask, limits: flags.limits)
            var digest: UInt64 = 0
            let counts = FrameCounts(read.image, mask: mask, limits: flags.limits, digest: &digest)
            hot.take(read.image, frame: frame, mask: mask, greatest: counts.greatest)
            blank.take(read.image, frame: frame, mask: mask, counts: counts)
            observer?.take(read.image, frame: frame, of: stack, mask: mask, limits: flags.limits)
            let facts = Facts(
                element: read.image.element, stated: read.stated, planes: read.image.planes, slow: read.image.slow,
                fast: read.image.fast, counts: counts,
                median: blank.isChosen(frame) ? FrameCounts.median(of: read.image, mask, flags.limits) : nil,
                digest: digest,
                isPartial: read.image.isPartial && !flags.mask.coversUnwritten(of: stack, frame: frame),
                checksum: read.checksum, described: read.described, header: read.header)
            room.take((consume read).image)
            return .success(facts)
        } catch {
            return .failure(error)
        }
    }
}

/// What looks at frames that are decoded for something else, on the threads that decode them.
public protocol FrameObserver: Sendable {
    /// Takes a frame of a stack; its memory is used again afterwards.
    ///
    /// - Parameters:
    ///   - frame: From 0.
    ///   - mask: One byte a pixel, not 0 where it is masked; nil without one.
    func take(_ image: FrameImage, frame: Int, of stack: FrameStack, mask: [UInt8]?, limits: ValueLimits)
}
