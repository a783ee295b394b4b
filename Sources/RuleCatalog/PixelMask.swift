// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import HDF5

/// The mask of an NXdetector, in the group itself or in what its writer keeps apart.
struct PixelMask {
    enum State: Hashable {
        case found(Dataset)
        case absent
        /// A link that does not lead to a dataset; FILE-004 and LINK-010 tell of it.
        case elsewhere
    }

    let state: State

    /// - Parameter path: Absolute path of the NXdetector.
    init(of path: String, _ files: FileSet) {
        for name in ["pixel_mask", "detectorSpecific/pixel_mask"] {
            switch files.resolve(name, from: path) {
            case .object(let id, let file):
                guard let dataset = files.files[file].snapshot?[id].dataset else { continue }
                state = .found(dataset)
                return
            case .missing: continue
            default:
                state = .elsewhere
                return
            }
        }
        state = .absent
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
