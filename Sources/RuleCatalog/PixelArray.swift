// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import ImageCodecs
import NeXus
import RuleEngine

/// An array of pixels that is laid over the frames of an NXdetector: its mask, or what counts are corrected with.
struct PixelArray {
    enum State {
        /// The dataset, and the map of its elements.
        case found(Dataset, FrameStack)
        case absent
        /// There is a name in a file of the set, by its number, and no numbers behind it that were read.
        case elsewhere(file: Int)
    }

    /// Path by which it is reached.
    let path: String
    let state: State
    private let files: FileSet

    /// The path as it is told, with the other file by way of which links lead there.
    private var name: String { "'\(path)'" + (files.fileBehind(path).map { ", in '\($0)'," } ?? "") }

    var isAbsent: Bool { if case .absent = state { true } else { false } }

    /// The mask of a detector, in the group itself or in what its writer keeps apart.
    ///
    /// - Parameter detector: Absolute path of the NXdetector.
    static func mask(of detector: String, _ view: TreeView, _ files: FileSet) -> PixelArray {
        let own = PixelArray(detector + "/pixel_mask", view, files)
        guard own.isAbsent else { return own }
        let kept = PixelArray(detector + "/detectorSpecific/pixel_mask", view, files)
        return kept.isAbsent ? own : kept
    }

    /// All arrays of a detector that are there, the mask first.
    static func all(of detector: String, _ view: TreeView, _ files: FileSet) -> [PixelArray] {
        let mask = mask(of: detector, view, files)
        let others = FrameNames.arrays.filter { $0 != "pixel_mask" }.map {
            PixelArray("\(detector)/\($0)", view, files)
        }
        return ([mask] + others).filter { !$0.isAbsent }
    }

    private init(_ path: String, _ view: TreeView, _ files: FileSet) {
        self.path = path
        self.files = files
        guard let stack = view.frames.stacks.first(where: { $0.role == .array && $0.path == path }),
            let block = stack.blocks.first, files.files.indices.contains(block.file),
            let snapshot = files.files[block.file].snapshot, snapshot.objects.indices.contains(block.object),
            let dataset = snapshot.objects[block.object].dataset
        else {
            state = Self.file(naming: path, files).map(State.elsewhere) ?? .absent
            return
        }
        state = .found(dataset, stack)
    }

    /// The file whose group has a link of this name, wherever that leads.
    private static func file(naming path: String, _ files: FileSet) -> Int? {
        guard let slash = path.lastIndex(of: "/"),
            case .object(let id, let file) = files.resolve(String(path[..<slash]), from: "/")
        else { return nil }
        let name = String(path[path.index(after: slash)...])
        return files.files[file].snapshot?[id].link(name) == nil ? nil : file
    }

    /// Why nobody knows what the array says of each pixel; nil where its values are at hand.
    ///
    /// - Parameter isFitting: Whether a shape can be laid over the frames.
    func obstacle(isFitting: ([Int]) -> Bool) -> Reason? {
        let dataset: Dataset
        let stack: FrameStack
        switch state {
        case .absent: return nil
        // The rules on links look at those of the main file.
        case .elsewhere(let file):
            let words = "\(name) leads to no numbers that were read"
            return file == 0 ? .absent(words) : .unread(words)
        case .found(let found, let map): (dataset, stack) = (found, map)
        }
        let shape = dataset.shape ?? []
        guard isFitting(shape) else {
            let words = shape.isEmpty ? "one number" : shape.map(String.init).joined(separator: " x ")
            return .unread("\(name) is \(words) and cannot be laid over the frames")
        }
        if !stack.unwritten.isEmpty { return .unread("\(name) was never written, or not all of it") }
        let pixels = Reason.mode("the values of \(name) are pixels, which are not read")
        switch dataset.value {
        case .notRead(.filter(let id)):
            let isKnown = FilterNames.predefined[id] != nil || FilterNames.registered[id] != nil
            return isKnown ? pixels : .unread("\(name) is behind filter \(id), which nobody registered")
        case .notRead(.unwritten): return .unread("\(name) was never written, or not all of it")
        case .notRead(.unreadable), .null: return .unread("\(name) is unreadable")
        case .notRead(.large), .notRead(.otherFile), .notRead(.notWanted), .notRead(.type): return pixels
        case .strings, .integers, .unsigned, .reals: return dataset.isTruncated ? pixels : nil
        }
    }
}

extension FileSet {
    /// Slow and fast number of pixels of the frames that an NXdetector holds itself; nil when it holds none.
    func frameShape(ofDetector path: String) -> [Int]? {
        guard case .object(let id, let file) = resolve("data", from: path), let snapshot = files[file].snapshot,
            let shape = snapshot[id].dataset?.shape, shape.count >= 2
        else { return nil }
        return Array(shape.suffix(2))
    }
}
