// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import RuleEngine

/// A virtual dataset that the file presents, and what became of its sources.
struct VirtualStack {
    let stack: FrameStack
    let block: FrameStack.Block
    /// Path by which the walk found it first.
    let path: String

    /// Every virtual dataset that a map leads to, each once, those of the main file in the order of the walk.
    static func all(_ view: TreeView, _ files: FileSet) -> [VirtualStack] {
        var stacks: [VirtualStack] = []
        for stack in view.frames.stacks {
            if case .signal = stack.role { continue }
            for block in stack.blocks {
                guard files.files.indices.contains(block.file), let snapshot = files.files[block.file].snapshot,
                    snapshot.objects.indices.contains(block.object),
                    case .virtual? = snapshot.objects[block.object].dataset?.layout
                else { continue }
                let isMain = block.file == 0
                let path = isMain ? files.main.path(of: ObjectID(index: block.object)) : block.path
                stacks.append(VirtualStack(stack: stack, block: block, path: path))
            }
        }
        return stacks.sorted { ($0.block.file, $0.block.object) < ($1.block.file, $1.block.object) }
    }

    /// What its mappings lead to and is not there, through virtual datasets of any depth.
    func losses(_ map: FrameMap) -> [FrameLoss] {
        var numbers = block.lost.map(\.loss)
        for run in ownRuns {
            if case .fill(let loss) = run.content, !numbers.contains(loss) { numbers.append(loss) }
        }
        return numbers.filter { map.losses.indices.contains($0) }.map { map.losses[$0] }
    }

    /// Datasets in which its frames lie in the end, there or not; at least one a mapping.
    var sources: Int {
        let ends = Set(
            ownRuns.compactMap { run -> Int? in
                switch run.content {
                case .stored(let store, _, _): store
                case .fill(let loss): -1 - loss
                case .absent, .unread: nil
                }
            })
        return max(block.mappings, ends.count)
    }

    /// Its frames that lead to a loss, from 1; none where they are too many to be counted up.
    func frames(without losses: [FrameLoss], _ map: FrameMap) -> [Int] {
        var frames = Set<Int>()
        for run in ownRuns {
            guard case .fill(let loss) = run.content, map.losses.indices.contains(loss),
                losses.contains(map.losses[loss])
            else { continue }
            guard frames.count + run.frames.count < 1_000_000 else { return [] }
            for position in 0..<run.frames.count {
                frames.insert(run.frames.first - block.start + position * run.frames.step + 1)
            }
        }
        return frames.sorted()
    }

    private var ownRuns: [FrameRun] {
        stack.blocks.count == 1
            ? stack.runs
            : stack.runs.filter { $0.frames.first >= block.start && $0.frames.last < block.start + block.frames }
    }

    /// How the mappings fill the frames; nil when some could not be followed.
    func coverage(_ view: TreeView) -> FrameCoverage? {
        guard block.frames > 0, block.shape.count >= 3, block.unread.isEmpty else { return nil }
        return FrameCoverage(
            stack.runs, frames: block.frames, whole: stack.whole, windows: view.frames.windows, masked: view.masked)
    }
}

extension TreeView {
    /// The virtual datasets that the files of the view present.
    func virtualStacks(in files: FileSet) -> [VirtualStack] {
        memo.result("virtual stacks") { VirtualStack.all(self, files) }
    }
}
