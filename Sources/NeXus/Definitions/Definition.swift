// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// One NXDL definition as its file states it: nothing is inherited here.
public struct Definition: Sendable, Hashable {
    public enum Category: String, Sendable {
        case base
        case application
    }

    /// What a definition says of items that it does not name.
    public struct Ignored: OptionSet, Sendable, Hashable {
        public let rawValue: Int
        public init(rawValue: Int) { self.rawValue = rawValue }
        public static let groups = Ignored(rawValue: 1)
        public static let fields = Ignored(rawValue: 2)
        public static let attributes = Ignored(rawValue: 4)
    }

    /// The name, such as `NXmx`.
    public var name: String
    /// From the file's own category, not from its folder.
    public var category: Category
    /// The definition it extends; nil only for the last of a chain.
    public var parent: String?
    /// The file, relative to the folder of the release.
    public var file: String
    public var symbols: [String] = []
    public var ignored: Ignored = []
    public var isDeprecated = false
    /// Items in document order.
    public var items: [Item] = []
    /// Whether capitals in a name mean that it is flexible (before nameType knew `partial`).
    public var isLegacy = false
}

/// One group, field, attribute, link or choice of a definition.
public struct Item: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable {
        case group
        case field
        case attribute
        case link
        case choice
    }

    /// How a name in a file is compared with the name of the item.
    public enum Match: String, Sendable, Hashable {
        case specified
        case any
        case partial
    }

    /// One dimension: its index from 1 and its size as written, a number, a symbol or an expression.
    public struct Extent: Sendable, Hashable {
        public var index: Int
        public var size: String
        public var isOptional: Bool
    }

    /// What is advised instead of a deprecated item.
    public struct Deprecation: Sendable, Hashable {
        /// The item to use.
        public var replacement: String?
        /// The address of the discussion.
        public var issue: String?
    }

    public var kind: Kind
    public var name: String?
    public var match: Match
    /// The class of a group, the type of a field or attribute; nil where it is not stated.
    public var type: String?
    public var minimum: Int
    /// nil without a bound.
    public var maximum: Int?
    public var isRecommended = false
    /// The category of units.
    public var units: String?
    /// The line of the NXDL file.
    public var line: Int
    public var enumeration: [String]?
    public var isOpen = false
    public var rank: String?
    public var extents: [Extent] = []
    public var deprecation: Deprecation?
    /// Where a link leads.
    public var target: String?
    /// Values that the attributes `signal`, `axis`, `primary` and `axes` of a field have, by name.
    public var stated: [String: String] = [:]
    /// Items inside, in document order.
    public var items: [Item] = []

    /// What two declarations in one group have in common when they are one concept.
    struct Key: Hashable {
        let kind: Kind
        let name: String
    }

    var key: Key {
        let kind: Kind = kind == .choice ? .group : kind
        return Key(kind: kind, name: name ?? "\u{0}" + (type ?? ""))
    }
}
