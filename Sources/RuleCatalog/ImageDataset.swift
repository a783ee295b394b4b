// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import NeXus
import RuleEngine

/// A dataset that holds frames, in the main file or in one it leads to.
struct ImageDataset: Sendable {
    let path: String
    /// The file of the set that it lies in.
    let source: SourceID
    let dataset: Dataset

    var place: Place { .object(path: path, attribute: nil, in: source) }

    /// The datasets in which the frames lie that NXdata and NXdetector groups lead to, each once.
    static func all(_ files: FileSet, _ frames: FrameMap) -> [ImageDataset] {
        var images: [ImageDataset] = []
        var seen = Set<Int>()
        for stack in frames.stacks where stack.role == .member {
            for run in stack.runs {
                guard case .stored(let number, _, _) = run.content, seen.insert(number).inserted else { continue }
                let store = frames.stores[number]
                guard store.shape.count >= 3, files.files.indices.contains(store.file),
                    let dataset = files.files[store.file].snapshot?.objects[store.object].dataset
                else { continue }
                images.append(
                    ImageDataset(
                        path: store.path, source: SourceID(position: store.file), dataset: dataset))
            }
        }
        return images.filter { !$0.isOther(than: images) }
    }

    /// A cube of something else beside the frames: its name is none of frames, and its shape is not theirs.
    private func isOther(than images: [ImageDataset]) -> Bool {
        guard !hasNameOfFrames else { return false }
        let frames = images.filter(\.hasNameOfFrames).map { $0.dataset.shape?.suffix(2) }
        return !frames.isEmpty && !frames.contains(dataset.shape?.suffix(2))
    }

    private var hasNameOfFrames: Bool { FrameNames.isFrames(path.split(separator: "/").last.map(String.init) ?? "") }
}

extension TreeView {
    /// The datasets of frames of the file set of the view.
    func images(in files: FileSet) -> [ImageDataset] { memo.result("images") { ImageDataset.all(files, frames) } }

    /// Frames of a detector are what datasets of three dimensions hold: in NXmx, and in files that name no definition
    /// and have a module of a detector, or blocks of frames; in any other a cube may be a map of spectra.
    var holdsFrames: Bool {
        if definition == "NXmx" { return true }
        guard definition == nil, let main = files?.main else { return false }
        return memo.result("holds frames") {
            main.objects.contains { object in
                object.attribute("NX_class")?.value.firstString == "NXdetector_module"
                    || object.links.contains { $0.name == "data_000001" }
            }
        }
    }
}
