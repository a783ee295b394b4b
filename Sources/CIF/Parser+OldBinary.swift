// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension Parser {
    // MARK: Old form

    /// The lead bytes behind `;` when only white space or the words of the old form stand between.
    func oldLead(after semicolon: Int) -> Int? {
        var index = semicolon &+ 1
        let bound = min(end, index &+ 120)
        while index < bound {
            if isLead(index) { return index }
            let byte = bytes[index]
            guard Byte.isSpace(byte) || (32...126).contains(byte) else { return nil }
            index &+= 1
        }
        return nil
    }

    /// Three 64-bit numbers behind the lead bytes: identifier, size, compression; little endian.
    mutating func readOldSection(_ start: Int, lead: Int) {
        let header = lead + 4
        at = min(end, header + 24)
        guard header + 24 <= end else {
            endOldSection(start, [], data: end..<end, stated: nil, Complaint("the file ends in the header"))
            return
        }
        let raw = UnsafeRawPointer(bytes)
        func number(_ index: Int) -> UInt64 {
            UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: header + 8 * index, as: UInt64.self))
        }
        let fields = ["X-Binary-ID", "X-Binary-Size", "X-Binary-Compression-Code"].enumerated().map {
            (name: $0.element, value: String(number($0.offset)), offset: header + 8 * $0.offset)
        }
        let data = at
        let stated = Int(exactly: number(1))
        lines.opaque.append(lead..<lead)
        // The size of some early files counts the compression number as well.
        for correction in [0, 8] {
            guard let stated, stated >= correction, stated - correction <= end - data else { continue }
            let stop = data + stated - correction
            guard isOldEnd(stop), let close = closingSemicolon(from: stop, to: min(end, stop + 256)) else { continue }
            at = close
            endOldSection(start, fields, data: data..<stop, stated: stated, nil)
            return
        }
        let close = closingSemicolon(from: data, to: end)
        at = close ?? end
        endOldSection(
            start, fields, data: data..<at, stated: stated,
            Complaint("the size is wrong", stated: stated, found: at - data))
    }

    /// True where the words of the end stand behind the data, or the semicolon alone.
    private func isOldEnd(_ offset: Int) -> Bool {
        var index = offset
        while index < end, Byte.isSpace(bytes[index]) { index &+= 1 }
        guard index > offset, index < end else { return false }
        return bytes[index] == Byte.semicolon || source.starts(with: "END OF BIN", at: index)
    }

    private func closingSemicolon(from start: Int, to stop: Int) -> Int? {
        var index = max(1, start)
        while index < stop {
            if bytes[index] == Byte.semicolon, bytes[index - 1] == Byte.lineFeed || bytes[index - 1] == 13 {
                return index
            }
            index &+= 1
        }
        return nil
    }

    private mutating func endOldSection(
        _ start: Int, _ fields: [(name: String, value: String, offset: Int)], data: Range<Int>, stated: Int?,
        _ complaint: Complaint?
    ) {
        if let last = lines.opaque.popLast() { lines.opaque.append(last.lowerBound..<at) }
        startLine()
        finish(start, fields, data: data, stated: stated, complaint)
    }
}
