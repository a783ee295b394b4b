// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A part of an element that leads to an object of the global heap: a text or a sequence of variable length.
struct HeapPointer {
    /// Pointers of one element that are followed, at most.
    private static let most = 1024

    /// First byte of the pointer in its element.
    let place: Int
    /// Bytes of a part of the sequence; 1 for text.
    let partBytes: Int
    /// Pointers that each part of the sequence holds itself.
    let inner: [HeapPointer]

    /// Pointers of a part that stands several times in an element.
    static func repeated(
        _ pointers: [HeapPointer], every bytes: Int, upTo end: Int, from start: Int = 0
    ) throws(Stop) -> [HeapPointer] {
        if pointers.isEmpty || bytes <= 0 { return [] }
        guard end / bytes <= most / pointers.count else { throw .unread(.limit) }
        return stride(from: 0, to: end, by: bytes).flatMap { step in
            pointers.map { HeapPointer(place: start &+ step &+ $0.place, partBytes: $0.partBytes, inner: $0.inner) }
        }
    }
}

/// Follows pointers of values that are not read otherwise, so that a file of which something cannot be read does not pass.
struct HeapPointers {
    let bytes: FormatBytes
    let heap: GlobalHeap

    /// Looks at elements one behind the other.
    func follow(_ pointers: [HeapPointer], _ raw: UnsafeRawBufferPointer, width: Int, depth: Int = 0) throws(Stop) {
        guard !pointers.isEmpty, width > 0 else { return }
        guard depth < TypeReading.deepest else { throw .unread(.limit) }
        var start = 0
        while start <= raw.count &- width {
            for pointer in pointers {
                var cursor = FormatCursor(raw, at: start &+ pointer.place, of: .text)
                let element = try cursor.take(16)
                guard let sequence = try heap.sequence(element, partBytes: pointer.partBytes) else { continue }
                try bytes.spend(16)
                if pointer.inner.isEmpty { continue }
                try bytes.spend(sequence.count)
                try follow(pointer.inner, sequence, width: pointer.partBytes, depth: depth &+ 1)
            }
            start &+= width
        }
    }
}
