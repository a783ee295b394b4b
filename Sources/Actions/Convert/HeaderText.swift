// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import NeXus
import Transport

/// The lossless store: what a file says besides its pixels.
///
/// - Source: docs/guide/convert.md.
enum HeaderText {
    private static let boundary = Array("--CIF-BINARY-FORMAT-SECTION----".utf8)
    private static let marker: [UInt8] = [0x0C, 0x1A, 0x04, 0xD5]

    /// Every byte of a document but the payloads of binary sections and what pads them.
    ///
    /// A payload begins at its marker, or after the header of an encoded text, and ends at the closing boundary.
    static func bytes(of document: CIF.Document) -> [UInt8] {
        document.buffer.withUnsafeBytes { all in
            var text: [UInt8] = []
            var next = 0
            for section in document.binarySections {
                var start = min(max(section.dataRange.lowerBound, next), all.count)
                if start >= next + marker.count, all[(start - marker.count)..<start].elementsEqual(marker) {
                    start -= marker.count
                }
                text += all[next..<start]
                next = close(all, from: max(start, min(section.dataRange.upperBound, all.count)))
            }
            text += all[next...]
            return text
        }
    }

    /// Where the closing boundary begins; the end of the file without one.
    private static func close(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        while index + boundary.count <= bytes.count {
            if bytes[index] == boundary[0], bytes[index..<(index + boundary.count)].elementsEqual(boundary) {
                return index
            }
            index += 1
        }
        return bytes.count
    }

    /// The items of a block as groups, one for each category, with a vector of texts for each item.
    static func categories(of block: CIF.Block) -> [(name: String, group: GroupToWrite)] {
        var groups: [(name: String, group: GroupToWrite)] = []
        for category in block.categories where !category.name.isEmpty {
            var group = GroupToWrite("NXcollection")
            for column in category.columns {
                guard let point = column.name.firstIndex(of: "."), column.count > 0 else { continue }
                let item = String(column.name[column.name.index(after: point)...])
                let isPixels = (0..<min(column.count, 1)).contains { row in
                    if case .binary = column.kind(row) { true } else { false }
                }
                guard !isPixels else { continue }
                let texts = (0..<column.count).map { column.text($0) ?? column.raw($0) }
                group.put(name(item), .texts(texts))
            }
            if group.members.count > 0 { groups.append((name(category.name), group)) }
        }
        return groups
    }

    /// A name that HDF5 takes.
    private static func name(_ text: String) -> String {
        let plain = text.replacing("/", with: "_")
        return plain == "." || plain.isEmpty ? "_" : plain
    }

    /// The group that holds it all.
    ///
    /// - Parameters:
    ///   - texts: One for each frame.
    ///   - sums: `Content-MD5` of each frame, as stated; none where no frame has one.
    ///   - files: Name of the file of each frame, without folders.
    static func store(
        texts: [[UInt8]], sums: [String?], files: [String], categories: [(name: String, group: GroupToWrite)]
    ) -> GroupToWrite {
        var store = GroupToWrite("NXcollection")
        var field = FieldToWrite(.bytes(texts))
        field.layout = .deflated(chunk: [max(1, min(64, texts.count))])
        store["header_text"] = .field(field)
        store.put("header_length", .integers(texts.map(\.count)))
        for (name, group) in categories { store[name] = .group(group) }
        if sums.contains(where: { $0 != nil }) { store.put("content_md5", .texts(sums.map { $0 ?? "" })) }
        store.put("source_file", .texts(files))
        return store
    }
}
