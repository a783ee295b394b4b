// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// An open descriptor of this process, closed exactly once.
public struct Descriptor: ~Copyable {
    /// The number that the system knows it by.
    public let number: Int32

    public init(owning number: Int32) { self.number = number }

    deinit { close(number) }

    /// Gives the descriptor away; nobody closes it here.
    public consuming func release() -> Int32 {
        let number = number
        discard self
        return number
    }
}
