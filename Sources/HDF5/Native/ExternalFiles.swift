// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Reads the message that lists raw files outside, which hold the elements of a dataset.
///
/// - Source: HDF5 File Format Specification, external data files message, version 1.
struct ExternalFiles {
    let bytes: FormatBytes

    func read(_ message: HeaderMessage) throws(Stop) -> [ExternalSegment] {
        var cursor = message.cursor(.externalFiles)
        guard try cursor.byte() == 1 else { throw cursor.newer }
        try cursor.skip(3)
        let room = try cursor.count(2)
        let count = try cursor.count(2)
        guard count > 0, count <= room else { throw cursor.damaged }
        let heap = try LocalHeap(bytes, at: try cursor.word())
        var segments: [ExternalSegment] = []
        for _ in 0..<count {
            let name = try heap.text(at: try cursor.count(8))
            let offset = try cursor.count(8)
            let size = try cursor.word()
            guard !name.isEmpty else { throw cursor.damaged }
            segments.append(
                ExternalSegment(
                    file: shownName(name), offset: offset, size: size == UInt64.max ? nil : Int(clamping: size)))
        }
        return segments
    }
}
