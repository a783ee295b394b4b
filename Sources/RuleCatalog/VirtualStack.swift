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

    /// How the mappings fill the frames; nil when some could not be followed.
    func coverage(_ map: FrameMap) -> FrameCoverage? {
        guard block.frames > 0, block.shape.count >= 3, block.unread.isEmpty else { return nil }
        return FrameCoverage(stack.runs, frames: block.frames, whole: stack.whole, windows: map.windows)
    }
}

extension TreeView {
    /// The virtual datasets that the files of the view present.
    func virtualStacks(in files: FileSet) -> [VirtualStack] {
        memo.result("virtual stacks") { VirtualStack.all(self, files) }
    }
}
