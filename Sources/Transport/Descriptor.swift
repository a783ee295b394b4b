// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CFiles
internal import Glibc

/// An open descriptor of this process, closed exactly once.
public struct Descriptor: ~Copyable {
    /// The number that the system knows it by.
    public let number: Int32

    public init(owning number: Int32) { self.number = number }

    deinit { close(number) }

    /// Bytes in a file of memory alone, which is gone with its last descriptor; nil where the system has no room.
    ///
    /// - SeeAlso: memfd_create(2).
    public static func memory(_ bytes: [UInt8]) -> Descriptor? {
        let number = cfiles_memory()
        guard number >= 0 else { return nil }
        guard OutputFile.write(bytes, to: number) == 0 else {
            close(number)
            return nil
        }
        return Descriptor(owning: number)
    }

    /// Gives the descriptor away; nobody closes it here.
    public consuming func release() -> Int32 {
        let number = number
        discard self
        return number
    }
}
