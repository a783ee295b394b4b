// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

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
    /// The value, in the unit its holder states.
    public var value: Value
    /// Where it comes from.
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
