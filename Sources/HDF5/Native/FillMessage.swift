// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What elements hold that were never written.
///
/// - Source: HDF5 File Format Specification, fill value message, versions 1 to 3, and its older form.
struct FillMessage {
    /// The bytes of the value its writer set; nil for the default, which is zero.
    let value: UnsafeRawBufferPointer?
    /// False: nothing is said of elements that were never written.
    let isDefined: Bool

    /// No message: nothing is said.
    static var none: FillMessage { FillMessage() }

    private init() {
        value = nil
        isDefined = false
    }

    init(_ start: FormatCursor, isOld: Bool) throws(Stop) {
        var cursor = start
        // When the value is written: at allocation, never, or if it was set.
        var time: UInt8 = 2
        if !isOld {
            let version = try cursor.version(1...3)
            switch version {
            case 1, 2:
                try cursor.skip(1)
                time = try cursor.byte()
                let isStated = try cursor.byte() != 0
                if version == 2, !isStated {
                    value = nil
                    isDefined = false
                    return
                }
            default:
                let flags = try cursor.byte()
                guard flags & 0xC0 == 0 else { throw cursor.damaged }
                time = flags >> 2 & 3
                if flags & 0x30 != 0x20 {
                    value = nil
                    isDefined = flags & 0x10 == 0
                    return
                }
            }
        }
        // A size of all ones stands for no value in version 1 and 2.
        let size = try cursor.number(4)
        guard size != 0xFFFF_FFFF else {
            value = nil
            isDefined = false
            return
        }
        let stated = try cursor.take(Int(size))
        value = stated.isEmpty ? nil : stated
        isDefined = stated.isEmpty || time != 1
    }

    /// Elements that were never written; nil if nothing is said of them.
    ///
    /// - Parameter width: Bytes of an element.
    func elements(_ count: Int, width: Int) throws(Stop) -> [UInt8]? {
        guard let total = product([count, width]) else { throw .unread(.limit) }
        guard isDefined else { return nil }
        var bytes = [UInt8](repeating: 0, count: total)
        guard let value else { return bytes }
        guard value.count == width else { throw .damaged(.fillValue) }
        for index in bytes.indices { bytes[index] = value[index % width] }
        return bytes
    }
}
