// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import ImageCodecs

/// Memory in which one frame after the other is read; each thread has its own.
///
/// Fresh memory for a frame of 72 MB costs as much time as decoding it.
public struct FrameRoom: Sendable {
    /// For the decoded bytes of chunks.
    var chunks = Pipeline.Room()
    /// For bytes as they are stored.
    private var raw: [UInt8] = []
    /// Of a frame that is done with.
    private var spare: [UInt8] = []

    /// Empty room.
    public init() {}

    /// Takes the memory of an image that nobody needs any more.
    public mutating func take(_ image: consuming FrameImage) { spare = image.bytes }

    /// Memory for bytes as they are stored; it comes back by `keep`.
    mutating func stored() -> [UInt8] {
        let memory = raw
        raw = []
        return memory
    }

    mutating func keep(stored bytes: consuming [UInt8]) { raw = bytes }

    /// Memory for a frame.
    mutating func fresh() -> [UInt8] {
        let memory = spare
        spare = []
        return memory
    }
}
