// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
internal import HDF5
internal import Transport

/// What the ways of all stacks lead to, each once.
struct FrameRecord {
    private(set) var stores: [FrameStore] = []
    private(set) var losses: [FrameLoss] = []
    private(set) var unread: [UnreadFrames] = []
    private var storeNumbers: [Node.Identity: Int] = [:]
    private var lossNumbers: [FrameLoss: Int] = [:]

    mutating func number(of store: FrameStore) -> Int {
        let key = Node.Identity(file: store.file, id: ObjectID(index: store.object))
        if let known = storeNumbers[key] { return known }
        storeNumbers[key] = stores.count
        stores.append(store)
        return stores.count - 1
    }

    mutating func number(of loss: FrameLoss) -> Int {
        if let known = lossNumbers[loss] { return known }
        lossNumbers[loss] = losses.count
        losses.append(loss)
        return losses.count - 1
    }

    mutating func number(of obstacle: UnreadFrames) -> Int {
        if let known = unread.firstIndex(of: obstacle) { return known }
        // Ever new ones say nothing new.
        guard unread.count < 1000 else { return unread.count - 1 }
        unread.append(obstacle)
        return unread.count - 1
    }

    enum Obstacle {
        case lost(FrameLoss.Kind, name: String)
        case unread(UnreadFrames.Cause, name: String, words: String)
    }

    /// What it means that a path ends at no object.
    static func obstacle(_ end: PathEnd, _ files: FileSet) -> Obstacle {
        let here = files.files.indices.contains(end.file) ? files.files[end.file].name : ""
        switch end.resolution {
        case .object, .missing: return .lost(.object, name: here)
        case .circle: return .lost(.circle, name: here)
        case .tooManyLinks: return .unread(.limit, name: here, words: "more links in a row than are followed")
        case .userDefined: return .unread(.form, name: here, words: "it lies behind a link of a class of its own")
        case .unreadable(let why): return .unread(.failed, name: here, words: why)
        case .external(let name, _):
            guard let number = files.number(ofFile: name, namedBy: end.file), files.files.indices.contains(number)
            else {
                return .unread(.limit, name: name, words: "more files than are followed")
            }
            switch files.files[number].state {
            case .absent: return .lost(.file, name: name)
            case .refused(let why): return .unread(.refused, name: name, words: why)
            case .failed(let failure): return .unread(.failed, name: name, words: failure.innermost)
            case .opened: return .lost(.circle, name: name)
            }
        }
    }
}
