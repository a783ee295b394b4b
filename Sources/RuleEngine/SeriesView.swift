// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

/// Images whose names differ in their number alone, as rules on series read them.
public struct SeriesView: Sendable {
    /// One image.
    public struct Member: Sendable {
        public let path: String
        /// The number in its name.
        public let number: Int
        /// What its header says; nil when it cannot be read.
        public let facts: SeriesFacts?
        /// Why its header cannot be read; nil when it was.
        public let failure: String?

        public init(path: String, number: Int, facts: SeriesFacts?, failure: String?) {
            self.path = path
            self.number = number
            self.facts = facts
            self.failure = failure
        }
    }

    /// The names with `#` for the number.
    public let template: String
    /// By rising number.
    public let members: [Member]
    /// The first number of each gap between members, where no file of that name is there; others were not asked for.
    public let absent: Set<Int>

    public init(template: String, members: [Member], absent: Set<Int> = []) {
        self.template = template
        self.absent = absent
        self.members = members
    }
}
