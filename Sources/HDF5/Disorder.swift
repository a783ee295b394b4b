// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// An index that is out of order: a walk meets everything, a search by name, hash or number does not.
public struct Disorder: Sendable, Hashable {
    /// The kinds of index that can be out of order.
    public enum Index: Sendable, Hashable {
        case symbolTable
        case denseLinks
        case denseAttributes
        case chunks
    }

    /// The index that is out of order.
    public let index: Index
    /// Path of the group or dataset.
    public let place: String
    /// The member, the attribute or the first element of the chunk that libraries do not find.
    public let name: String
}
