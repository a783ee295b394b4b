// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What DDLm dictionaries say about names and values: facts only, no words of the definitions.
///
/// - Source: imgcif.md section 6.2.
public struct DictionaryFacts: Sendable, Equatable {
    /// The dictionary asked for, then those that it imports.
    public var sources: [Source]
    public var categories: [Category]
    public var items: [Item]
    /// Files that were imported and not found, with the number of definitions that are incomplete for it.
    public var missing: [Missing]
    private let byName: [String: NameUse]
    private let byCategory: [String: Int]

    /// A dictionary file.
    public struct Source: Sendable, Hashable {
        public var title: String
        public var version: String
        public var date: String
        public var file: String
        /// Hexadecimal.
        public var sha256: String
        /// Repository, commit and path, as the importer was told; empty when unknown.
        public var origin: String
    }

    public struct Missing: Sendable, Hashable {
        public var file: String
        public var definitions: Int
    }

    public enum CategoryClass: String, Sendable, Hashable {
        case set = "Set"
        case loop = "Loop"
        case head = "Head"
        case other = "Other"
    }

    public struct Category: Sendable, Hashable {
        /// As the dictionary writes it; looked up folded.
        public var name: String
        public var kind: CategoryClass
        /// Names of the items that make up the key.
        public var keys: [String]
    }

    public struct Item: Sendable, Hashable {
        /// The primary name, such as `_axis.depends_on`.
        public var name: String
        /// Folded.
        public var category: String
        /// `_type.contents`: Real, Integer, Code, Word, Text and so on; nil when an import is missing.
        public var contents: String?
        public var container: String?
        public var purpose: String?
        public var units: String?
        public var range: Bounds?
        public var states: [String] = []
        public var defaultValue: String?
        /// `_name.linked_item_id`.
        public var link: String?
        public var aliases: [String] = []
        /// True when the dictionary replaces the item; `replacements` may then be empty.
        public var isReplaced = false
        public var replacements: [String] = []

        public var isNumber: Bool { contents == "Real" || contents == "Integer" }
    }

    /// A range with its bounds included; nil is open.
    public struct Bounds: Sendable, Hashable {
        public var lower: Double?
        public var upper: Double?
        /// As the dictionary writes it.
        public var text: String

        /// Reads `a:b`, where either may be absent.
        public init?(_ text: String) {
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { return nil }
            lower = Double(String(parts[0]))
            upper = Double(String(parts[1]))
            guard lower != nil || upper != nil else { return nil }
            self.text = text
        }

        public func contains(_ value: Double) -> Bool {
            if let lower, value < lower { return false }
            if let upper, value > upper { return false }
            return true
        }
    }

    /// What a name stands for.
    struct NameUse: Sendable, Equatable {
        var item: Int
        var isAlias: Bool
    }

    public init(sources: [Source], categories: [Category], items: [Item], missing: [Missing]) {
        self.sources = sources
        self.categories = categories
        self.items = items
        self.missing = missing
        var byName: [String: NameUse] = [:]
        byName.reserveCapacity(items.count * 2)
        for (index, item) in items.enumerated() {
            byName[item.name.lowercased()] = NameUse(item: index, isAlias: false)
        }
        for (index, item) in items.enumerated() {
            for alias in item.aliases {
                let folded = alias.lowercased()
                if byName[folded] == nil { byName[folded] = NameUse(item: index, isAlias: true) }
            }
        }
        self.byName = byName
        byCategory = Dictionary(
            categories.enumerated().map { ($1.name.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The item that a name or alias stands for, in any case.
    public func item(_ name: String) -> Item? { use(of: name.lowercased()).map { items[$0.item] } }

    public func category(_ name: String) -> Category? { byCategory[name.lowercased()].map { categories[$0] } }

    func use(of folded: String) -> NameUse? { byName[folded] }

    /// All names and aliases, folded.
    var names: Dictionary<String, NameUse>.Keys { byName.keys }
}
