// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Frames
import Pictures
import RuleEngine
import Synchronization

/// What the pictures of a page are drawn from, taken from frames that are decoded for the check anyway.
///
/// The first scan, and of it the frames that a page shows.
final class DrawnFrames: FrameObserver {
    /// One frame, ready to be drawn.
    struct Drawn: Sendable {
        var content: FramePicture.Content
        let view: PictureView
    }

    /// The name of the scan; empty for the only one.
    let name: String
    let announced: Int
    /// Frames that a page shows, from 0.
    let wanted: [Int]
    private let stack: FrameStack
    private let view: ExperimentView
    private let taken = Mutex<[Int: Drawn]>([:])

    /// - Returns: nil where the experiment has no frames.
    init?(_ view: ExperimentView, _ map: FrameMap) {
        let stack = map.stacks.first { ExperimentFrames.isOf($0, view.experiment) && $0.frames > 0 }
        guard let stack else { return nil }
        self.stack = stack
        self.view = view
        name = ExperimentFrames.name(of: stack)
        announced = stack.frames
        wanted = FrameSampling.ends.frames(of: stack.frames)
    }

    /// A frame that was decoded; nil for others.
    subscript(frame: Int) -> Drawn? { taken.withLock { $0[frame] } }

    func take(_ image: Frames.FrameImage, frame: Int, of stack: FrameStack, mask: [UInt8]?, limits: ValueLimits) {
        guard stack.path == self.stack.path, stack.role == self.stack.role, wanted.contains(frame),
            var drawn = Self.empty(image, frame: frame, scan: name, of: view, size: .page)
        else { return }
        for part in drawn.content.bins.indices { drawn.content.bins[part].add(image, mask: mask, limits: limits) }
        let whole = drawn
        taken.withLock { $0[frame] = whole }
    }

    /// The panels of a frame where they stand, without a count yet; nil where they have no extent.
    ///
    /// - Parameter frame: From 0.
    static func empty(
        _ image: Frames.FrameImage, frame: Int, scan name: String, of view: ExperimentView, size: FramePicture.Size
    ) -> Drawn? {
        let experiment = view.experiment
        let scan = experiment.scans.first { $0.id == name } ?? experiment.scans.first
        let panels = FramePanels(
            of: experiment, view.graph, settings: scan?.settings(frame: frame) ?? FrameSettings(),
            planes: image.planes, slow: image.slow, fast: image.fast)
        guard let seen = FramePicture.view(of: panels, experiment, size: size) else { return nil }
        let bins = panels.parts.map { FrameBins($0.area, factor: seen.factor) }
        return Drawn(content: FramePicture.Content(experiment: experiment, panels: panels, bins: bins), view: seen)
    }
}
