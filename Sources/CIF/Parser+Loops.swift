// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension Parser {
    // MARK: Loops

    /// `loop_`, its names and its values.
    ///
    /// - Parameter width: Bytes of the word, which may be misspelt.
    mutating func readLoop(width: Int = 5) {
        let offset = at
        at &+= width
        needBlock(at: offset)
        guard !isStopped, !open.isEmpty else { return }
        let block = open.count - 1
        let firstItem = open[block].items.count
        let loop = open[block].loops.count
        skipSpace()
        while at < end, bytes[at] == Byte.underscore {
            let start = at
            at = bareEnd(from: start)
            settle(start..<at)
            checkName(start..<at)
            guard countName(at: start) else { return }
            open[block].items.append(ItemDraft(name: start..<at, base: 0, stride: 1, count: 0, loop: loop))
            skipSpace()
        }
        let names = open[block].items.count - firstItem
        guard names > 0 else {
            faults.note(.loopWithoutNames, code: 37, at: offset, token: offset..<offset + 5)
            return
        }
        let firstValue = values.count
        readLoopValues(atMost: names.multipliedReportingOverflow(by: limits.rows))
        let count = values.count - firstValue
        var rows = count / names
        let isWhole = rows * names == count
        if count == 0 {
            let category = category(ofItem: firstItem)
            faults.note(
                .emptyLoop, code: 36, at: offset, token: offset..<offset + 5,
                details: ["names": String(names), "category": category])
        } else if !isWhole {
            rows = noteIrregular(
                names: names, values: firstValue..<values.count, offset: offset, category: category(ofItem: firstItem))
        }
        open[block].loops.append(
            LoopDraft(
                offset: offset, items: firstItem..<firstItem + names, rowCount: rows, valueCount: count,
                isComplete: isWhole))
        for index in 0..<names {
            open[block].items[firstItem + index].base = firstValue + index
            open[block].items[firstItem + index].stride = names
            open[block].items[firstItem + index].count = rows
        }
    }

    /// A loop that a word opens which is nearly `loop_`: it is told once, and read as it is meant.
    mutating func readMisspeltLoop(_ width: Int) {
        closePending()
        stray = nil
        faults.note(.misspeltLoop, code: 133, at: at, token: at..<at &+ width)
        readLoop(width: width)
    }

    /// Values up to the next name or reserved word.
    private mutating func readLoopValues(atMost bound: (partialValue: Int, overflow: Bool)) {
        let most = bound.overflow ? Int.max : bound.partialValue
        var count = 0
        while true {
            skipSpace()
            guard at < end else { return }
            let byte = bytes[at]
            if byte == Byte.underscore || source.reservedWord(at: at) != nil { return }
            let start = at
            let entry = readValue()
            count &+= 1
            if count > most {
                faults.note(
                    .sizeLimit, code: nil, at: start, token: start..<at, group: "rows",
                    details: ["limit": String(limits.rows), "construct": "rows of a loop"])
                isStopped = true
                return
            }
            guard append(entry) else { return }
        }
    }

    private func category(ofItem index: Int) -> String {
        let name = source.text(open[open.count - 1].items[index].name)
        return String(name.prefix { $0 != "." }.dropFirst())
    }

    // MARK: Broken loops

    /// Notes values that do not fill rows and names the first irregular line.
    ///
    /// Lines are gathered into groups that start at the beginning of a row. A group is regular when it ends at the
    /// end of a row, whether a row stands in one line or in several, or several in one. The first group that does
    /// not is irregular, and in it the first line whose number of values is not the commonest.
    ///
    /// - Returns: The number of rows before that line.
    private mutating func noteIrregular(names: Int, values range: Range<Int>, offset: Int, category: String) -> Int {
        let starts = lineStarts(of: range)
        var counts: [Int: Int] = [:]
        for (number, start) in starts.enumerated() {
            let next = number + 1 < starts.count ? starts[number + 1] : range.upperBound
            counts[next - start, default: 0] += 1
        }
        // The larger number of values wins a tie, so that the answer does not depend on the order of hashing.
        let usual = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? names
        var group = 0
        var good = range.lowerBound
        var current = 0
        while current < starts.count {
            let next = current + 1 < starts.count ? starts[current + 1] : range.upperBound
            let inGroup = next - starts[group]
            current += 1
            if inGroup % names == 0 {
                group = current
                good = next
            } else if inGroup > names {
                break
            }
        }
        var irregular = min(group, starts.count - 1)
        for number in irregular..<min(current, starts.count) {
            let next = number + 1 < starts.count ? starts[number + 1] : range.upperBound
            if next - starts[number] != usual {
                irregular = number
                break
            }
        }
        let place = tokenStart(starts[irregular])
        faults.note(
            .irregularLoop, code: 53, at: offset, token: offset..<offset + 5, irregular: place,
            details: [
                "names": String(names), "values": String(range.count), "category": category,
                "usualValuesOnALine": String(usual),
                "rowsBefore": String((good - range.lowerBound) / names),
            ])
        return (good - range.lowerBound) / names
    }

    private func tokenStart(_ index: Int) -> Int {
        guard let base = values.base, index < values.count else { return 0 }
        let entry = Entry(bits: base[index])
        return entry.offset - entry.opening
    }

    /// The numbers of the values that come first in their line.
    private func lineStarts(of range: Range<Int>) -> [Int] {
        var starts: [Int] = []
        var previous: Int?
        for index in range {
            let start = tokenStart(index)
            defer { previous = start }
            guard let last = previous else {
                starts.append(index)
                continue
            }
            if isBinary(index - 1) || hasLineEnd(last..<max(last, start)) { starts.append(index) }
        }
        return starts
    }

    private func isBinary(_ index: Int) -> Bool {
        guard let base = values.base else { return false }
        return Entry(bits: base[index]).kind == .binary
    }

    private func hasLineEnd(_ range: Range<Int>) -> Bool {
        for index in range where bytes[index] == Byte.lineFeed || bytes[index] == Byte.carriageReturn { return true }
        return false
    }
}
