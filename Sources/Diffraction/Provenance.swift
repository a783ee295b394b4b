// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A place in an input that a person can go to.
///
/// Text places keep the byte offset; line and column are computed only for what is shown.
/// - Source: reports.md section 2 (locations).
public enum Place: Sendable, Hashable {
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

/// Where a value of the model comes from.
public enum Origin: Sendable, Hashable {
    /// Stated by the file at this place.
    case stated(Place)
    /// The default of the dictionary or definition; the item is named.
    case defaulted(item: String)
    /// Taken because the file does not say; the sentence tells what was taken and why.
    case assumed(String)
    /// Given by the user, with the option that gave it.
    case option(String)
    /// Computed by us from other values; the sentence tells from which.
    case derived(String)

    /// The place, if the file states the value.
    public var place: Place? {
        if case .stated(let place) = self { return place }
        return nil
    }
}

/// A value that remembers where it came from.
public struct Sourced<Value: Sendable>: Sendable {
    public var value: Value
    public var origin: Origin

    public init(_ value: Value, _ origin: Origin) {
        self.value = value
        self.origin = origin
    }

    /// The same origin with another value.
    public func map<Other>(_ transform: (Value) -> Other) -> Sourced<Other> {
        Sourced<Other>(transform(value), origin)
    }
}

extension Sourced: Equatable where Value: Equatable {}
extension Sourced: Hashable where Value: Hashable {}
