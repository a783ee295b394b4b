// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CPixels
internal import HDF5
public import ImageCodecs

/// The decoded pixels of one frame.
public struct FrameImage: Sendable {
    /// What a pixel is.
    public let element: ElementType
    /// Images one above the other, such as modules; 1 where there is nothing between frame and slow.
    public let planes: Int
    /// Pixels along slow.
    public let slow: Int
    /// Pixels along fast.
    public let fast: Int
    /// The elements in the byte order of this machine, [planes, slow, fast].
    public internal(set) var bytes: [UInt8]
    /// Parts of the frame that were never written and hold 0 here.
    public internal(set) var isPartial = false

    /// An image of these elements; nil where they are not as many as the sizes say.
    ///
    /// - Parameter elements: In the byte order of this machine, [planes, slow, fast].
    public init?(of element: ElementType, planes: Int = 1, slow: Int, fast: Int, elements: [UInt8]) {
        let (area, isLarge) = slow.multipliedReportingOverflow(by: fast)
        let (count, isLarger) = area.multipliedReportingOverflow(by: planes)
        guard planes > 0, slow > 0, fast > 0, !isLarge, !isLarger, elements.count / element.bytes == count,
            elements.count % element.bytes == 0
        else { return nil }
        self.init(element: element, planes: planes, slow: slow, fast: fast, bytes: elements)
    }

    init(element: ElementType, planes: Int, slow: Int, fast: Int, bytes: [UInt8]) {
        self.element = element
        self.planes = planes
        self.slow = slow
        self.fast = fast
        self.bytes = bytes
    }

    /// Pixels of all planes.
    public var pixels: Int { bytes.count / element.bytes }

    /// A number that differs for images that differ in type, size or a pixel, but once in 2^64.
    public var digest: UInt64 {
        let sum = bytes.withUnsafeBufferPointer { bytes in
            bytes.baseAddress.map { cpixels_digest($0, bytes.count) } ?? 0
        }
        return digest(ofBytes: sum)
    }

    /// - Parameter sum: Of the bytes.
    func digest(ofBytes sum: UInt64) -> UInt64 {
        sum ^ UInt64(truncatingIfNeeded: fast) &* 0x9E37_79B9_7F4A_7C15
            ^ UInt64(element.bytes) &* 0xC2B2_AE3D_27D4_EB4F
    }

    /// Elements in the order of the other machines, turned round.
    mutating func swap() {
        ByteOrder.big.makeLittle(&bytes, elementBytes: element.bytes)
    }

    /// One byte a pixel, 1 where the element is not 0: what a mask says.
    public var flags: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: pixels) { output, filled in
            bytes.withUnsafeBufferPointer { bytes in
                guard let from = bytes.baseAddress, let to = output.baseAddress else { return }
                cpixels_flags(from, pixels, element.bytes, to)
                filled = pixels
            }
        }
    }

    /// The pixel at an index of all planes, as a number; 64-bit integers lose their last digits beyond 2^53.
    public func value(at index: Int) -> Double {
        bytes.withUnsafeBytes { bytes in
            let place = index &* element.bytes
            guard index >= 0, place &+ element.bytes <= bytes.count else { return .nan }
            return switch element {
            case .int8: Double(bytes.load(fromByteOffset: place, as: Int8.self))
            case .uint8: Double(bytes.load(fromByteOffset: place, as: UInt8.self))
            case .int16: Double(bytes.loadUnaligned(fromByteOffset: place, as: Int16.self))
            case .uint16: Double(bytes.loadUnaligned(fromByteOffset: place, as: UInt16.self))
            case .int32: Double(bytes.loadUnaligned(fromByteOffset: place, as: Int32.self))
            case .uint32: Double(bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
            case .int64: Double(bytes.loadUnaligned(fromByteOffset: place, as: Int64.self))
            case .uint64: Double(bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            case .float32: Double(bytes.loadUnaligned(fromByteOffset: place, as: Float.self))
            case .float64: bytes.loadUnaligned(fromByteOffset: place, as: Double.self)
            }
        }
    }
}

extension ElementType {
    /// "unsigned 16-bit integer"
    public var words: String {
        switch self {
        case .int8, .int16, .int32, .int64: "signed \(bytes * 8)-bit integer"
        case .uint8, .uint16, .uint32, .uint64: "unsigned \(bytes * 8)-bit integer"
        case .float32, .float64: "signed \(bytes * 8)-bit real"
        }
    }

    /// The greatest value of an integer type; nil for others.
    public var greatest: Double? {
        switch self {
        case .int8: Double(Int8.max)
        case .uint8: Double(UInt8.max)
        case .int16: Double(Int16.max)
        case .uint16: Double(UInt16.max)
        case .int32: Double(Int32.max)
        case .uint32: Double(UInt32.max)
        case .int64: Double(Int64.max)
        case .uint64: Double(UInt64.max)
        case .float32, .float64: nil
        }
    }

    /// - Returns: nil for a type that no image has.
    init?(_ type: DataType) {
        switch type {
        case .integer(1, let isSigned, _): self = isSigned ? .int8 : .uint8
        case .integer(2, let isSigned, _): self = isSigned ? .int16 : .uint16
        case .integer(4, let isSigned, _): self = isSigned ? .int32 : .uint32
        case .integer(8, let isSigned, _): self = isSigned ? .int64 : .uint64
        case .float(4, _): self = .float32
        case .float(8, _): self = .float64
        case .enumeration(let base, _, _): self.init(base)
        default: return nil
        }
    }

    var cType: cpixels_type {
        switch self {
        case .int8: cpixels_int8
        case .uint8: cpixels_uint8
        case .int16: cpixels_int16
        case .uint16: cpixels_uint16
        case .int32: cpixels_int32
        case .uint32: cpixels_uint32
        case .int64: cpixels_int64
        case .uint64: cpixels_uint64
        case .float32: cpixels_float32
        case .float64: cpixels_float64
        }
    }
}

extension DataType {
    /// The larger byte comes first.
    var isBigEndian: Bool {
        switch self {
        case .integer(let bytes, _, let bigEndian): bytes > 1 && bigEndian
        case .float(_, let bigEndian): bigEndian
        case .enumeration(let base, _, _): base.isBigEndian
        default: false
        }
    }
}
