// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Texts that were read as units before; files write the same few again and again.
final class UnitMemory: Sendable {
    static let shared = UnitMemory()

    /// Texts that are kept before all are forgotten.
    private static let most = 1024
    /// Bytes of a text that is kept.
    private static let longest = 64

    private let read = Mutex<[String: Unit?]>([:])

    /// The unit of a text; nil when it is none.
    ///
    /// Only ASCII is kept: strings of other bytes may be equal and yet be read otherwise.
    func unit(_ text: String) -> Unit? {
        guard text.utf8.count <= Self.longest, text.utf8.allSatisfy({ $0 < 0x80 }) else {
            return Unit(scanning: text)
        }
        if let known = read.withLock({ $0[text] }) { return known }
        let unit = Unit(scanning: text)
        read.withLock { read in
            if read.count >= Self.most { read.removeAll(keepingCapacity: true) }
            read[text] = .some(unit)
        }
        return unit
    }
}
