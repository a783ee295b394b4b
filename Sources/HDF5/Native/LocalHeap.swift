// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Names of a group in the old form, or of raw files.
///
/// - Source: HDF5 File Format Specification, local heaps.
struct LocalHeap {
    private let data: UnsafeRawBufferPointer

    init(_ bytes: FormatBytes, at address: UInt64) throws(NotPlain) {
        var cursor = FormatCursor(try bytes.view(at: address, count: 32))
        try cursor.expect("HEAP")
        guard try cursor.byte() == 0 else { throw NotPlain() }
        try cursor.skip(3)
        let size = try cursor.count(8)
        try cursor.skip(8)
        data = try bytes.view(at: try cursor.word(), count: size)
    }

    /// The bytes up to a null.
    func text(at offset: Int) throws(NotPlain) -> UnsafeRawBufferPointer {
        guard offset < data.count else { throw NotPlain() }
        var cursor = FormatCursor(data, at: offset)
        return try cursor.name()
    }
}
