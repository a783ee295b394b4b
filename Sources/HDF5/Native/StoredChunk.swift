// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A chunk of a dataset as an index of chunks states it.
struct StoredChunk {
    /// Where the chunk lies among the others.
    enum Position {
        /// Its first element by dimension, in 8 bytes each.
        case element(UnsafeRawBufferPointer)
        /// Chunks before it by dimension, in 8 bytes each.
        case chunks(UnsafeRawBufferPointer)
        /// Chunks before it in the array that lists them.
        case number(Int)
    }

    let address: UInt64
    let bytes: UInt64
    /// A bit for each filter that was not applied, the first one lowest.
    var skipped: UInt64 = 0
    let position: Position
}
