// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The type of an element, as it lies in the file.
public indirect enum DataType: Sendable, Hashable {
    case integer(bytes: Int, isSigned: Bool, bigEndian: Bool)
    case float(bytes: Int, bigEndian: Bool)
    /// `fixedBytes` is nil for strings of variable length.
    case string(fixedBytes: Int?, isUTF8: Bool, padding: Padding)
    /// `isBoolean`: the members are FALSE and TRUE, in any case, with the values 0 and 1.
    case enumeration(base: DataType, members: [String: Int64], isBoolean: Bool)
    case compound([Member])
    case array(DataType, [Int])
    case variableLength(DataType)
    case opaque(Int, tag: String)
    /// Bytes of a bit field.
    case bitfield(Int)
    case reference(isRegion: Bool)
    case time
    case unknown

    /// How a fixed string fills its room.
    public enum Padding: Sendable, Hashable { case nullTerminated, nullPadded, blankPadded }

    /// One named part of a compound type.
    public struct Member: Sendable, Hashable {
        /// Name of the member.
        public let name: String
        /// Type of the member.
        public let type: DataType

        public init(name: String, type: DataType) {
            self.name = name
            self.type = type
        }
    }

    /// An enumeration, which is a boolean if its members say so.
    static func enumeration(of base: DataType, members: [String: Int64]) -> DataType {
        let isBoolean =
            members.count == 2
            && members.allSatisfy { ["FALSE": 0, "TRUE": 1][$0.key.uppercased()] == $0.value }
        return .enumeration(base: base, members: members, isBoolean: isBoolean)
    }

    /// The type in words: "signed 32-bit integer".
    public var words: String {
        switch self {
        case .integer(let bytes, let isSigned, let bigEndian):
            "\(isSigned ? "signed" : "unsigned") \(bytes &* 8)-bit integer\(bigEndian && bytes > 1 ? ", big endian" : "")"
        case .float(let bytes, let bigEndian): "\(bytes &* 8)-bit float\(bigEndian ? ", big endian" : "")"
        case .string(let fixedBytes, _, _):
            fixedBytes.map { "string of \($0) bytes" } ?? "string of variable length"
        case .enumeration(let base, _, let isBoolean): isBoolean ? "boolean" : "enumeration of \(base.words)"
        case .compound(let members):
            "compound of \(members.map { "\($0.name): \($0.type.words)" }.joined(separator: ", "))"
        case .array(let element, let shape):
            "array \(shape.map(String.init).joined(separator: " x ")) of \(element.words)"
        case .variableLength(let element): "sequence of variable length of \(element.words)"
        case .opaque(let bytes, _): "opaque value of \(bytes) bytes"
        case .bitfield(let bytes): "bit field of \(bytes &* 8) bits"
        case .reference(let isRegion): isRegion ? "region reference" : "object reference"
        case .time: "time"
        case .unknown: "unknown type"
        }
    }

    /// Text of fixed or variable length.
    public var isString: Bool { if case .string = self { true } else { false } }
    /// A whole number.
    public var isInteger: Bool { if case .integer = self { true } else { false } }
    /// A number of floating point.
    public var isFloat: Bool { if case .float = self { true } else { false } }
    /// Integers and floats; not enumerations.
    public var isNumeric: Bool { isInteger || isFloat }
    /// An enumeration of FALSE and TRUE on one byte, as h5py writes truth values.
    public var isBoolean: Bool { if case .enumeration(_, _, let isBoolean) = self { isBoolean } else { false } }
}
