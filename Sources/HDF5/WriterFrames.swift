// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CHDF5
public import Transport

/// A dataset that takes packed chunks, one for each index of its first dimension; open until `close()`.
///
/// Any thread may write; the door lets one in at a time.
public final class FrameDataset: Sendable {
    /// Path of the dataset.
    public let path: String
    private let rank: Int
    private let id: hid_t

    init(_ path: String, rank: Int, _ id: consuming Identifier) {
        self.path = path
        self.rank = rank
        let number = id.id
        // The reference that this object keeps.
        _ = Door.ask { H5Iinc_ref(number) }
        self.id = number
    }

    deinit {
        let id = id
        _ = Door.ask { H5Idec_ref(id) }
    }

    /// Writes the chunk of a frame as it shall lie in the file, past all filters.
    ///
    /// - Parameter frame: From 0.
    /// - Throws: With the code `full` where the disk is.
    /// - SeeAlso: H5Dwrite_chunk.
    public func write(_ frame: Int, _ bytes: UnsafeRawBufferPointer) throws(Failure) {
        var place = [hsize_t](repeating: 0, count: rank)
        place[0] = hsize_t(clamping: frame)
        _ = try Door.call("write a chunk of", path) {
            H5Dwrite_chunk(id, chdf5_default_list(), 0, place, bytes.count, bytes.baseAddress)
        }
    }
}

extension Writer {
    /// Makes a dataset of frames, each a chunk that is written by `FrameDataset.write`; never filled, without times.
    ///
    /// No plugin takes part: the door has switched them off before the library made its first call.
    /// - Parameters:
    ///   - dataset: Path of the dataset.
    ///   - frames: Extent of the first dimension.
    ///   - shape: Extent of a frame.
    ///   - stages: What the chunks are packed with.
    /// - SeeAlso: H5Dcreate2, H5PLset_loading_state.
    public func frames(
        _ dataset: String, _ type: DataType, frames: Int, shape: [Int], _ stages: [Storing.Stage]
    ) throws(Failure) -> FrameDataset {
        var storing = Storing(chunk: [1] + shape, stages: stages)
        storing.neverFills = true
        let made = try TypeMaking.make(type)
        let space = try Self.space([frames] + shape, nil)
        let list = try creation(dataset)
        try set(storing, type, made.id, list.id, dataset)
        return FrameDataset(dataset, rank: 1 + shape.count, try create(dataset, made.id, space.id, list.id))
    }
}
