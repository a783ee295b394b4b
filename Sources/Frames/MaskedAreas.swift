// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
public import HDF5

extension FrameMap {
    /// Areas of the frames of a detector that nothing fills, or that were never written, and that its mask covers.
    ///
    /// The mask is read only where there is such an area; of several detectors none is known.
    public func maskedAreas(of experiments: [Experiment], in files: FileSet) -> [Area] {
        var masked: [Area] = []
        for experiment in experiments where experiment.detectors.count == 1 {
            let stacks = stacks.filter { ExperimentFrames.isOf($0, experiment) }
            let unwritten = Set(stacks.flatMap { stack in stack.unwritten.map(\.area).filter { $0 != stack.whole } })
            guard !unwritten.isEmpty || stacks.contains(where: { unfilled(in: $0, beside: masked) != nil }) else {
                continue
            }
            let mask = DetectorFlags(of: experiment, self, FrameReader(self, of: .files(files))).mask
            for stack in stacks {
                masked += unwritten.filter { mask.covers($0, of: stack.whole) }
                // One after the other, until one is left that no mask excuses.
                for _ in 0..<Self.mostGaps {
                    guard let area = unfilled(in: stack, beside: masked), mask.covers(area, of: stack.whole) else {
                        break
                    }
                    masked.append(area)
                }
            }
        }
        return masked
    }

    private static let mostGaps = 64

    private func unfilled(in stack: FrameStack, beside masked: [Area]) -> Area? {
        FrameCoverage(stack.runs, frames: stack.frames, whole: stack.whole, windows: windows, masked: masked).unfilled
    }
}

extension PixelMask {
    /// Every pixel of an area is masked.
    ///
    /// - Parameter whole: All pixels of a frame.
    func covers(_ area: Area, of whole: Area) -> Bool {
        let (slow, fast) = (whole.slow.count, whole.fast.count)
        guard whole.holds(area), !area.slow.isEmpty, !area.fast.isEmpty,
            let flags = flags(ofPixels: whole.planes.count * slow * fast)
        else { return false }
        return area.planes.allSatisfy { plane in
            area.slow.allSatisfy { row in
                let start =
                    ((plane - whole.planes.lowerBound) * slow + row - whole.slow.lowerBound) * fast
                    - whole.fast.lowerBound
                return flags[(start + area.fast.lowerBound)..<(start + area.fast.upperBound)].allSatisfy { $0 != 0 }
            }
        }
    }

    /// The parts of a frame that were never written are all masked.
    func coversUnwritten(of stack: FrameStack, frame: Int) -> Bool {
        let areas = Set(
            stack.unwritten.filter { run in
                let position = frame - run.frames.first
                return position >= 0 && frame <= run.frames.last && position % max(1, run.frames.step) == 0
            }.map(\.area))
        return !areas.isEmpty && areas.allSatisfy { covers($0, of: stack.whole) }
    }
}
