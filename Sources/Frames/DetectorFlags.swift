// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

/// What tells the flags of the frames of an experiment from counts: the declared limits and the mask of its one detector.
public struct DetectorFlags: Sendable {
    /// What is declared; nil for several detectors, whose frames are not told apart.
    public let declared: ValueLimits?
    /// The mask.
    public let mask: PixelMask

    /// What is declared, or nothing.
    public var limits: ValueLimits { declared ?? ValueLimits() }

    /// Reads the mask.
    ///
    /// - Parameters:
    ///   - map: Where frames and arrays of the experiment lie.
    ///   - reader: Of the map.
    public init(of experiment: Experiment, _ map: FrameMap, _ reader: FrameReader) {
        let detector = experiment.detectors.count == 1 ? experiment.detectors.first : nil
        declared = detector.map { ValueLimits(of: $0) }
        mask = detector.map { PixelMask(of: $0, map, reader) } ?? PixelMask.unknown
    }
}

/// The mask that is laid over the frames of a detector.
public struct PixelMask: Sendable {
    /// What is known of it.
    public let state: ExperimentFrames.Mask
    /// One byte a pixel.
    private let bytes: [UInt8]

    /// That of several detectors.
    static let unknown = PixelMask(state: .unread("the frames of several detectors are not told apart"))

    private init(state: ExperimentFrames.Mask, bytes: [UInt8] = []) {
        self.state = state
        self.bytes = bytes
    }

    /// Reads the mask of a detector.
    init(of detector: Detector, _ map: FrameMap, _ reader: FrameReader) {
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
            self.init(state: .read, bytes: flags)
        } catch {
            self.init(state: .unread("'\(stack.path)' was not read"))
        }
    }

    /// One byte a pixel, 0 for one that is not flagged; nil where the mask is not known.
    var flags: [UInt8]? { state == .read && !bytes.isEmpty ? bytes : nil }

    /// The flags of a frame with so many pixels; nil where the mask is not known or of another size.
    public func flags(ofPixels count: Int) -> [UInt8]? {
        state == .read && bytes.count == count && count > 0 ? bytes : nil
    }
}
