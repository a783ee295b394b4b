// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Reads the message that tells what elements hold that were never written.
///
/// - Source: HDF5 File Format Specification, fill value message, versions 1 to 3, and its older form.
enum FillMessage {
    /// The bytes of the value its writer set; nil if none was set.
    static func read(_ message: HeaderMessage) throws(NotPlain) -> UnsafeRawBufferPointer? {
        guard !message.isShared else { throw NotPlain() }
        var cursor = FormatCursor(message.body)
        if message.kind == .fillValue {
            switch try cursor.byte() {
            case 1: try cursor.skip(3)
            case 2:
                try cursor.skip(2)
                guard try cursor.byte() != 0 else { return nil }
            case 3:
                guard try cursor.byte() & 0x20 != 0 else { return nil }
            default: throw NotPlain()
            }
        }
        let value = try cursor.take(try cursor.count(4))
        return value.isEmpty ? nil : value
    }
}
