// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Transport

/// A file of a server that is read on behalf of a page: for as long as the page waits for it.
final class AttendedFile: RangeReader {
    private let inner: Source
    private let dialogue: PageDialogue

    init(_ inner: Source, _ dialogue: PageDialogue) {
        self.inner = inner
        self.dialogue = dialogue
    }

    var size: Int { inner.size }
    var isFar: Bool { inner.isFar }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(Failure) -> Int {
        try dialogue.attend(inner.name)
        return try inner.read(into: buffer, at: offset)
    }

    func expect(_ range: Range<Int>) throws(Failure) {
        try dialogue.attend(inner.name)
        try inner.expect(range)
    }
}
