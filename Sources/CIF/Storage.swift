// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import Transport

/// The values of a document in the order of the text, 8 bytes each, while they are being collected.
///
/// Memory comes from `realloc`, which moves large tables by remapping pages instead of touching them.
struct ValueTable {
    private(set) var base: UnsafeMutablePointer<UInt64>?
    private(set) var count = 0
    private var capacity = 0

    /// Appends a value; false when memory is at its end.
    @inline(__always)
    mutating func append(_ entry: Entry) -> Bool {
        if count == capacity {
            guard grow() else { return false }
        }
        base.unsafelyUnwrapped[count] = entry.bits
        count &+= 1
        return true
    }

    @inline(never)
    private mutating func grow() -> Bool {
        let wanted = max(256, capacity &* 2)
        guard let grown = realloc(base, wanted &* MemoryLayout<UInt64>.stride) else { return false }
        base = grown.assumingMemoryBound(to: UInt64.self)
        capacity = wanted
        return true
    }
}

/// Everything that the values of a document stand on.
///
/// `@unchecked Sendable`: all parts are set once by `init`; the table is only read afterwards and freed with the last
/// reference.
final class Storage: @unchecked Sendable {
    let buffer: ByteBuffer
    /// First byte of the buffer; valid while `buffer` lives.
    let bytes: UnsafePointer<UInt8>
    let size: Int
    private let table: UnsafeMutablePointer<UInt64>?
    private let tableCount: Int
    /// Length of values of 2^20 - 1 bytes and more, by offset.
    private let longLengths: [Int: Int]

    init(buffer: ByteBuffer, table: ValueTable, longLengths: [Int: Int]) {
        self.buffer = buffer
        bytes = buffer.withUnsafeBytes { raw in
            // ByteBuffer always has a base address, also when it is empty.
            UnsafePointer(raw.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self))
        }
        size = buffer.count
        self.table = table.base
        tableCount = table.count
        self.longLengths = longLengths
    }

    deinit { free(table) }

    /// The entry with a number; missing at offset 0 when there is none.
    @inline(__always)
    func entry(_ index: Int) -> Entry {
        guard let table, index >= 0, index < tableCount else { return Entry(offset: 0, length: 0, kind: .missing) }
        return Entry(bits: table[index])
    }

    /// The content of a value: without delimiters, within the buffer.
    ///
    /// Bounds: entries are made from scanned ranges only, so `offset + length <= size`; the clamp holds that up for
    /// kinds whose length means something else.
    @inline(__always)
    func content(_ entry: Entry) -> UnsafeBufferPointer<UInt8> {
        var length = entry.length
        if length == Entry.longLength { length = longLengths[entry.offset] ?? length }
        if entry.kind == .binary || entry.kind == .missing { length = 0 }
        let start = min(entry.offset, size)
        return UnsafeBufferPointer(start: bytes + start, count: min(length, size &- start))
    }

    /// The value as it stands in the file, with delimiters.
    func raw(_ entry: Entry) -> UnsafeBufferPointer<UInt8> {
        let inner = content(entry)
        let start = max(0, min(entry.offset, size) - entry.opening)
        var end = min(entry.offset, size) + inner.count
        switch entry.kind {
        case .quoted: end += 1
        case .tripleQuoted: end += 3
        case .text, .protocolText:
            while end < size, bytes[end] == 10 || bytes[end] == 13 { end += 1 }
            end += 1
        default: break
        }
        return UnsafeBufferPointer(start: bytes + start, count: max(0, min(end, size) - start))
    }
}
