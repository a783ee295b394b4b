// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// One message of an object header.
struct HeaderMessage {
    let kind: Kind
    /// The body is not here, but in another object or in a heap of the file.
    let isShared: Bool
    /// The header has a checksum, which is right.
    let isChecked: Bool
    let body: UnsafeRawBufferPointer

    func cursor(_ clause: Clause) -> FormatCursor { FormatCursor(body, of: clause, isChecked: isChecked) }

    /// Kinds of message by their number in the format.
    enum Kind: UInt8 {
        case empty = 0x00
        case dataspace = 0x01
        case linkInfo = 0x02
        case datatype = 0x03
        case oldFillValue = 0x04
        case fillValue = 0x05
        case link = 0x06
        case externalFiles = 0x07
        case layout = 0x08
        case groupInfo = 0x0A
        case filters = 0x0B
        case attribute = 0x0C
        case comment = 0x0D
        case oldTime = 0x0E
        case sharedTable = 0x0F
        case continuation = 0x10
        case symbolTable = 0x11
        case time = 0x12
        case treeSizes = 0x13
        case driver = 0x14
        case attributeInfo = 0x15
        case references = 0x16
        case fileSpace = 0x17
        case cacheImage = 0x18

        /// Whether objects may share a message of this kind.
        var isSharable: Bool {
            switch self {
            case .dataspace, .datatype, .oldFillValue, .fillValue, .filters, .attribute: true
            default: false
            }
        }

        /// Whether a header may hold several of this kind.
        var isRepeated: Bool {
            switch self {
            case .empty, .link, .attribute, .continuation: true
            default: false
            }
        }
    }
}

/// The messages of an object.
struct ObjectHeader {
    fileprivate(set) var messages: [HeaderMessage] = []
    /// A message that nobody here knows and that is to stop who does not know it.
    fileprivate(set) var hasUnknown = false
    /// Kinds that were met, a bit each.
    fileprivate var met: UInt32 = 0
}

/// Reads the messages of an object.
///
/// - Source: HDF5 File Format Specification, data object headers. Reserved bytes, flags that only writers mind, and the
///   number of messages that version 1 states are not looked at: sound files have any.
struct ObjectHeaderReading {
    /// Blocks of one header, and its messages, at most.
    private static let mostBlocks = 4096
    private static let mostMessages = 200_000

    /// "OHDR" as a number.
    private static let signature: UInt64 = 0x5244_484F

    let bytes: FormatBytes

    func header(at address: UInt64) throws(Stop) -> ObjectHeader {
        var head = FormatCursor(try bytes.nearest(at: address, most: 4), of: .header)
        return try head.number(4) == Self.signature ? try second(at: address) : try first(at: address)
    }

    private struct Block {
        let address: UInt64
        let count: Int
    }

    // MARK: Version 1

    private func first(at address: UInt64) throws(Stop) -> ObjectHeader {
        var head = try bytes.cursor(at: address, count: 16, of: .header)
        guard try head.byte() == 1 else { throw head.damaged }
        try head.skip(1)
        let stated = try head.count(2)
        try head.skip(4)
        let size = try head.count(4)
        guard stated > 0 ? size >= 8 : size == 0 else { throw head.damaged }
        var found = 0
        var header = ObjectHeader()
        var blocks = [Block(address: address &+ 16, count: size)]
        var next = 0
        while next < blocks.count {
            var cursor = try bytes.cursor(at: blocks[next].address, count: blocks[next].count, of: .header)
            while cursor.left >= 8 {
                let number = try cursor.count(2)
                let size = try cursor.count(2)
                let flags = try cursor.byte()
                try cursor.skip(3)
                guard size & 7 == 0 else { throw cursor.damaged }
                if next == 0 { found &+= 1 }
                try add(number, flags, try cursor.take(size), isChecked: false, to: &header, &blocks)
            }
            guard cursor.left == 0 else { throw cursor.damaged }
            next &+= 1
        }
        if found > stated { bytes.notes.met(.moreMessages) }
        // References stand in the head itself in this version.
        guard header.met & Self.bit(.references) == 0 else { throw .damaged(.headerMessages) }
        return header
    }

    // MARK: Version 2

