// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import CIF
internal import Diffraction
public import ImageHeaders
import Transport

extension ImageHeader {
    /// The header of the first image of a block; nil when the block has none.
    init?(document: CIF.Document, block: SourcedBlock) {
        let table = Table("array_data", in: block)
        guard let column = table.column("header_contents") ?? table.column("header_content"), column.count > 0,
            let text = column.text(0)
        else { return nil }
        let starts = document.lineStarts(from: column.offset(0), limit: text.utf8.count)
        self.init(convention: table.text("header_convention", 0), text: text, lineStarts: starts, source: block.source)
    }
}

extension CIF.Document {
    /// The comment header of the first block that has one, of a file that holds an image; nil without.
    public var imageHeader: ImageHeader? {
        blocks.lazy.compactMap { ImageHeader(document: self, block: SourcedBlock($0, in: .main)) }.first
    }

    /// Offsets of the lines of a text field that begins at `offset`, the first one after its semicolon.
    fileprivate func lineStarts(from offset: Int, limit: Int) -> [Int] {
        buffer.withUnsafeBytes { bytes in
            guard offset >= 0, offset < bytes.count else { return [offset] }
            let opening = bytes[offset] == UInt8(ascii: ";") ? 1 : 0
            var starts = [offset + opening]
            let end = min(bytes.count, offset &+ 2 &* limit &+ 16)
            var index = offset
            while index < end {
                let byte = bytes[index]
                index += 1
                if byte == 13, index < end, bytes[index] == 10 { index += 1 }
                if byte == 10 || byte == 13 { starts.append(index) }
            }
            return starts
        }
    }
}
