// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Finds lines and columns of byte offsets: the start of every 128th line, the rest counted when asked.
///
/// The data of a binary section count as one line.
struct LineIndex: Sendable {
    /// Lines from one kept start to the next; a power of two.
    static let step = 128

    /// Offset of the first byte of line 1 + `step` k.
    var starts: [Int] = [0]
    /// Binary data in ascending order: from the first byte to the closing boundary.
    var opaque: [Range<Int>] = []

    /// Line and column of an offset.
    ///
    /// - Parameter skipped: Bytes of a byte order mark at the start, which are no column.
    func position(of offset: Int, in bytes: UnsafeBufferPointer<UInt8>, skipping skipped: Int) -> Position {
        let target = max(0, min(offset, bytes.count))
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= target { low = middle } else { high = middle }
        }
        var line = low * Self.step + 1
        var start = starts[low]
        var at = start
        var next = firstOpaque(from: start)
        while at < target {
            if next < opaque.count, at == opaque[next].lowerBound {
                if target < opaque[next].upperBound { return Position(line: line, column: target - at + 1) }
                at = opaque[next].upperBound
                start = at
                line += 1
                next += 1
                continue
            }
            let byte = bytes[at]
            at += 1
            if byte == 10 || (byte == 13 && (at >= bytes.count || bytes[at] != 10)) {
                guard at <= target else { break }
                line += 1
                start = at
            }
        }
        if start == 0 { start = min(skipped, target) }
        var column = 1
        for index in start..<max(start, target) where bytes[index] & 0xC0 != 0x80 { column += 1 }
        return Position(line: line, column: column)
    }

    /// The first opaque range that begins at an offset or later.
    private func firstOpaque(from offset: Int) -> Int {
        var low = 0
        var high = opaque.count
        while low < high {
            let middle = (low + high) / 2
            if opaque[middle].lowerBound < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
