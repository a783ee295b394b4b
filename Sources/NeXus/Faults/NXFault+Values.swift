// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

// Forms, values, units, shapes and times.

extension NXFault {
    /// What carries a value.
    public enum Carrier: String, Sendable, Hashable { case field, attribute }

    /// A stored form that cannot hold what is asked.
    public enum UnfitForm: Sendable {
        case value(Carrier, stored: String, type: String, definition: String)
        /// An attribute of an axis.
        case axis(stored: String)
    }

    /// Another form than the one asked, which holds the meaning.
    public enum LenientForm: Sendable {
        case value(Carrier, stored: String, type: String, definition: String)
        case severalStrings(Carrier, count: Int)
        case date(String)
        /// NX_class of groups, as an array of one string.
        case classAsArray(Gathered)
    }

    /// A value that its type does not take.
    public enum OutsideDomain: Sendable {
        /// What a type takes.
        public enum Domain: Sendable, Hashable { case aboveZero, fromZero, boolean, finite }

        case value(String, index: Int, type: String, Domain)
        /// A standard attribute that counts from 1.
        case ordinal(String, attribute: String)
    }

    /// A number without units where a category of units is asked.
    public struct AbsentUnits: Sendable {
        public let path: String
        /// The units are there as a number.
        public let isNumber: Bool
        public let definition: String
        /// The category in words.
        public let category: String
        public let example: String
        /// An attribute that may be meant.
        public let nearest: String?
    }

    /// Units of another dimension than the one asked.
    public enum OtherDimension: Sendable {
        case units(String, definition: String, category: String, example: String)
        /// The type of an axis is absent, and an attribute stands there that may be meant.
        case absentType(String, nearest: String)
    }

    /// Units in a spelling that is not understood, or understood as another.
    public enum OtherSpelling: Sendable {
        case notUnderstood(String)
        case read(String, as: String)
        case listed(String, list: [String])
    }

    /// A value outside the list of its item.
    public enum OutsideList: Sendable {
        case value(String, definition: String, list: [String])
        case units(String, definition: String, list: [String])
        /// A standard attribute whose value the definition fixes.
        case fixed(String, definition: String, value: String)
        /// A standard attribute with its words.
        case standard(String, attribute: String, list: [String])
        case axisType(String)
    }

    /// A value beside a list that takes others.
    public struct BesideOpenList: Sendable {
        public let value: String
        public let list: [String]
    }

    /// A shape that the definition does not ask.
    public enum OtherShape: Sendable {
        /// What a definition asks.
        public struct Asked: Sendable {
            public let definition: String
            public let rank: String?
            /// By index.
            public let sizes: [(size: String, isOptional: Bool)]
        }

        case shape([Int], Asked)
        /// So many values where every reader takes one.
        case several(Int)
        /// A length that is the sum of others, and what that is.
        case sum(length: Int, symbols: [String], expected: Int)
        /// An attribute of an axis, which takes three numbers.
        case axis(count: Int)
    }

    /// Lengths of one symbol that differ.
    public struct SymbolConflict: Sendable {
        public let symbol: String
        /// Those that differ from the most frequent value come first.
        public let holders: [(path: String, value: Int)]
    }

    /// A text or value that says nothing.
    public enum EmptyValue: Sendable {
        case nullField, nullAttribute
        /// An array of no elements.
        case emptyField
        case notUTF8(firstByte: Int)
        case empty, blank
    }

    /// Units at which a common reader stops.
    public struct SpellingOfReaders: Sendable {
        /// "units" or "offset_units".
        public let attribute: String
        public let field: String
        public let text: String
        /// The spelling to write.
        public let meant: String
    }

    /// A time stamp that cannot be read.
    public struct UnreadableTime: Sendable {
        public let name: String
        public let text: String
    }
}
