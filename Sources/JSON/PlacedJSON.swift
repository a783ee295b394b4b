// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A JSON value that knows where it stands in its text, for files that people write.
public struct PlacedJSON: Sendable {
    /// A member of an object.
    public struct Member: Sendable {
        /// The name of the member, escapes undone.
        public let name: String
        /// Byte of the text where the name begins, from 0.
        public let nameOffset: Int
        /// What the member holds.
        public let value: PlacedJSON
    }

    /// The value itself.
    public let value: JSONValue
    /// Byte of the text where the value begins, from 0.
    public let offset: Int
    /// The elements of an array in the order of the text; empty for what is none.
    public let elements: [PlacedJSON]
    /// The members of an object in the order of the text; empty for what is none.
    public let members: [Member]

    /// The value that a text holds.
    ///
    /// - Throws: JSONFault with the place of the first fault.
    public static func read(_ bytes: [UInt8], _ dialect: JSONReader.Dialect = .json) throws(JSONFault) -> PlacedJSON {
        var offsets = JSONReader.Offsets()
        let value = try JSONReader.read(bytes, dialect, offsets: &offsets)
        var next = (value: 0, name: 0)
        return PlacedJSON(value, offsets, &next)
    }

    /// Values and names were noted in the order in which they begin.
    private init(_ value: JSONValue, _ offsets: JSONReader.Offsets, _ next: inout (value: Int, name: Int)) {
        self.value = value
        offset = next.value < offsets.values.count ? offsets.values[next.value] : 0
        next.value += 1
        var elements: [PlacedJSON] = []
        var members: [Member] = []
        for element in value.elements ?? [] { elements.append(PlacedJSON(element, offsets, &next)) }
        for member in value.members ?? [] {
            let nameOffset = next.name < offsets.names.count ? offsets.names[next.name] : offset
            next.name += 1
            members.append(
                Member(name: member.name, nameOffset: nameOffset, value: PlacedJSON(member.value, offsets, &next)))
        }
        self.elements = elements
        self.members = members
    }

    /// The value of the first member with this name; nil when there is none or this is no object.
    public subscript(name: String) -> PlacedJSON? { members.first { $0.name == name }?.value }
}
