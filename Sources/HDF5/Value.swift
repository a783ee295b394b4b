// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The value of an attribute or a dataset, in the order of the file (last dimension fastest).
public enum Value: Sendable, Hashable {
    case strings([Text])
    /// Integers, and enumerations and booleans by their number; unsigned ones too unless one exceeds `Int64`.
    case integers([Int64])
    /// Unsigned integers of which one exceeds `Int64`.
    case unsigned([UInt64])
    case reals([Double])
    /// Null dataspace: there is a type and no value.
    case null
    case notRead(Reason)

    /// Why there is no value.
    public enum Reason: Sendable, Hashable {
        /// Larger than the limit.
        case large
        /// Pixel data, or not asked for.
        case notWanted
        /// A compound, a reference, a sequence, a bit field or another type whose values are not read.
        case type
        /// The filter of this number is not there.
        case filter(Int)
        /// The values lie in other files.
        case otherFile
        /// Some or all have no place in the file: they read as the fill value, which nobody measured.
        case unwritten
        /// The library failed, or the file contradicts itself; the fault says more.
        case unreadable
    }

    /// Number of elements that were read.
    public var count: Int {
        switch self {
        case .strings(let values): values.count
        case .integers(let values): values.count
        case .unsigned(let values): values.count
        case .reals(let values): values.count
        case .null, .notRead: 0
        }
    }

    /// Numbers of any kind as doubles; nil for strings and values that were not read.
    public var doubles: [Double]? {
        switch self {
        case .integers(let values): values.map(Double.init)
        case .unsigned(let values): values.map(Double.init)
        case .reals(let values): values
        case .strings, .null, .notRead: nil
        }
    }

    /// The texts; nil for a value that holds none.
    public var texts: [Text]? { if case .strings(let values) = self { values } else { nil } }

    /// The first text; nil without one.
    public var firstText: Text? { texts?.first }

    /// The characters of the first text; nil without one.
    public var firstString: String? { firstText?.string }

    /// The first number; nil without one.
    public var firstDouble: Double? {
        switch self {
        case .integers(let values): values.first.map(Double.init)
        case .unsigned(let values): values.first.map(Double.init)
        case .reals(let values): values.first
        case .strings, .null, .notRead: nil
        }
    }

    /// The first value if it is an integer type and fits.
    public var firstInt: Int? {
        switch self {
        case .integers(let values): values.first.flatMap { Int(exactly: $0) }
        case .unsigned(let values): values.first.flatMap { Int(exactly: $0) }
        case .reals, .strings, .null, .notRead: nil
        }
    }
}
