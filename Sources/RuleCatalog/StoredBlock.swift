// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import RuleEngine

/// One of the datasets that the frames of an entry lie in, in the order of the frames.
struct StoredBlock {
    let run: FrameRun
    /// Name of its file and path in it, "src.h5:/data"; the path alone in the main file.
    let name: String
    let dataset: Dataset
    var rank: Int { dataset.shape?.count ?? 0 }
    /// Rows and columns of its frames.
    var frame: [Int] { Array((dataset.shape ?? []).suffix(2)) }

    /// The first place of each store in a stack.
    static func all(_ stack: FrameStack, _ map: FrameMap, _ files: FileSet) -> [StoredBlock] {
        var seen = Set<Int>()
        return stack.runs.compactMap { run in
            guard case .stored(let number, _, _) = run.content, seen.insert(number).inserted else { return nil }
            let store = map.stores[number]
            guard files.files.indices.contains(store.file),
                let dataset = files.files[store.file].snapshot?.objects[store.object].dataset
            else { return nil }
            let name = store.file == 0 ? store.path : files.files[store.file].name + ":" + store.path
            return StoredBlock(run: run, name: name, dataset: dataset)
        }
    }
}

extension ExperimentView {
    /// The datasets that hold the frames of an entry, as the file names them.
    var placesOfFrames: [Place] {
        let stack = experiment.frameMap?.stacks.first { $0.role == .signal(of: experiment.id) }
        return (stack?.blocks ?? []).prefix(Engine.placeLimit).map { .object(path: $0.path, attribute: nil) }
    }
}

extension TreeView {
    /// The image data of each entry; of a file without entries that are read, what its groups present.
    var imageStacks: [FrameStack] {
        let signals = frames.stacks.filter { if case .signal = $0.role { true } else { false } }
        return signals.isEmpty && holdsFrames ? frames.stacks.filter { $0.role == .member } : signals
    }
}
