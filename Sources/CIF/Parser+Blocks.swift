// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension Parser {
    // MARK: Declaration

    /// Byte order mark and the first line.
    mutating func readDeclaration() {
        if end >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
            byteOrderMark = 3
            at = 3
        }
        if source.starts(with: "#\\#CIF_2.0", at: at), source.endsWord(at + 10) {
            version = .cif20
            isCIF2 = true
        } else if source.starts(with: "#\\#CIF_1.", at: at) {
            version = .cif11
        } else if source.starts(with: "###CBF: VERSION", at: at) {
            var index = at + 15
            while index < end, bytes[index] == Byte.space || bytes[index] == Byte.tab { index += 1 }
            let start = index
            while index < end, index - start < 16, bytes[index] > 32, bytes[index] < 127, bytes[index] != Byte.comma {
                index += 1
            }
            version = .cbf(source.text(start..<index))
        }
    }

    // MARK: Reserved words

    mutating func readReserved(_ word: SourceText.ReservedWord) {
        let start = at
        if word == .loop {
            closePending()
            stray = nil
            readLoop()
            return
        }
        at = bareEnd(from: start)
        settle(start..<at)
        closePending()
        stray = nil
        switch word {
        case .data: openBlock(start..<at)
        case .save: openOrCloseFrame(start..<at)
        default: faults.note(.reservedWord, code: 132, at: start, token: start..<at)
        }
    }

    // MARK: Blocks and frames

    private mutating func openBlock(_ token: Range<Int>) {
        while !open.isEmpty { closeFrameOrBlock(atEnd: true) }
        let name = token.lowerBound + 5..<token.upperBound
        if name.isEmpty {
            faults.note(.missingBlock, code: 12, at: token.lowerBound, token: token)
        }
        checkName(name)
        begin(BlockDraft(name: name, offset: token.lowerBound, isFrame: false))
    }

    private mutating func openOrCloseFrame(_ token: Range<Int>) {
        if token.count == 5 {
            if open.count > 1 {
                closeFrameOrBlock(atEnd: false)
            } else {
                faults.note(.saveFrame, code: 124, at: token.lowerBound, token: token)
            }
            return
        }
        needBlock(at: token.lowerBound)
        if open.count > 1 {
            faults.note(.saveFrame, code: 123, at: token.lowerBound, token: token)
            closeFrameOrBlock(atEnd: false)
        }
        checkName(token.lowerBound + 5..<token.upperBound)
        begin(BlockDraft(name: token.lowerBound + 5..<token.upperBound, offset: token.lowerBound, isFrame: true))
    }

    private mutating func begin(_ block: BlockDraft) {
        blockCount += 1
        if blockCount > limits.blocks {
            faults.note(
                .sizeLimit, code: nil, at: block.offset, token: block.name, group: "blocks",
                details: ["limit": String(limits.blocks), "construct": "data blocks"])
            isStopped = true
            return
        }
        open.append(block)
    }

    /// Opens a block without a name when names or values stand before the first one.
    mutating func needBlock(at offset: Int) {
        guard open.isEmpty else { return }
        faults.note(.missingBlock, code: 113, at: offset, token: offset..<offset, group: "first")
        begin(BlockDraft(name: offset..<offset, offset: offset, isFrame: false))
    }

    mutating func closeFrameOrBlock(atEnd: Bool) {
        guard let closed = open.popLast() else { return }
        if closed.isFrame, !open.isEmpty {
            if atEnd { faults.note(.saveFrame, code: 126, at: closed.offset, token: closed.name) }
            open[open.count - 1].frames.append(closed)
        } else {
            blocks.append(closed)
        }
    }
}
