// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension Column {
    /// The numbers of all rows; nil where the value is null or no number.
    ///
    /// Cost: 10 to 20 ns a row.
    public func doubles() -> [Double?] {
        [Double?](unsafeUninitializedCapacity: count) { target, filled in
            for row in 0..<count {
                let entry = storage.entry(base &+ row &* stride)
                let value: Double? = entry.kind == .bare ? NumberText.double(storage.content(entry)) : nil
                (target.baseAddress.unsafelyUnwrapped + row).initialize(to: value)
            }
            filled = count
        }
    }

    /// The texts of all rows, as `text(_:)` gives them.
    public func texts() -> [String?] { (0..<count).map { text(of: storage.entry(base &+ $0 &* stride)) } }

    /// Calls with row, bytes and kind of each value; the bytes are those between the delimiters, not unfolded.
    public func forEachUTF8(_ body: (Int, UnsafeBufferPointer<UInt8>, ValueKind) -> Void) {
        for row in 0..<count {
            let entry = storage.entry(base &+ row &* stride)
            body(row, storage.content(entry), Column.kind(entry))
        }
    }

    /// Calls with the bytes of one value between its delimiters, not unfolded; with nil for '.', '?' and what is no text.
    public func withUTF8(_ row: Int, _ body: (UnsafeBufferPointer<UInt8>?) -> Void) {
        guard row >= 0, row < count else { return body(nil) }
        let entry = storage.entry(base &+ row &* stride)
        switch entry.kind {
        case .inapplicable, .unknown, .missing, .binary: body(nil)
        default: body(storage.content(entry))
        }
    }

    /// True when the value of a row is written as that of the row before: the same kind and the same bytes.
    public func repeats(_ row: Int) -> Bool {
        guard row > 0, row < count else { return false }
        let (last, entry) = (storage.entry(base &+ (row - 1) &* stride), storage.entry(base &+ row &* stride))
        guard last.kind == entry.kind else { return false }
        switch entry.kind {
        case .inapplicable, .unknown, .missing: return true
        case .binary: return false
        default: return Interner.areEqual(storage.content(last), storage.content(entry))
        }
    }

    /// The distinct texts of the column and, for each row, which of them it holds.
    ///
    /// Time is linear; one String is made for each distinct value. Values are compared by their bytes.
    ///
    /// - Returns: `codes` index `names`, which stand in the order of first appearance; bare `.` and `?`, binary
    ///   sections and missing values have the code `UInt32.max`.
    public func codes() -> (codes: [UInt32], names: [String]) {
        var interner = Interner()
        var codes = [UInt32](repeating: UInt32.max, count: count)
        var names: [String] = []
        var previous: UnsafeBufferPointer<UInt8>?
        var previousCode = UInt32.max
        for row in 0..<count {
            let entry = storage.entry(base &+ row &* stride)
            switch entry.kind {
            case .inapplicable, .unknown, .missing, .binary: continue
            default: break
            }
            let content = storage.content(entry)
            if let last = previous, Interner.areEqual(last, content) {
                codes[row] = previousCode
                continue
            }
            let (code, isNew) = interner.code(content)
            if isNew { names.append(text(of: entry) ?? "") }
            codes[row] = code
            previous = content
            previousCode = code
        }
        return (codes, names)
    }
}

/// Numbers byte strings in the order of first appearance: an open hash table over bytes that live elsewhere.
struct Interner {
    private var slots = [UInt32](repeating: UInt32.max, count: 64)
    private var known: [(bytes: UnsafeBufferPointer<UInt8>, hash: UInt64)] = []

    mutating func code(_ bytes: UnsafeBufferPointer<UInt8>) -> (code: UInt32, isNew: Bool) {
        let hash = ByteHash.of(bytes)
        var slot = Int(truncatingIfNeeded: hash >> 20) & (slots.count - 1)
        while slots[slot] != UInt32.max {
            let code = slots[slot]
            let other = known[Int(code)]
            if other.hash == hash, Interner.areEqual(other.bytes, bytes) { return (code, false) }
            slot = (slot + 1) & (slots.count - 1)
        }
        let code = UInt32(truncatingIfNeeded: known.count)
        slots[slot] = code
        known.append((bytes, hash))
        if known.count * 2 > slots.count { grow() }
        return (code, true)
    }

    private mutating func grow() {
        slots = [UInt32](repeating: UInt32.max, count: slots.count * 2)
        for (code, item) in known.enumerated() {
            var slot = Int(truncatingIfNeeded: item.hash >> 20) & (slots.count - 1)
            while slots[slot] != UInt32.max { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(truncatingIfNeeded: code)
        }
    }

    @inline(__always)
    static func areEqual(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        for index in 0..<left.count where left[index] != right[index] { return false }
        return true
    }
}
