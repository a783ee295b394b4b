// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Frames
import ImageHeaders
import ImgCIF
import RuleEngine

/// The header of an image beside the scan that its frame belongs to.
struct HeaderOfFrame {
    let header: ImageHeader
    /// From 0 within its scan.
    let frame: Int

    /// From 1, as findings name it.
    var number: Int { frame + 1 }

    /// Headers of the frames of one scan, in rising order, with the description they are held against.
    struct Group {
        let view: ExperimentView
        let scan: Scan
        let frames: [HeaderOfFrame]
        /// They stand in files that the description names.
        let areExternal: Bool

        /// Where findings on some of the headers point: lines of the file itself, else frames.
        func places(_ numbers: [Int], _ lines: [Place?]) -> [Place] {
            if areExternal { return [.frames(scan: scan.id, ranges: FrameRanges.collapse(numbers))] }
            return lines.compactMap { $0 } + [scan.place]
        }

        /// "header of frame 3", "header"
        func words(_ number: Int) -> String { areExternal ? "header of frame \(number)" : "header" }
    }

    /// The header of the one image of a CBF whose loops describe it; what the loops leave open was taken from the header.
    static func embedded(_ view: ExperimentView) -> Group? {
        guard let reading = view.reading, reading.kind == .imgCIF, let header = reading.header, header.hasItems,
            view.experiment.scans.count == 1, let scan = view.experiment.scans.first, scan.frameCount.value == 1
        else { return nil }
        return Group(
            view: view, scan: scan, frames: [HeaderOfFrame(header: header, frame: 0)], areExternal: false)
    }

    /// The headers of the images that descriptions name, of the frames that were read.
    static func external(_ view: FramesView) -> [Group] {
        FrameSight.all(view).compactMap { sight in
            guard let scan = sight.part.view.experiment.scans.first(where: { $0.id == sight.stack.name }) else {
                return nil
            }
            let frames = sight.facts.compactMap { number, facts -> HeaderOfFrame? in
                guard let header = facts.header, header.hasItems else { return nil }
                return HeaderOfFrame(header: header, frame: number - 1)
            }
            guard !frames.isEmpty else { return nil }
            return Group(view: sight.part.view, scan: scan, frames: frames, areExternal: true)
        }
    }
}

extension HeaderOfFrame.Group {
    /// The rotations that the scan sets, moving or still.
    var rotations: [ScanAxis] {
        scan.axes.filter { view.graph[$0.axis]?.motion.value == .rotation }
    }

    /// The axis that a header names as turning, where the scan has one of this name at rest and turns another.
    var otherAxis: (stated: ImageHeader.Entry, turning: ScanAxis)? {
        guard let turning = moving.first, moving.count == 1, let header = frames.first?.header,
            let named = header.turningItem?.angle.rawValue, let line = header.lines(of: .oscillationAxis).first,
            !turning.axis.name.lowercased().contains(named),
            rotations.contains(where: { $0.axis != turning.axis && $0.axis.name.lowercased().contains(named) })
        else { return nil }
        return (line, turning)
    }

    /// Those of them that move while the scan goes on.
    var moving: [ScanAxis] { rotations.filter { $0.settings.travel(frames: scan.frameCount.value) > 1e-6 } }
}

extension Sourced<[Double]> {
    /// The one value, or that of the frame, from 0; nil where there are several and the frame is not known.
    func ofFrame(_ frame: Int?) -> Sourced<Double>? {
        if value.count == 1 { return map { $0[0] } }
        guard let frame, value.indices.contains(frame) else { return nil }
        return map { $0[frame] }
    }
}
