// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CIF
internal import Diffraction
internal import Digest
public import ImageCodecs
internal import Transport

/// Reads the image of one binary section of a CIF or CBF document.
struct SectionReader {
    let document: Document
    let section: BinarySection
    /// Size by the loops of the document, where the header of the section is silent.
    let described: Area

    /// Bytes below which Content-MD5 was computed wrongly by a reader that is much used.
    ///
    /// - Source: silx-kit/fabio#528.
    private static let fewestBytes = 512

    /// What the header of the section says of its image, and the description where the header is silent.
    struct Form {
        let element: ElementType
        /// What the header states, or the dictionary where it states nothing.
        let stated: ElementType
        let planes: Int
        let slow: Int
        let fast: Int
        let transfer: TransferEncoding

        var count: Int { planes &* slow &* fast }
    }

    func form() throws(FrameFault) -> Form {
        if section.fault != nil { throw .damaged(codec: codec, .short(at: section.dataRange.count)) }
        let stated = section.elementType.flatMap(ElementType.init(words:))
        if let words = section.elementType, stated == nil { throw .unread("its elements are '\(words)'") }
        let fast = section.fast ?? described.fast.count
        let slow = section.slow ?? described.slow.count
        let planes = section.planes ?? 1
        guard fast > 0, slow > 0, planes > 0 else { throw .unread("nothing says how many pixels the image has") }
        let (area, isLarge) = fast.multipliedReportingOverflow(by: slow)
        let (count, isLarger) = area.multipliedReportingOverflow(by: planes)
        guard !isLarge, !isLarger, count <= FrameFault.Limit.bytes / 8 else {
            throw .limit("a frame of \(fast) x \(slow)")
        }
        guard let transfer = TransferEncoding(section.transferEncoding) else {
            throw .unread("its transfer encoding '\(section.transferEncoding)' is not decoded here")
        }
        if let name = section.conversion, Codec.name(name) == nil { throw .unread("\(name) is not decoded here") }
        // imgCIF: unsigned 32-bit integers where nothing is said.
        return Form(
            element: stated ?? .uint32, stated: stated ?? .uint32, planes: planes, slow: slow, fast: fast,
            transfer: transfer)
    }

    /// The stream lies in the file as it is and is byte_offset of the type that the header states.
    func isPlainByteOffset(_ form: Form) -> Bool {
        form.transfer == .binary && section.conversion == "x-cbf_byte_offset" && section.elementType != nil
            && form.element != .uint32
    }

    /// - Parameter checksMD5: The checksum of the header is compared.
    func image(checksMD5: Bool = true) throws(FrameFault) -> (
        image: FrameImage, stated: ElementType?, checksum: ChecksumFault?
    ) {
        let form = try form()
        var stream = document.buffer[section.dataRange]
        if form.transfer != .binary {
            do throws(CodecFault) {
                stream = try form.transfer.decode(stream, bytes: section.statedSize)
            } catch {
                throw FrameFault(error, of: section.transferEncoding)
            }
        }
        let checksum: ChecksumFault? = checksMD5 ? stream.withUnsafeBytes { self.checksum(of: $0) } : nil
        var image = FrameImage(
            element: form.element, planes: form.planes, slow: form.slow, fast: form.fast, bytes: [])
        do throws(CodecFault) {
            image.bytes = try decoded(stream, form.element, form.count)
        } catch {
            // What is stored under a type that does not hold it is an image of another type.
            guard case .range = error, form.element == .uint32, let bytes = try? decoded(stream, .int32, form.count)
            else { throw FrameFault(error, of: codec) }
            image = FrameImage(
                element: .int32, planes: form.planes, slow: form.slow, fast: form.fast, bytes: bytes)
        }
        return (image, form.stated, checksum)
    }

    private var codec: String { section.conversion ?? "uncompressed" }

    private func decoded(_ stream: [UInt8], _ element: ElementType, _ count: Int) throws(CodecFault) -> [UInt8] {
        let bytes = count * element.bytes
        let name = section.conversion ?? "none"
        guard let codec = Codec.name(name) else { throw .request("nothing here decodes \(name)") }
        return try codec.decoded(
            stream, bytes: bytes,
            Codec.Parameters(
                elementBytes: element.bytes, element: element, order: section.isBigEndian ? .big : .little,
                shape: [
                    section.fast ?? described.fast.count, section.slow ?? described.slow.count, section.planes ?? 1,
                ],
                words: section.conversionWords))
    }

    /// What the header says of the bytes, where it is not so.
    func checksum(of stream: UnsafeRawBufferPointer) -> ChecksumFault? {
        guard statedMD5 != nil else { return nil }
        let digest = DigestStream([.md5])
        digest.update(stream)
        return digest.finish()[.md5].flatMap { checksum(found: $0, bytes: stream.count) }
    }

    /// The MD5 that the header states, 32 hexadecimal digits; nil where nothing says how many bytes it is of.
    var statedMD5: String? {
        (section.statedSize ?? 0) > 0 ? section.header("Content-MD5").flatMap(Self.hexadecimal) : nil
    }

    /// What the header says of so many bytes, where their MD5 is another.
    func checksum(found: String, bytes: Int) -> ChecksumFault? {
        guard let stated = statedMD5, stated != found else { return nil }
        return ChecksumFault(
            kind: "Content-MD5", stated: stated, found: found, isOfFewBytes: bytes < Self.fewestBytes)
    }

    /// Hexadecimal digits for the 24 characters of base 64 that an MD5 sum is written in, whatever stands round them; nil
    /// for anything else.
    private static func hexadecimal(_ base64: String) -> String? {
        let text = base64.utf8.filter { $0 > 0x20 && $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "\"") }
        guard text.count == 22, let sum = try? TransferEncoding.base64.decode(text + Array("==".utf8)) else {
            return nil
        }
        return sum.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// A checksum that was stored with an image and is not that of its bytes.
public struct ChecksumFault: Sendable, Hashable {
    /// "Content-MD5"
    public let kind: String
    /// Hexadecimal.
    public let stated: String
    /// Hexadecimal.
    public let found: String
    /// The image is so small that a common reader has computed such sums wrongly.
    public let isOfFewBytes: Bool
}

extension ElementType {
    /// The type that a description of an image names; nil for what no image has.
    ///
    /// - Parameter words: `X-Binary-Element-Type`, or `_array_structure.encoding_type`, in lower case.
    public init?(words: String) {
        let parts = words.split(separator: " ")
        guard let bits = parts.lazy.compactMap({ $0.hasSuffix("-bit") ? Int($0.dropLast(4)) : nil }).first else {
            return nil
        }
        let isUnsigned = parts.first == "unsigned"
        switch (parts.contains("integer"), parts.contains("real"), bits) {
        case (true, false, 8): self = isUnsigned ? .uint8 : .int8
        case (true, false, 16): self = isUnsigned ? .uint16 : .int16
        case (true, false, 32): self = isUnsigned ? .uint32 : .int32
        case (true, false, 64): self = isUnsigned ? .uint64 : .int64
        case (false, true, 32): self = .float32
        case (false, true, 64): self = .float64
        default: return nil
        }
    }
}
