// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Findings
import FrameWriting
import Frames
import ImageCodecs
import Transport

extension ConversionOutcome.Scan {
    /// Says what is to be written.
    mutating func describe(_ writing: ScanWriting, _ plan: PixelPlan, _ images: [ConvertedImage]) {
        shape = plan.shape
        element = plan.stored.words
        let files = Set(writing.scan.frames.compactMap { $0?.image })
        bytesRead = files.reduce(0) { $0 &+ images[$1].size }
        bytesWritten = plan.frames &* plan.pixels &* plan.stored.bytes
        guard let scan = writing.completion.experiment.scans.first else { return }
        let moving = writing.completion.experiment.axisGraph.movingAxes(in: scan)
        let words = moving.prefix(3).map { axis -> String in
            let stated = scan.axis(axis.axis)?.settings
            let settings = axis.motion == .rotation ? stated?.unwrapped().series : stated
            let start = settings?.start(ofFrame: 0) ?? 0
            let last = max(0, scan.frameCount.value - 1)
            let end = settings?.end(ofFrame: last) ?? settings?.start(ofFrame: last) ?? start
            let unit = axis.motion == .rotation ? "deg" : "mm"
            return "\(axis.axis) \(Wording.number(start)) to \(Wording.number(end)) \(unit)"
        }
        motion = words.isEmpty ? (frames == 1 ? "a still" : "stills") : words.joined(separator: ", ")
    }

    /// Says what was written.
    mutating func take(_ pixels: WrittenPixels) {
        if pixels.bytesRead > 0 { bytesRead = pixels.bytesRead }
        bytesWritten = pixels.bytes
    }

    /// Says why nothing was.
    mutating func stop(_ stop: ConversionStop) {
        switch stop {
        case .refused(let why): refusal = ConversionOutcome.Refusal(why.sentence, remedy: why.remedy)
        case .failed(let failure): self.failure = failure
        case .defect(let words): defects = words
        }
    }
}
