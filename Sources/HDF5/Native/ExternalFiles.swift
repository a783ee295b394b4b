// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Reads the message that lists raw files outside, which hold the elements of a dataset.
///
/// - Source: HDF5 File Format Specification, external data files message, version 1.
struct ExternalFiles {
    let bytes: FormatBytes

    /// - Parameter total: Bytes of all elements; nil if they do not fit.
    func read(_ message: HeaderMessage, total: Int?) throws(Stop) -> [ExternalSegment] {
        var cursor = message.cursor(.externalFiles)
        try cursor.version(1...1)
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
        var left = total ?? .max
        for segment in segments { left = segment.size.map { max(0, left &- $0) } ?? 0 }
        guard left == 0 else { throw cursor.damaged }
        return segments
    }
}
