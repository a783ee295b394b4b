// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// One step from a value of a text to a value inside it.
public enum JSONStep: Sendable, Hashable {
    /// The member with a name; of several the one with this number, from 0.
    case member(String, number: Int = 0)
    /// The element with this index.
    case element(Int)
}

extension JSONReader {
    /// Where a value stands in a text that has been read: a member at its name, an element at its beginning.
    ///
    /// - Returns: Line and column from 1, columns in bytes; nil where no such value is there.
    public static func position(of path: [JSONStep], in bytes: [UInt8], _ dialect: Dialect = .json5)
        -> (line: Int, column: Int)?
    {
        guard var here = try? PlacedJSON.read(bytes, dialect) else { return nil }
        var offset = here.offset
        for step in path {
            switch step {
            case .member(let name, let number):
                let members = here.members.filter { $0.name == name }
                guard members.indices.contains(number) else { return nil }
                (offset, here) = (members[number].nameOffset, members[number].value)
            case .element(let number):
                guard here.elements.indices.contains(number) else { return nil }
                here = here.elements[number]
                offset = here.offset
            }
        }
        return position(of: offset, in: bytes)
    }
}
