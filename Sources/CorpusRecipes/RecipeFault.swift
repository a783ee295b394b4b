// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Why a recipe cannot be read or built, with the place in the recipe.
public struct RecipeFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The recipe, and where in it: a path of the tree or the number of a change.
    public let place: String
    public let what: String

    public init(_ place: String, _ what: String) {
        self.place = place
        self.what = what
    }

    public var description: String { "\(place): \(what)" }
}
