// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// One way to encode elements, found by the number of an HDF5 filter or by the name that a CBF file gives it.
///
/// A codec is a folder with its decoder, a row in `Codecs+Table.swift`, and a test.
public struct Codec: Sendable {
    /// What a decoder is told beside the bytes.
    public struct Parameters: Sendable, Hashable {
        /// Numbers that an HDF5 file states with the filter.
        public var values: [UInt32]
        /// Bytes of an element.
        public var elementBytes: Int
        /// What the elements are, where the encoding depends on it.
        public var element: ElementType?
        /// Byte order of elements that are stored as they are.
        public var order: ByteOrder
        /// Elements along each direction, the fastest first, where a file states it; packed encodings depend on it.
        public var shape: [Int]
        /// Words beside the name of a CBF encoding: `flat`, `uncorrelated_sections`.
        public var words: [String]

        public init(
            values: [UInt32] = [], elementBytes: Int, element: ElementType? = nil, order: ByteOrder = .little,
            shape: [Int] = [], words: [String] = []
        ) {
            self.values = values
            self.elementBytes = elementBytes
            self.element = element
            self.order = order
            self.shape = shape
            self.words = words
        }
    }

    /// How the decoded bytes compare with the encoded ones.
    public enum Size: Sendable, Hashable {
        /// There are as many.
        case same
        /// So many bytes are added by the encoder.
        case added(Int)
        /// Little can become much; the room that is given bounds it.
        case packed
    }

    /// Numbers of HDF5 filters.
    public let filters: [Int]
    /// Names of the encoding in a CBF file, in capitals.
    public let names: [String]
    /// Elements that can be encoded; empty where bytes are bytes.
    public let elements: Set<ElementType>
    /// How much room the decoded bytes take.
    public let size: Size
    /// Bytes that one byte of a stream can become, at most.
    public let growth: Int
    /// Whether a stream with these parameters can be decoded at all.
    public let accepts: @Sendable (Parameters) -> Bool
    /// Appends the decoded bytes to the room that is left in the output, all of them or a fault.
    public let decode: @Sendable (Span<UInt8>, inout OutputSpan<UInt8>, Parameters) throws(CodecFault) -> Void

    public init(
        filters: [Int] = [], names: [String] = [], elements: Set<ElementType> = [], size: Size, growth: Int = 1 << 16,
        accepts: @escaping @Sendable (Parameters) -> Bool = { _ in true },
        decode:
            @escaping @Sendable (Span<UInt8>, inout OutputSpan<UInt8>, Parameters) throws(CodecFault) -> Void
    ) {
        self.filters = filters
        self.names = names
        self.elements = elements
        self.size = size
        self.growth = growth
        self.accepts = accepts
        self.decode = decode
    }

    /// The codec behind the number of an HDF5 filter.
    public static func filter(_ number: Int, in codecs: [Codec] = Codec.all) -> Codec? {
        codecs.first { $0.filters.contains(number) }
    }

    /// The codec behind a name of a CBF file, `x-CBF_BYTE_OFFSET` for one, in any case and quotes.
    public static func name(_ name: String, in codecs: [Codec] = Codec.all) -> Codec? {
        let plain = name.filter { $0 != "\"" }.uppercased()
        return codecs.first { $0.names.contains(plain) }
    }

    /// Decodes bytes that are known to become so many.
    ///
    /// - Throws: Before any room is made, if the stream cannot become so many bytes.
    public func decoded(_ stream: [UInt8], bytes: Int, _ parameters: Parameters) throws(CodecFault) -> [UInt8] {
        guard bytes >= 0 else { throw .request("\(bytes) bytes") }
        guard bytes <= greatest(of: stream.count) else { throw .short(at: stream.count) }
        let result = try [UInt8](capacity: bytes) { (output: inout OutputSpan<UInt8>) throws(CodecFault) in
            try decode(stream.span, &output, parameters)
        }
        guard result.count == bytes else { throw .size(stated: UInt64(result.count), expected: bytes) }
        return result
    }

    /// Bytes that a stream can become, at most.
    func greatest(of stored: Int) -> Int {
        let (most, overflows) = stored.multipliedReportingOverflow(by: max(1, growth))
        return overflows ? Int.max : most
    }
}

/// What the elements of an image are.
public enum ElementType: Sendable, Hashable, CaseIterable {
    case int8, uint8, int16, uint16, int32, uint32, int64, uint64, float32, float64

    /// Bytes of an element.
    public var bytes: Int {
        switch self {
        case .int8, .uint8: 1
        case .int16, .uint16: 2
        case .int32, .uint32, .float32: 4
        case .int64, .uint64, .float64: 8
        }
    }

    /// Whether elements can be less than zero.
    public var isSigned: Bool {
        switch self {
        case .uint8, .uint16, .uint32, .uint64: false
        default: true
        }
    }

    /// Whether elements are real numbers.
    public var isReal: Bool { self == .float32 || self == .float64 }
}