    private func second(at address: UInt64) throws(Stop) -> ObjectHeader {
        // The longest prefix has 4 + 1 + 1 + 16 + 4 + 8 bytes; short headers at the end of a file have fewer in all.
        var head = FormatCursor(try bytes.nearest(at: address, most: 34), of: .header)
        try head.expect("OHDR")
        guard try head.byte() == 2 else { throw head.damaged }
        let flags = try head.byte()
        guard flags & 0xC0 == 0 else { throw head.damaged }
        if flags & 0x20 != 0 { try head.skip(16) }
        if flags & 0x10 != 0 {
            let most = try head.count(2)
            guard try head.count(2) <= most else { throw head.damaged }
        }
        let size = try head.count(1 << Int(flags & 3))
        let hasOrder = flags & 4 != 0
        var header = ObjectHeader()
        var blocks: [Block] = []
        let (total, overflow) = size.addingReportingOverflow(head.place &+ 4)
        guard !overflow else { throw head.damaged }
        let whole = try bytes.checked(at: address, count: total, of: .header)
        blocks.append(Block(address: address, count: total))
        try scan(FormatCursor(whole.bytes, at: head.place, of: .header), hasOrder, &header, &blocks)
        var next = 1
        while next < blocks.count {
            var cursor = try bytes.checked(at: blocks[next].address, count: blocks[next].count, of: .header)
            try cursor.expect("OCHK")
            try scan(cursor, hasOrder, &header, &blocks)
            next &+= 1
        }
        return header
    }

    /// Messages up to a gap too small for one.
    private func scan(
        _ start: FormatCursor, _ hasOrder: Bool, _ header: inout ObjectHeader, _ blocks: inout [Block]
    ) throws(Stop) {
        var cursor = start
        var hasEmpty = false
        let head = hasOrder ? 6 : 4
        while cursor.left >= head {
            let number = Int(try cursor.byte())
            let size = try cursor.count(2)
            let flags = try cursor.byte()
            if hasOrder { try cursor.skip(2) }
            if number == 0 { hasEmpty = true }
            try add(number, flags, try cursor.take(size), isChecked: true, to: &header, &blocks)
        }
        // What is left over belongs to an empty message, where there is one.
        guard cursor.left == 0 || !hasEmpty else { throw cursor.damaged }
    }

    private static func bit(_ kind: HeaderMessage.Kind) -> UInt32 { 1 << UInt32(kind.rawValue) }

    private func add(
        _ number: Int, _ flags: UInt8, _ body: UnsafeRawBufferPointer, isChecked: Bool, to header: inout ObjectHeader,
        _ blocks: inout [Block]
    ) throws(Stop) {
        guard header.messages.count < Self.mostMessages else { throw .unread(.limit) }
        // Bit 5, "was unknown", needs bit 4, "mark if unknown", and contradicts bit 3, "do not write if unknown".
        guard flags & 0x20 == 0 || flags & 0x18 == 0x10 else { throw .damaged(.messageFlags) }
        let isShared = flags & 2 != 0
        guard !isShared || flags & 4 == 0 else { throw .damaged(.messageFlags) }
        guard let number = UInt8(exactly: number), let kind = HeaderMessage.Kind(rawValue: number) else {
            header.hasUnknown = header.hasUnknown || flags & 0x80 != 0
            return
        }
        // Bit 6: it may be shared.
        guard flags & 0x42 == 0 || kind.isSharable else { throw .damaged(.messageFlags) }
        guard kind.isRepeated || header.met & Self.bit(kind) == 0 else { throw .damaged(.headerMessages) }
        // What libraries look at as they open the object, whoever asks.
        switch kind {
        case .references: guard body.count >= 5, body[0] == 0 else { throw .damaged(.headerMessages) }
        case .oldTime:
            // Year to second in 14 digits, and two bytes that stay free.
            guard body.count >= 16, body.prefix(14).allSatisfy({ (0x30...0x39).contains($0) }) else {
                throw .damaged(.headerMessages)
            }
        default: break
        }
        header.met |= Self.bit(kind)
        header.messages.append(HeaderMessage(kind: kind, isShared: isShared, isChecked: isChecked, body: body))
        guard kind == .continuation else { return }
        var cursor = FormatCursor(body, of: .header)
        let block = Block(address: try cursor.word(), count: try cursor.count(8))
        guard block.count > 0 else { throw cursor.damaged }
        guard blocks.count < Self.mostBlocks else { throw .unread(.limit) }
        guard !blocks.contains(where: { $0.address == block.address }) else { throw cursor.damaged }
        blocks.append(block)
    }
}
