// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A number that two versions of a description give differently.
public struct ItemDifference: Sendable, Hashable {
    /// The item, or "rows of CATEGORY".
    public var item: String
    /// What the row is called by its keys; empty for categories and for items outside loops.
    public var row: String
    /// The value in the first version as written, with its place.
    public var first: ComparedValue
    /// The same of the second.
    public var second: ComparedValue

    public init(item: String, row: String, first: ComparedValue, second: ComparedValue) {
        self.item = item
        self.row = row
        self.first = first
        self.second = second
    }
}
