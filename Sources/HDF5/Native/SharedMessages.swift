// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Finds messages that objects share, such as committed types.
///
/// - Source: HDF5 File Format Specification, shared message. Heaps of shared messages are left to libhdf5.
struct SharedMessages {
    let headers: ObjectHeaderReading

    /// The body that a reference to a shared message stands for.
    func body(
        of reference: UnsafeRawBufferPointer, kind: HeaderMessage.Kind
    ) throws(NotPlain) -> UnsafeRawBufferPointer {
        var cursor = FormatCursor(reference)
        let version = try cursor.byte()
        let place = try cursor.byte()
        switch version {
        case 1: try cursor.skip(6)
        case 2: break
        case 3: guard place == 2 else { throw NotPlain() }
        default: throw NotPlain()
        }
        // Version 1 states a place in the global heap before the address when it is none of an object.
        guard version > 1 || place == 0 else { throw NotPlain() }
        let address = try cursor.word()
        for message in try headers.messages(at: address) where message.kind == kind && !message.isShared {
            return message.body
        }
        throw NotPlain()
    }

    func body(of message: HeaderMessage) throws(NotPlain) -> UnsafeRawBufferPointer {
        message.isShared ? try body(of: message.body, kind: message.kind) : message.body
    }
}
