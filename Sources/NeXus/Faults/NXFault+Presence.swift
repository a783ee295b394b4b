// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

// What is absent, too many, or another than the one asked.

extension NXFault {
    /// Cases that are told once for a scope.
    public struct Gathered: Sendable {
        /// What they have in common: a definition, a class, a path.
        public let subject: String
        /// Paths or texts, in the order in which they were met.
        public let names: [String]
        /// What is said beside some of them.
        public let notes: [String]
    }

    /// No NXentry at the root.
    public struct NoEntry: Sendable {
        /// Names of the first groups that stand there.
        public let groups: [(name: String, className: String?)]
    }

    /// No entry names a definition.
    public struct NoDefinition: Sendable {
        public let looksLikeNXmx: Bool
        /// What stands under the name instead of a text: a group, or a field of another type.
        public let stands: String?
    }

    /// A definition that the release in use does not have.
    public struct UnknownDefinition: Sendable {
        public let name: String
        public let release: String
        public let nearest: String?
    }

    /// A group of another class than the one asked.
    public struct OtherClass: Sendable {
        /// Nil where the group has none.
        public let className: String?
        public let definition: String
        /// The class that is asked.
        public let type: String
        /// The type of an NX_class without text, in words.
        public var stored: String?
    }

    /// A required group is not there.
    public struct AbsentGroup: Sendable {
        /// Path of the group that lacks it.
        public let holder: String
        public let name: String?
        public let type: String
        public let definition: String
        /// Path of a group of the class near by.
        public let elsewhere: String?
        /// Names of groups beside without a class; none where the group is asked by name.
        public let classless: [String]
        /// Name and class of a group beside whose class is nearly the one asked.
        public let misspelt: (name: String, className: String)?
        /// The path to write.
        public let written: String
    }

    /// A required field is not there, or holds nothing.
    public enum AbsentField: Sendable {
        case missing(Missing)
        case withoutValue(name: String, definition: String)
        /// An array of no elements.
        case withoutElements(name: String, definition: String)

        /// A field that is to be written.
        public struct Missing: Sendable {
            public let holder: String
            public let name: String
            public let definition: String
            public let nearest: String?
            /// The path to write.
            public let path: String
            /// The type of NXDL.
            public let type: String
            /// A unit of the category that is asked; nil for none.
            public let unit: String?
            /// The values that it takes; empty for any.
            public let values: [String]
        }
    }

    /// A required attribute is not there, or holds nothing.
    public enum AbsentAttribute: Sendable {
        case missing(Gathered)
        case withoutValue(name: String, definition: String)
        /// An axis of a definition that does not ask for it, without the attribute vector.
        case vector
    }

    /// What an entry lacks of the required items, by release.
    public struct ReleaseShortfall: Sendable {
        /// One release.
        public struct Row: Sendable {
            public let release: String
            /// How many items it requires.
            public let required: Int
            /// Paths of those that are absent.
            public let absent: [String]
        }

        /// The definition.
        public let definition: String
        /// The release in use.
        public let release: String
        public let rows: [Row]
    }

    /// A field stands where a group is asked, or a group where a field is.
    public struct OtherKind: Sendable {
        public let isField: Bool
        public let definition: String
        /// The class of the group that is asked; nil for a field.
        public let groupType: String?
    }

    /// A choice of groups that none or another group meets.
    public enum NoAlternative: Sendable {
        case absent(classes: [String])
        case other(classes: [String], className: String?)
    }

    /// Too few or too many of an item.
    public enum OtherCount: Sendable {
        case none(label: String, definition: String)
        case count(Int, label: String, definition: String, minimum: Int, maximum: Int?)
    }

    /// Items that a definition advises against.
    public enum Deprecated: Sendable {
        case item(Item)
        case className(String, release: String)

        /// One item.
        public struct Item: Sendable {
            /// What it is.
            public enum Kind: String, Sendable { case field, group, attribute }

            public let kind: Kind
            public let name: String
            public let definition: String
            public let release: String
            /// What to use instead.
            public let replacement: String?
            /// The address of the discussion.
            public let issue: String?
        }
    }

    /// A name that the conventions of NeXus do not allow.
    public enum OddName: Sendable {
        case attribute(name: String, NameFault)
        case items(Gathered, NameFault)
    }

    /// Groups of one class of which common readers take the first.
    public struct SeveralGroups: Sendable {
        public let className: String
        public let first: String
        /// Paths of those that differ from the first.
        public let others: [String]
        /// All groups of the class.
        public let count: Int
    }
}

/// What is wrong with a name.
public enum NameFault: Sendable, Hashable {
    case empty
    /// So many bytes, where 63 are allowed.
    case long(Int)
    case blank
    case character(Unicode.Scalar)
    case leadingStop, trailingStop
}
