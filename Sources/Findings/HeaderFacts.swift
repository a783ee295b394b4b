// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What the comment header of an image says, item by item: what is understood, unknown, or not used.
public struct HeaderFacts: Sendable {
    /// One line that is understood.
    public struct Item: Sendable {
        /// The name of the item, such as "beamCentre".
        public let name: String
        /// The key as written.
        public let key: String
        /// The numbers in `unit`; empty for a text and for a line without a number.
        public let values: [Double]
        /// The unit of the numbers; empty for plain numbers and texts.
        public let unit: String
        /// The value as written.
        public let text: String
        /// Where the line stands.
        public let source: String

        public init(name: String, key: String, values: [Double], unit: String, text: String, source: String) {
            self.name = name
            self.key = key
            self.values = values
            self.unit = unit
            self.text = text
            self.source = source
        }
    }

    /// The word of `_array_data.header_convention`; nil when it is absent.
    public let convention: String?
    /// In the order of the header.
    public let items: [Item]
    /// Keys of items that hold a null word.
    public let unknown: [String]
    /// Keys that nothing here uses.
    public let unused: [String]

    public init(convention: String?, items: [Item], unknown: [String], unused: [String]) {
        self.convention = convention
        self.items = items
        self.unknown = unknown
        self.unused = unused
    }
}
