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
