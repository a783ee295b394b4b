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
        var reader = JSONReader(reading: bytes, dialect)
        guard let index = try? reader.find(path[...]) else { return nil }
        reader.index = index
        let fault = reader.fault("")
        return (fault.line, fault.column)
    }

    /// Reads as far as the value that the path leads to; nil where it leads nowhere.
    private mutating func find(_ path: ArraySlice<JSONStep>) throws(JSONFault) -> Int? {
        try skipBlanks()
        guard let step = path.first else { return index }
        let rest = path.dropFirst()
        switch (step, current) {
        case (.member(let wanted, var number), UInt8(ascii: "{")?):
            index += 1
            while true {
                try skipBlanks()
                if current == UInt8(ascii: "}") { return nil }
                let start = index
                let name = try memberName()
                try skipBlanks()
                index += 1
                if name == wanted {
                    if number == 0 { return rest.isEmpty ? start : try find(rest) }
                    number -= 1
                }
                try skipBlanks()
                _ = try value(depth: 0)
                try skipBlanks()
                if try ends(UInt8(ascii: "}")) { return nil }
            }
        case (.element(var number), UInt8(ascii: "[")?):
            index += 1
            while true {
                try skipBlanks()
                if current == UInt8(ascii: "]") { return nil }
                if number == 0 { return rest.isEmpty ? index : try find(rest) }
                number -= 1
                _ = try value(depth: 0)
                try skipBlanks()
                if try ends(UInt8(ascii: "]")) { return nil }
            }
        default: return nil
        }
    }
}
