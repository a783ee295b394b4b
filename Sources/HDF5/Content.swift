// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What a writer puts into an attribute or a dataset.
public struct Content: Sendable {
    enum Elements: Sendable {
        /// Bytes as they shall lie in the file, last dimension fastest.
        case bytes([UInt8])
        /// Strings of variable length.
        case strings([String])
        /// Nothing is written; the elements are there and have the fill value.
        case unwritten
    }

    /// The type in the file.
    public let type: DataType
    /// [] for a scalar, nil for a null dataspace.
    public let shape: [Int]?
    let elements: Elements
    /// The type of `elements` where it is another than that of the file; the library converts.
    var given: DataType?

    init(type: DataType, shape: [Int]?, elements: Elements, given: DataType? = nil) {
        (self.type, self.shape, self.elements, self.given) = (type, shape, elements, given)
    }

    /// A number.
    public static func scalar(_ number: some Storable) -> Content { array([number], shape: []) }

    /// Numbers in the order of the file; a vector unless a shape is given.
    public static func array<Number: Storable>(_ numbers: [Number], shape: [Int]? = nil) -> Content {
        #if _endian(little)
            // They lie in memory as they are stored.
            let bytes = numbers.withUnsafeBytes { Array($0) }
        #else
            var bytes: [UInt8] = []
            for number in numbers { number.store(in: &bytes) }
        #endif
        return Content(type: Number.storedType, shape: shape ?? [numbers.count], elements: .bytes(bytes))
    }

    /// Bytes that become elements of a wider type as they are written, without being widened in memory.
    public static func widened<Number: Storable & UnsignedInteger>(
        _ bytes: [UInt8], to _: Number.Type, shape: [Int]
    ) -> Content {
        Content(type: Number.storedType, shape: shape, elements: .bytes(bytes), given: UInt8.storedType)
    }

    /// A scalar string of variable length, UTF-8.
    public static func string(_ text: String) -> Content { strings([text], shape: []) }

    /// Strings of variable length, UTF-8.
    public static func strings(_ texts: [String], shape: [Int]? = nil) -> Content {
        Content(
            type: .string(fixedBytes: nil, isUTF8: true, padding: .nullTerminated), shape: shape ?? [texts.count],
            elements: .strings(texts))
    }

    /// Strings of a fixed number of bytes; longer ones are cut.
    ///
    /// - Parameters:
    ///   - bytes: Room of one string; by default that of the longest one and, if null-terminated, its null.
    ///   - shape: [] for a scalar; a vector by default.
    public static func fixedStrings(
        _ texts: [[UInt8]], bytes: Int? = nil, shape: [Int]? = nil, padding: DataType.Padding = .nullPadded,
        isUTF8: Bool = true
    ) -> Content {
        let longest = texts.map(\.count).max() ?? 0
        let room = max(1, bytes ?? longest + (padding == .nullTerminated ? 1 : 0))
        var stored: [UInt8] = []
        for text in texts {
            stored += text.prefix(room)
            stored += repeatElement(padding == .blankPadded ? 0x20 : 0, count: room - min(room, text.count))
        }
        return Content(
            type: .string(fixedBytes: room, isUTF8: isUTF8, padding: padding), shape: shape ?? [texts.count],
            elements: .bytes(stored))
    }

    /// A scalar string of as many bytes as it has, UTF-8, null-padded.
    public static func fixedString(_ text: String) -> Content { fixedStrings([Array(text.utf8)], shape: []) }

    /// A scalar string that every reader takes: of fixed length, null-terminated, one byte longer than the text.
    ///
    /// ASCII, or UTF-8 where the text needs it.
    public static func text(_ text: String) -> Content { texts([text], shape: []) }

    /// Strings that every reader takes, of the length of the longest one and its null.
    public static func texts(_ texts: [String], shape: [Int]? = nil) -> Content {
        let bytes = texts.map { Array($0.utf8) }
        return fixedStrings(
            bytes, shape: shape, padding: .nullTerminated, isUTF8: bytes.contains { $0.contains { $0 > 0x7F } })
    }

    /// Booleans as h5py writes them: an enumeration of FALSE and TRUE over signed bytes.
    public static func booleans(_ values: [Bool], shape: [Int]? = nil) -> Content {
        Content(type: .h5pyBoolean, shape: shape ?? [values.count], elements: .bytes(values.map { $0 ? 1 : 0 }))
    }

    /// A truth value, stored as h5py does: an enumeration of FALSE and TRUE.
    public static func boolean(_ value: Bool) -> Content { booleans([value], shape: []) }

    /// A type without a value.
    public static func null(_ type: DataType) -> Content { Content(type: type, shape: nil, elements: .unwritten) }

    /// Elements that are there but were never written.
    public static func unwritten(_ type: DataType, shape: [Int]) -> Content {
        Content(type: type, shape: shape, elements: .unwritten)
    }

    /// Elements of any type, in the bytes of the file.
    public static func raw(_ type: DataType, shape: [Int], bytes: [UInt8]) -> Content {
        Content(type: type, shape: shape, elements: .bytes(bytes))
    }
}

extension DataType {
    /// The boolean of h5py.
    public static let h5pyBoolean = DataType.enumeration(
        base: .integer(bytes: 1, isSigned: true, bigEndian: false), members: ["FALSE": 0, "TRUE": 1], isBoolean: true)
}

/// A number with a type of HDF5 of its own, stored little endian; it lies in memory in the bytes that it has.
public protocol Storable: BitwiseCopyable {
    static var storedType: DataType { get }
    func store(in bytes: inout [UInt8])
}

extension Storable where Self: FixedWidthInteger {
    public static var storedType: DataType {
        .integer(bytes: MemoryLayout<Self>.size, isSigned: isSigned, bigEndian: false)
    }

    public func store(in bytes: inout [UInt8]) {
        withUnsafeBytes(of: littleEndian) { bytes += $0 }
    }
}

extension Int8: Storable {}
extension Int16: Storable {}
extension Int32: Storable {}
extension Int64: Storable {}
extension UInt8: Storable {}
extension UInt16: Storable {}
extension UInt32: Storable {}
extension UInt64: Storable {}

extension Float: Storable {
    public static var storedType: DataType { .float(bytes: 4, bigEndian: false) }
    public func store(in bytes: inout [UInt8]) { bitPattern.store(in: &bytes) }
}

extension Double: Storable {
    public static var storedType: DataType { .float(bytes: 8, bigEndian: false) }
    public func store(in bytes: inout [UInt8]) { bitPattern.store(in: &bytes) }
}
