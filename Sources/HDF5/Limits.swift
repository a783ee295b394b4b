// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Bounds of what is taken from one file; beyond them a `Fault` says so.
public struct Limits: Sendable, Hashable {
    /// Groups below groups.
    public var depth = 256
    /// Objects of one file.
    public var objects = 2_000_000
    /// Bytes of the value of a dataset.
    public var smallValueBytes = 65_536
    /// Bytes of the value of an attribute.
    public var attributeBytes = 1 << 20
    /// Bytes of a value that is wanted to its end.
    public var wholeValueBytes = 16 << 20
    /// Files up to this size are read whole, with one read.
    public var wholeFileBytes = 8 << 20
    /// Links followed one after the other.
    public var linksInARow = 16
    /// Files reached through links.
    public var files = 100_000
    /// Files open at a time.
    public var openFiles = 64
    /// Bytes of a chunk that is decoded for a value.
    public var chunkBytes = 16 << 20

    /// The only rows of large stacks, along their slowest dimension, whose chunks are looked for in an index, where each read
    /// is a journey; nil for all. What the file has of other chunks is then not known.
    public var rows: Range<Int>?

    /// Filters that are left to libhdf5 although they are undone here, so that both can be compared.
    package var foreignFilters: Set<Int> = []

    public init() {}

    /// What files of measurements stay far below.
    public static let `default` = Limits()
}
