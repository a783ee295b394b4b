// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Transport

/// Reads CIF text in one pass over its bytes.
///
/// Bounds: `bytes` points at `end` bytes that live as long as the parse. Every read is behind a test of its index
/// against `end`; reads of eight bytes are behind `index + 8 <= end`. Offsets are sums of non-negative lengths of
/// that range, so plain arithmetic with `&+` cannot leave it.
struct Parser {
    let source: SourceText
    let limits: Limits
    var version = Version.undeclared
    var isCIF2 = false

    /// The next byte.
    var at = 0
    var lines = LineIndex()
    /// Number of line ends passed.
    var line = 0
    var lineStart = 0
    var byteOrderMark = 0
    /// Set by scans that met a byte which may be outside the character set.
    var isSuspicious = false

    var values = ValueTable()
    var longLengths: [Int: Int] = [:]
    var sections: [BinarySection] = []
    var faults: FaultLog
    var open: [BlockDraft] = []
    var blocks: [BlockDraft] = []
    var blockCount = 0
    var nameCount = 0
    /// The name outside loops that waits for its value.
    var pending: Range<Int>?
    /// The fault of the stray values that are being passed over.
    var stray: Int?
    /// Triple quotes of this kind do not occur any more.
    var exhaustedQuotes: Set<UInt8> = []
    /// Where no quote of this kind stands before white space.
    var withoutSpacedQuote: [UInt8: Range<Int>] = [:]
    var isStopped = false
    /// Inside brackets strings close at the first quote, in every version.
    var isInsideComposite = false

    @inline(__always) var bytes: UnsafePointer<UInt8> { source.bytes }
    @inline(__always) var end: Int { source.end }

    init(_ bytes: UnsafePointer<UInt8>, count: Int, limits: Limits) {
        source = SourceText(bytes: bytes, end: min(count, Entry.largestOffset))
        self.limits = limits
        faults = FaultLog(limit: max(1, limits.faultsOfAKind))
    }

    mutating func run() {
        readDeclaration()
        while !isStopped {
            skipSpace()
            guard at < end else { break }
            // Zeros that skipSpace leaves fill up the file.
            if bytes[at] == 0 { break }
            if bytes[at] == Byte.underscore {
                if let width = source.misspeltLoop(at: at) { readMisspeltLoop(width) } else { readName() }
            } else if let word = source.reservedWord(at: at) {
                readReserved(word)
            } else if pending == nil, let width = source.misspeltLoop(at: at) {
                readMisspeltLoop(width)
            } else {
                readFreeValue()
            }
        }
        closePending()
        while !open.isEmpty { closeFrameOrBlock(atEnd: true) }
    }

    // MARK: Names and values outside loops

    private mutating func readName() {
        let start = at
        at = bareEnd(from: start)
        settle(start..<at)
        closePending()
        stray = nil
        checkName(start..<at)
        needBlock(at: start)
        pending = start..<at
    }

    /// Writes `?` for a name without value.
    mutating func closePending() {
        guard let name = pending else { return }
        pending = nil
        faults.note(.nameWithoutValue, code: 133, at: name.lowerBound, token: name)
        addItem(name, Entry(offset: name.lowerBound, length: 0, kind: .missing))
    }

    private mutating func readFreeValue() {
        let start = at
        let entry = readValue()
        guard let name = pending else {
            noteStray(start..<max(start &+ 1, at))
            return
        }
        pending = nil
        addItem(name, entry)
    }

    /// A value that belongs to no name; a run of them is one fault.
    mutating func noteStray(_ token: Range<Int>) {
        if let stray {
            faults.add(token.lowerBound, to: stray)
        } else {
            stray = faults.note(.valueWithoutName, code: 134, at: token.lowerBound, token: token)
        }
    }

    private mutating func addItem(_ name: Range<Int>, _ entry: Entry) {
        let index = values.count
        guard append(entry), countName(at: name.lowerBound), !open.isEmpty else { return }
        open[open.count - 1].items.append(ItemDraft(name: name, base: index, stride: 1, count: 1, loop: nil))
    }

    @inline(__always)
    mutating func append(_ entry: Entry) -> Bool {
        if values.append(entry) { return true }
        return stopWithoutMemory()
    }

    @inline(never)
    private mutating func stopWithoutMemory() -> Bool {
        faults.note(.sizeLimit, code: nil, at: at, token: at..<at, group: "memory")
        isStopped = true
        return false
    }

    /// False when the file has more names than we take; the rest of the file is passed over.
    mutating func countName(at offset: Int) -> Bool {
        nameCount += 1
        if nameCount <= limits.names { return true }
        faults.note(
            .sizeLimit, code: nil, at: offset, token: offset..<offset, group: "names",
            details: ["limit": String(limits.names), "construct": "data names"])
        isStopped = true
        return false
    }

    func checkedLength(_ name: Range<Int>) -> Bool { isCIF2 || name.count <= limits.nameCharacters }

    mutating func checkName(_ name: Range<Int>) {
        guard !checkedLength(name) else { return }
        faults.note(
            .overlongName, code: 108, at: name.lowerBound, token: name, group: "file",
            details: ["length": String(name.count), "limit": String(limits.nameCharacters)])
    }
}

/// Bytes with a meaning in CIF.
enum Byte {
    static let tab: UInt8 = 9
    static let lineFeed: UInt8 = 10
    static let carriageReturn: UInt8 = 13
    static let space: UInt8 = 32
    static let doubleQuote: UInt8 = 34
    static let hash: UInt8 = 35
    static let dollar: UInt8 = 36
    static let singleQuote: UInt8 = 39
    static let comma: UInt8 = 44
    static let dot: UInt8 = 46
    static let colon: UInt8 = 58
    static let semicolon: UInt8 = 59
    static let question: UInt8 = 63
    static let openBracket: UInt8 = 91
    static let backslash: UInt8 = 92
    static let closeBracket: UInt8 = 93
    static let underscore: UInt8 = 95
    static let openBrace: UInt8 = 123
    static let closeBrace: UInt8 = 125

    @inline(__always)
    static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 10 || byte == 13 || byte == 9 }

    static func isBracket(_ byte: UInt8) -> Bool {
        byte == openBracket || byte == closeBracket || byte == openBrace || byte == closeBrace
    }
}

/// An item being collected.
struct ItemDraft {
    var name: Range<Int>
    var base: Int
    var stride: Int
    var count: Int
    /// Index into the loops of its block.
    var loop: Int?
}

/// A loop being collected.
struct LoopDraft {
    var offset: Int
    var items: Range<Int>
    var rowCount: Int
    var valueCount: Int
    var isComplete: Bool
}

/// A data block or save frame being collected.
struct BlockDraft {
    var name: Range<Int>
    var offset: Int
    var isFrame: Bool
    var items: [ItemDraft] = []
    var loops: [LoopDraft] = []
    var frames: [BlockDraft] = []
}
