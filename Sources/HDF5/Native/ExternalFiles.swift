// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Reads the message that lists raw files outside, which hold the elements of a dataset.
///
/// - Source: HDF5 File Format Specification, external data files message, version 1.
struct ExternalFiles {
    let bytes: FormatBytes

    func read(_ body: UnsafeRawBufferPointer) throws(NotPlain) -> [ExternalSegment] {
        var cursor = FormatCursor(body)
        guard try cursor.byte() == 1 else { throw NotPlain() }
        try cursor.skip(3)
        let room = try cursor.count(2)
        let count = try cursor.count(2)
        guard count > 0, count <= room else { throw NotPlain() }
        let heap = try LocalHeap(bytes, at: try cursor.word())
        var segments: [ExternalSegment] = []
        for _ in 0..<count {
            let name = try heap.text(at: try cursor.count(8))
            let offset = try cursor.count(8)
            let size = try cursor.word()
            guard !name.isEmpty else { throw NotPlain() }
            segments.append(
                ExternalSegment(
                    file: shownName(name), offset: offset, size: size == UInt64.max ? nil : Int(clamping: size)))
        }
        return segments
    }
}
