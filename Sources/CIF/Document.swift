// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// CIF or CBF text as a value: blocks, items, loops, binary sections and faults, all with their places.
public struct Document: Sendable {
    /// The bytes that the document was read from; offsets count from their beginning.
    public let buffer: ByteBuffer
    /// The version that the first line states.
    public let version: Version
    /// Data blocks in the order of the file. A second block of the same name is kept here as well.
    public let blocks: [Block]
    /// Syntax faults in the order of the file.
    public let faults: [Fault]
    /// The binary sections, in the order of the file.
    public let binarySections: [BinarySection]
    private let lines: LineIndex
    private let byteOrderMark: Int

    /// Reads a document.
    ///
    /// Never throws and never traps, whatever the bytes; what is wrong stands in `faults`. Time is linear in the bytes
    /// outside binary sections.
    public static func parse(_ buffer: ByteBuffer, limits: Limits = .default) -> Document {
        buffer.withUnsafeBytes { raw in
            // ByteBuffer always has a base address, also when it is empty.
            let base = raw.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self)
            var parser = Parser(base, count: raw.count, limits: limits)
            parser.run()
            return Document(buffer, parser)
        }
    }

    private init(_ buffer: ByteBuffer, _ parser: Parser) {
        var parser = parser
        let storage = Storage(buffer: buffer, table: parser.values, longLengths: parser.longLengths)
        var builder = BlockBuilder(storage: storage, faults: parser.faults)
        var blocks = parser.blocks.map { builder.block($0) }
        builder.noteDuplicates(&blocks)
        parser.faults = builder.faults
        self.buffer = buffer
        self.blocks = blocks
        version = parser.version
        binarySections = parser.sections
        lines = parser.lines
        byteOrderMark = parser.byteOrderMark
        let bytes = UnsafeBufferPointer(start: storage.bytes, count: storage.size)
        let index = parser.lines
        let skipped = parser.byteOrderMark
        func line(_ offset: Int) -> String { String(index.position(of: offset, in: bytes, skipping: skipped).line) }
        faults = parser.faults.drafts.sorted { $0.offset < $1.offset }.map { draft in
            var details = draft.details
            if let irregular = draft.irregular { details["irregularLine"] = line(irregular) }
            if let first = details["first"].flatMap({ Int($0) }) { details["firstLine"] = line(first) }
            return Fault(
                kind: draft.kind, code: draft.code, offset: draft.offset,
                token: storage.excerpt(draft.token), details: details, count: draft.count, more: draft.more)
        }
    }

    /// Line and column of a byte offset, both from 1; columns count characters, a binary section is one line.
    public func position(of offset: Int) -> Position {
        buffer.withUnsafeBytes { raw in
            lines.position(of: offset, in: raw.bindMemory(to: UInt8.self), skipping: byteOrderMark)
        }
    }
}

extension Storage {
    /// At most 80 characters of a range, control characters as blanks.
    func excerpt(_ range: Range<Int>) -> String {
        let bounded = range.clamped(to: 0..<size)
        let cut = UnsafeBufferPointer(start: bytes + bounded.lowerBound, count: min(bounded.count, 320))
        let text = String(decoding: cut, as: UTF8.self)
        return String(text.prefix(80).map { $0.isNewline || $0.asciiValue.map { $0 < 32 } == true ? " " : $0 })
    }
}
