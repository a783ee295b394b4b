// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import RuleEngine

/// A dataset that holds frames, in the main file or in one it links to.
struct ImageDataset: Sendable {
    let path: String
    /// The file of the set that it lies in.
    let source: SourceID
    let dataset: Dataset

    var place: Place { .object(path: path, attribute: nil, in: source) }

    /// The datasets of frames that NXdata and NXdetector groups of the main file lead to, each once; of a virtual
    /// dataset the sources that can be read.
    static func all(_ files: FileSet) -> [ImageDataset] {
        var images: [ImageDataset] = []
        var seen = Set<Key>()
        func take(_ id: ObjectID, _ file: Int) {
            guard files.files.indices.contains(file), let snapshot = files.files[file].snapshot,
                let dataset = snapshot[id].dataset, dataset.type.isNumeric, (dataset.shape?.count ?? 0) >= 3,
                seen.insert(Key(file: file, id: id)).inserted
            else { return }
            guard case .virtual(let mappings) = dataset.layout else {
                images.append(
                    ImageDataset(
                        path: snapshot.path(of: id), source: SourceID(position: file), dataset: dataset))
                return
            }
            for mapping in mappings {
                for source in files.sources(of: mapping, in: file) {
                    guard let number = source.file,
                        case .object(let object, let place) = files.resolve(mapping.dataset, from: "/", in: number),
                        seen.count < 100_000
                    else { continue }
                    takeSource(object, place)
                }
            }
        }
        func takeSource(_ id: ObjectID, _ file: Int) {
            guard let snapshot = files.files[file].snapshot, let dataset = snapshot[id].dataset,
                seen.insert(Key(file: file, id: id)).inserted
            else { return }
            if case .virtual = dataset.layout { return }
            guard (dataset.shape?.count ?? 0) >= 3 else { return }
            images.append(
                ImageDataset(
                    path: snapshot.path(of: id), source: SourceID(position: file), dataset: dataset))
        }
        for index in files.main.objects.indices where files.main.objects[index].kind == .group {
            let group = files.main.objects[index]
            let kind = group.attribute("NX_class")?.value.firstString
            guard kind == "NXdata" || kind == "NXdetector" else { continue }
            let signal = group.attribute("signal")?.value.firstString
            for link in group.links where link.name == signal || isBlock(link.name) {
                guard case .object(let id, let file) = files.resolve(link.name, from: files.main.path(of: group.id))
                else {
                    continue
                }
                take(id, file)
            }
        }
        return images
    }

    /// "data", or "data_" and digits.
    static func isBlock(_ name: String) -> Bool {
        if name == "data" { return true }
        guard name.hasPrefix("data_") else { return false }
        let digits = name.dropFirst(5)
        return !digits.isEmpty && digits.utf8.allSatisfy { (48...57).contains($0) }
    }

    private struct Key: Hashable {
        let file: Int
        let id: ObjectID
    }
}

extension TreeView {
    /// The datasets of frames of the file set of the view.
    func images(in files: FileSet) -> [ImageDataset] { memo.result("images") { ImageDataset.all(files) } }

    /// Frames of a detector are what datasets of three dimensions hold: NXmx, and files that name no definition.
    var holdsFrames: Bool { definition == nil || definition == "NXmx" }
}
