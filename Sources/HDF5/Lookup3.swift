// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Bob Jenkins' lookup3 hash ("hashlittle") with start value 0, the checksum of HDF5 metadata.
///
/// - Source: lookup3.c, May 2006, public domain; HDF5 File Format Specification, checksums.
public func lookup3(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    var a: UInt32 = 0xdead_beef &+ UInt32(truncatingIfNeeded: bytes.count)
    var b = a
    var c = a
    func word(_ start: Int) -> UInt32 {
        var value: UInt32 = 0
        for step in 0..<4 where start &+ step < bytes.count {
            value |= UInt32(bytes[start &+ step]) << UInt32(8 &* step)
        }
        return value
    }
    func rotate(_ value: UInt32, _ bits: UInt32) -> UInt32 { value << bits | value >> (32 &- bits) }
    guard bytes.count > 0 else { return c }
    var start = 0
    while bytes.count &- start > 12 {
        a = a &+ word(start)
        b = b &+ word(start &+ 4)
        c = c &+ word(start &+ 8)
        a = (a &- c) ^ rotate(c, 4)
        c = c &+ b
        b = (b &- a) ^ rotate(a, 6)
        a = a &+ c
        c = (c &- b) ^ rotate(b, 8)
        b = b &+ a
        a = (a &- c) ^ rotate(c, 16)
        c = c &+ b
        b = (b &- a) ^ rotate(a, 19)
        a = a &+ c
        c = (c &- b) ^ rotate(b, 4)
        b = b &+ a
        start &+= 12
    }
    a = a &+ word(start)
    b = b &+ word(start &+ 4)
    c = c &+ word(start &+ 8)
    c = (c ^ b) &- rotate(b, 14)
    a = (a ^ c) &- rotate(c, 11)
    b = (b ^ a) &- rotate(a, 25)
    c = (c ^ b) &- rotate(b, 16)
    a = (a ^ c) &- rotate(c, 4)
    b = (b ^ a) &- rotate(a, 14)
    c = (c ^ b) &- rotate(b, 24)
    return c
}
