// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
internal import Synchronization

/// What is gathered of the pixels of a stack, while they are in memory, against the geometry.
///
/// Any number of threads may hand over frames at once.
final class FrameEvidence: Sendable {
    private let experiment: Experiment
    private let graph: AxisGraph
    private let scan: Scan?
    /// The frames whose background is summed.
    private let chosen: Set<Int>
    /// The frames in which spots are looked for.
    private let searched: Set<Int>
    private let read: Int
    private let state = Mutex(State())

    private struct State {
        var background: FrameBackground?
        /// The detector moved between frames, or images differ.
        var isMixed = false
        var panels: FramePanels?
        var spots: [Int: [FrameSpot]] = [:]
    }

    /// - Parameters:
    ///   - stack: The name of the stack.
    ///   - frames: Those that will be read, from 0.
    init(_ experiment: Experiment, _ graph: AxisGraph, stack: String, frames: [Int]) {
        self.experiment = experiment
        self.graph = graph
        scan = experiment.scans.first { $0.id == stack } ?? (experiment.scans.count == 1 ? experiment.scans.first : nil)
        let isOne = experiment.detectors.count == 1
        chosen = isOne ? FrameBackground.choice(of: frames) : []
        // Every frame that is read costs its decoding; a few more would cost as much again where few are read.
        let isEnough = isOne && frames.count >= SpotEvidence.fewestFrames
        searched = isEnough ? FrameSampling.spread(Self.mostSearched, over: frames) : []
        read = frames.count
    }

    /// Frames in which spots are looked for, at most.
    private static let mostSearched = 32

    /// - Parameter frame: From 0.
    func take(_ image: FrameImage, frame: Int, mask: [UInt8]?, limits: ValueLimits) {
        let (isSummed, isSearched) = (chosen.contains(frame), searched.contains(frame))
        guard isSummed || isSearched, experiment.scans.isEmpty || scan != nil else { return }
        let settings = scan?.settings(frame: frame) ?? FrameSettings()
        let panels = FramePanels(
            of: experiment, graph, settings: settings, planes: image.planes, slow: image.slow, fast: image.fast)
        if isSearched, panels.whyStored == nil {
            let spots = panels.spots(in: image, mask: mask, limits: limits)
            state.withLock { state in
                state.spots[frame] = spots
                if state.panels == nil { state.panels = panels }
            }
        }
        guard isSummed, var background = FrameBackground(panels) else { return }
        background.add(image, mask: mask, limits: limits)
        state.withLock { state in
            guard let known = state.background else {
                state.background = background
                return
            }
            guard known.isAlike(background) else {
                state.isMixed = true
                return
            }
            state.background?.add(background)
        }
    }

    /// The centre of the background of the frames that were handed over.
    var centre: Result<BackgroundCentre, BackgroundCentre.Thin> {
        let (background, isMixed) = state.withLock { ($0.background, $0.isMixed) }
        guard let background else { return .failure(.unplaced) }
        return isMixed ? .failure(.moving) : background.centre(beam: experiment.beam.direction.value)
    }

    /// How many spots are where the geometry foretells them, beside other geometries.
    var spots: Result<SpotEvidence, SpotEvidence.Thin> {
        let (panels, found, isMixed) = state.withLock { ($0.panels, $0.spots, $0.isMixed) }
        guard read >= SpotEvidence.fewestFrames else { return .failure(.fewFrames(read)) }
        guard let panels, let scan, !isMixed, let axis = scanAxis(of: scan),
            let beam = experiment.beam.direction.value.normalised
        else { return .failure(.geometry) }
        var frames: [SpotPrediction.Frame] = []
        for (number, spots) in found.sorted(by: { $0.key < $1.key }) {
            guard let series = scan.axis(axis.id)?.settings, let start = series.start(ofFrame: number),
                let end = series.end(ofFrame: number), start.isFinite, end.isFinite, start != end,
                abs(end - start) < 10
            else { continue }
            frames.append(SpotPrediction.Frame(interval: min(start, end)...max(start, end), spots: spots))
        }
        guard frames.count >= SpotEvidence.fewestFrames else { return .failure(.geometry) }
        let count = frames.reduce(0) { $0 + $1.spots.count }
        guard count >= SpotEvidence.fewestSpots else { return .failure(.fewSpots(count)) }
        var scores: [SpotEvidence.Hypothesis: SpotEvidence.Score] = [:]
        for hypothesis in SpotEvidence.Hypothesis.allCases {
            var (changed, direction) = (Optional(panels), axis.direction)
            switch hypothesis {
            case .stated: break
            case .rotationReversed: direction = -direction
            case .exchanged, .fastReversed, .slowReversed:
                changed = panels.changed(
                    to: hypothesis, beam: beam, straight: swung(by: 0, scan, panels) ?? panels)
            case .swingReversed: changed = swung(by: -1, scan, panels)
            }
            guard let changed else { continue }
            scores[hypothesis] =
                SpotPrediction(frames: frames, panels: changed, beam: beam, axis: direction).score
        }
        return .success(SpotEvidence(scores: scores, frames: frames.count, spots: count))
    }

    /// The one rotation of the sample that moves, and its direction in the laboratory.
    private func scanAxis(of scan: Scan) -> (id: AxisID, direction: Vector3)? {
        guard let id = graph.scanAxis(of: scan), graph.movingAxes(in: scan).count == 1, let axis = graph[id],
            let inner = (try? graph.sampleAxis(of: experiment.goniometer).get()) ?? nil,
            let chain = try? graph.chain(from: inner).get(), chain.contains(where: { graph.axes[$0].id == id }),
            let own = try? graph.direction(of: axis).get(),
            let outer = try? graph.transform(from: axis.dependsOn.value, settings: scan.settings(frame: 0)).get()
        else { return nil }
        return (outer.rotation * own).normalised.map { (id, $0) }
    }

    /// The panels with the swing so many times its setting; nil where it stands at 0.
    private func swung(by factor: Double, _ scan: Scan, _ panels: FramePanels) -> FramePanels? {
        guard let panel = experiment.detectors.first?.panels.first,
            let swing = (try? graph.swing(of: panel).get()) ?? nil
        else { return nil }
        let settings = scan.settings(frame: 0)
        guard abs(settings[swing]) > 0.5 else { return nil }
        let changed = settings.setting(swing, to: factor * settings[swing])
        let sizes = panels.parts.map(\.area)
        let (planes, slow, fast) = (
            sizes.map(\.planes.upperBound).max() ?? 0, sizes.map(\.slow.upperBound).max() ?? 0,
            sizes.map(\.fast.upperBound).max() ?? 0
        )
        let swung = FramePanels(of: experiment, graph, settings: changed, planes: planes, slow: slow, fast: fast)
        return swung.whyStored == nil ? swung : nil
    }
}
