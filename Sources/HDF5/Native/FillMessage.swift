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

    /// No message.
    init() {
        value = nil
        isDefined = true
    }

    init(_ message: HeaderMessage) throws(NotPlain) {
        guard !message.isShared else { throw NotPlain() }
        var cursor = FormatCursor(message.body)
        // When the value is written: at allocation, never, or if it was set.
        var time: UInt8 = 2
        if message.kind == .fillValue {
            let version = try cursor.byte()
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
            case 3:
                let flags = try cursor.byte()
                time = flags >> 2 & 3
                if flags & 0x30 != 0x20 {
                    value = nil
                    isDefined = flags & 0x10 == 0
                    return
                }
            default: throw NotPlain()
            }
        }
        let stated = try cursor.take(try cursor.count(4))
        value = stated.isEmpty ? nil : stated
        isDefined = stated.isEmpty || time != 1
    }

    /// Elements that were never written.
    ///
    /// - Parameter width: Bytes of an element.
    func elements(_ count: Int, width: Int) throws(NotPlain) -> [UInt8] {
        guard isDefined, let total = product([count, width]) else { throw NotPlain() }
        var bytes = [UInt8](repeating: 0, count: total)
        guard let value else { return bytes }
        guard value.count == width else { throw NotPlain() }
        for index in bytes.indices { bytes[index] = value[index % width] }
        return bytes
    }
}
