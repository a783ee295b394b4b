// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The number of a file in the ``SourceList`` of a reading; 0 is the file that was asked for.
public struct SourceID: Sendable, Hashable {
    /// Position in the list.
    public let index: UInt32

    public init(_ index: UInt32) { self.index = index }

    /// The file of a list; beyond four thousand million files there is none.
    public init(position: Int) { index = UInt32(clamping: position) }

    /// The file that was asked for.
    public static let main = SourceID(0)
}

/// Where in its file a place is.
///
/// Text keeps the byte offset; line and column are computed only for what is shown.
/// - Source: reports.md section 2 (locations).
public enum Spot: Sendable, Hashable {
    /// The file as a whole.
    case file
    /// A value of a CIF document: byte offset from the start of the file, item such as `_axis.depends_on`, row from 1.
    case text(offset: Int, item: String?, row: Int?)
    /// An object of an HDF5 file by absolute path, and one of its attributes.
    case object(path: String, attribute: String?)
    /// A key of an image header (miniCBF, SMV), with the byte offset of its line.
    case header(offset: Int, key: String)
    /// Frames of a scan, numbered from 1, as closed ranges in rising order.
    case frames(scan: String, ranges: [ClosedRange<Int>])
}

/// A place in an input that a person can go to: a spot and the file that it is in.
public struct Place: Sendable, Hashable {
    // In this order 40 bytes; the other way round 41.
    /// Where in the file.
    public let spot: Spot
    /// The file, by its number in the list of the reading.
    public let source: SourceID

    public init(_ spot: Spot, in source: SourceID = .main) {
        self.spot = spot
        self.source = source
    }

    /// The file that was asked for as a whole.
    public static let file = Place(.file)

    /// A file of the reading as a whole.
    public static func file(_ source: SourceID) -> Place { Place(.file, in: source) }

    /// A value of a CIF document.
    ///
    /// - Parameters:
    ///   - offset: Bytes from the start of the file.
    ///   - item: Name of the item, such as `_axis.depends_on`.
    ///   - row: Row of the loop from 1.
    public static func text(offset: Int, item: String?, row: Int?, in source: SourceID = .main) -> Place {
        Place(.text(offset: offset, item: item, row: row), in: source)
    }

    /// An object of an HDF5 file by absolute path, and one of its attributes.
    public static func object(path: String, attribute: String?, in source: SourceID = .main) -> Place {
        Place(.object(path: path, attribute: attribute), in: source)
    }

    /// A key of an image header, with the byte offset of its line.
    public static func header(offset: Int, key: String, in source: SourceID = .main) -> Place {
        Place(.header(offset: offset, key: key), in: source)
    }

    /// Frames of a scan, numbered from 1, as closed ranges in rising order.
    public static func frames(scan: String, ranges: [ClosedRange<Int>], in source: SourceID = .main) -> Place {
        Place(.frames(scan: scan, ranges: ranges), in: source)
    }
}
