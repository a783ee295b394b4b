// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

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
