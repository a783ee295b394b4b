// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// One message of an object header.
struct HeaderMessage {
    let kind: Kind
    /// The body is not here, but in another object.
    let isShared: Bool
    let body: UnsafeRawBufferPointer

    /// Kinds of message that our reader takes, by their number in the format.
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
        case continuation = 0x10
        case symbolTable = 0x11
        case time = 0x12
        case attributeInfo = 0x15
        case references = 0x16

        /// Whether objects may share a message of this kind.
        var isSharable: Bool {
            switch self {
            case .dataspace, .datatype, .oldFillValue, .fillValue, .filters, .attribute: true
            default: false
            }
        }
    }
}

/// Reads the messages of an object.
///
/// - Source: HDF5 File Format Specification, data object headers.
struct ObjectHeaderReading {
    /// Blocks of one header, and its messages, at most.
    private static let mostBlocks = 4096
    private static let mostMessages = 200_000

    /// "OHDR" as a number.
    private static let signature: UInt64 = 0x5244_484F

    let bytes: FormatBytes

    func messages(at address: UInt64) throws(NotPlain) -> [HeaderMessage] {
        var head = FormatCursor(try bytes.nearest(at: address, most: 4))
        return try head.number(4) == Self.signature ? try second(at: address) : try first(at: address)
    }

    private struct Block {
        let address: UInt64
        let count: Int
    }

    // MARK: Version 1

    private func first(at address: UInt64) throws(NotPlain) -> [HeaderMessage] {
        var head = FormatCursor(try bytes.view(at: address, count: 16))
        guard try head.byte() == 1 else { throw NotPlain() }
        try head.skip(1)
        let stated = try head.count(2)
        try head.skip(4)
        let size = try head.count(4)
        var messages: [HeaderMessage] = []
        messages.reserveCapacity(stated)
        var blocks = [Block(address: address &+ 16, count: size)]
        var next = 0
        while next < blocks.count {
            var cursor = FormatCursor(try bytes.view(at: blocks[next].address, count: blocks[next].count))
            while cursor.left >= 8 {
                let number = try cursor.count(2)
                let size = try cursor.count(2)
                let flags = try cursor.byte()
                try cursor.skip(3)
                try add(number, flags, try cursor.take(size), to: &messages, &blocks)
            }
            guard cursor.left == 0 else { throw NotPlain() }
            next &+= 1
        }
        // References stand in the head itself in this version.
        guard messages.count == stated, !messages.contains(where: { $0.kind == .references }) else { throw NotPlain() }
        return messages
    }

    // MARK: Version 2

    private func second(at address: UInt64) throws(NotPlain) -> [HeaderMessage] {
        // The longest prefix has 4 + 1 + 1 + 16 + 4 + 8 bytes; short headers at the end of a file have fewer in all.
        let near = try bytes.nearest(at: address, most: 34)
        var head = FormatCursor(near)
        try head.expect("OHDR")
        guard try head.byte() == 2 else { throw NotPlain() }
        let flags = try head.byte()
        if flags & 0x20 != 0 { try head.skip(16) }
        if flags & 0x10 != 0 { try head.skip(4) }
        let size = try head.count(1 << Int(flags & 3))
        let hasOrder = flags & 4 != 0
        var messages: [HeaderMessage] = []
        var blocks: [Block] = []
        let (total, overflow) = size.addingReportingOverflow(head.place &+ 4)
        guard !overflow else { throw NotPlain() }
        let whole = try bytes.checked(at: address, count: total)
        try scan(FormatCursor(whole, at: head.place), hasOrder, &messages, &blocks)
        var next = 0
        while next < blocks.count {
            var cursor = FormatCursor(try bytes.checked(at: blocks[next].address, count: blocks[next].count))
            try cursor.expect("OCHK")
            try scan(cursor, hasOrder, &messages, &blocks)
            next &+= 1
        }
        return messages
    }

    /// Messages up to a gap too small for one.
    private func scan(
        _ start: FormatCursor, _ hasOrder: Bool, _ messages: inout [HeaderMessage], _ blocks: inout [Block]
    ) throws(NotPlain) {
        var cursor = start
        let head = hasOrder ? 6 : 4
        while cursor.left >= head {
            let number = Int(try cursor.byte())
            let size = try cursor.count(2)
            let flags = try cursor.byte()
            if hasOrder { try cursor.skip(2) }
            try add(number, flags, try cursor.take(size), to: &messages, &blocks)
        }
    }

    private func add(
        _ number: Int, _ flags: UInt8, _ body: UnsafeRawBufferPointer, to messages: inout [HeaderMessage],
        _ blocks: inout [Block]
    ) throws(NotPlain) {
        guard let number = UInt8(exactly: number), let kind = HeaderMessage.Kind(rawValue: number),
            messages.count < Self.mostMessages
        else { throw NotPlain() }
        // Bit 0: the message does not change, bit 1: it is shared, bit 2: it is not to be shared. The others are of files
        // that newer libraries wrote, or of damaged ones.
        let isShared = flags & 2 != 0
        guard flags & 0xF8 == 0, !isShared || (kind.isSharable && flags & 4 == 0) else { throw NotPlain() }
        messages.append(HeaderMessage(kind: kind, isShared: isShared, body: body))
        guard kind == .continuation else { return }
        var cursor = FormatCursor(body)
        let block = Block(address: try cursor.word(), count: try cursor.count(8))
        guard blocks.count < Self.mostBlocks, !blocks.contains(where: { $0.address == block.address }) else {
            throw NotPlain()
        }
        blocks.append(block)
    }
}
