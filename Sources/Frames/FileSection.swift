// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

package import CIF
package import Diffraction
package import ImageCodecs
internal import Transport

/// One binary section of a CBF file, for whoever decodes it piece by piece.
package struct FileSection {
    /// Type of an element, as the header states it.
    package let element: ElementType
    /// Images one above the other; 1 mostly.
    package let planes: Int
    /// Pixels along slow.
    package let slow: Int
    /// Pixels along fast.
    package let fast: Int
    /// The byte_offset stream, where the section is one as it lies; else `image` has the pixels.
    package let byteOffset: UnsafeRawBufferPointer?
    private let reader: SectionReader

    /// - Parameters:
    ///   - document: Its buffer stays as long as `byteOffset` is used.
    ///   - section: From 0.
    ///   - described: Size by the loops of the file, where the header is silent.
    /// - Throws: `absent` where there is no such section.
    package init(_ document: Document, section: Int, described: Area?) throws(FrameFault) {
        guard document.binarySections.indices.contains(section) else { throw .absent }
        let binary = document.binarySections[section]
        reader = SectionReader(
            document: document, section: binary, described: described ?? Area(slow: 0..<0, fast: 0..<0))
        let form = try reader.form()
        (element, planes, slow, fast) = (form.element, form.planes, form.slow, form.fast)
        let range = binary.dataRange.clamped(to: 0..<document.buffer.count)
        byteOffset =
            reader.isPlainByteOffset(form)
            ? UnsafeRawBufferPointer(rebasing: document.buffer.lent[range]) : nil
    }

    /// The MD5 that the header states of the stream.
    package var statedMD5: String? { reader.statedMD5 }

    /// What the header says of the stream, where its MD5 is another.
    package func checksum(found: String) -> ChecksumFault? {
        reader.checksum(found: found, bytes: byteOffset?.count ?? 0)
    }

    /// All pixels, whatever the encoding.
    ///
    /// - Parameter checksMD5: The checksum of the header is compared.
    package func image(checksMD5: Bool) throws(FrameFault) -> FrameReader.Frame {
        let (image, stated, checksum) = try reader.image(checksMD5: checksMD5)
        return FrameReader.Frame(image: image, stated: stated, checksum: checksum)
    }
}
