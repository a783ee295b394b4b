// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

/// The frames of all scans of a file that are stored, of those that the file announces.
struct FramesThere {
    private(set) var there = 0
    private(set) var announced = 0

    /// Nil for a file that announces none.
    init?(_ material: Material) {
        guard let map = material.tree?.frames else { return nil }
        for view in material.experiments {
            let stack = map.stacks.first { $0.role == .signal(of: view.experiment.id) }
            let stored = stack.map { Self.stored($0, map.windows) } ?? 0
            var stated = max(0, stack?.frames ?? 0)
            for scan in view.experiment.scans {
                stated = max(stated, scan.frameCount.value, scan.imageCount?.value ?? 0)
                stated = max(stated, scan.axes.compactMap(\.valueCount).max() ?? 0)
            }
            there = there &+ min(stored, stated)
            announced = announced &+ stated
        }
        if announced == 0 { return nil }
    }

    /// Frames of which every part is stored.
    private static func stored(_ stack: FrameStack, _ windows: [Area]) -> Int {
        let runs = stack.runs.filter { if case .stored = $0.content { true } else { false } }
        guard !runs.isEmpty else { return 0 }
        let mapped = FrameCoverage(runs, frames: stack.frames, whole: stack.whole, windows: windows).mapped
        // Parts of one frame that are missing count once.
        let unwritten = FrameCoverage(stack.unwritten, frames: stack.frames, whole: stack.whole)
        return max(0, mapped - (stack.unwritten.isEmpty ? 0 : unwritten.mapped))
    }
}

extension TreeView {
    /// Names of files with frames, or with what else an experiment needs, that are not there.
    var missingFiles: [String] {
        guard let files else { return [] }
        var names: [String] = []
        for link in links(in: files) where link.isNeeded {
            if case .noFile(let name) = link.state { names.append(name) }
        }
        names += frames.losses.filter { $0.kind == .file }.map(\.name)
        return Set(names).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
