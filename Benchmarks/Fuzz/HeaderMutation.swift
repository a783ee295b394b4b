// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import TestSupport

/// One change of a line in the comment header of an image, or in the header of a binary section.
struct HeaderMutation: CustomStringConvertible {
    private enum Change: CaseIterable {
        case leftOut, doubled, doubledOtherwise, word, unit, number, byte, joined, exchanged, cut
    }

    private static let words = [
        "None", "nan", "-9999", "?", ".", "", "unknown", "1e400", "-1", "0", "0,5", "1e", "(1, 2)", "\"", ";", "--",
    ]
    private static let units = ["mm", "um", "m", "ms", "nm", "keV", "rad", "furlong", "pixels", "%", "A", "\u{FFFD}"]
    private static let numbers = [
        "0", "-0.0", "99999999999999999999", "1e308", "9223372036854775808", "0x10", "1.2.3", "-",
    ]

    private let line: Int
    private let other: Int
    private let change: Change
    private let choice: Int

    var description: String { "line \(line) \(change) \(choice)" }

    /// - Parameter lines: The lines of the text in front of the data.
    init?(_ lines: [Substring], numbers: inout SeededNumbers) {
        let headers = lines.indices.filter { index in
            ["# ", "X-Binary", "Content-", "    ", "_array_data"].contains { lines[index].hasPrefix($0) }
        }
        guard let line = headers.randomElement(using: &numbers), let other = headers.randomElement(using: &numbers),
            let change = Change.allCases.randomElement(using: &numbers)
        else { return nil }
        (self.line, self.other, self.change) = (line, other, change)
        choice = Int.random(in: 0..<256, using: &numbers)
    }

    func applied(to lines: [Substring]) -> [Substring] {
        var lines = lines
        let text = lines[line]
        var parts = text.split(separator: " ", omittingEmptySubsequences: false)
        func pick(_ list: [String]) -> Substring { list[choice % list.count][...] }
        switch change {
        case .leftOut: lines.remove(at: line)
        case .doubled: lines.insert(text, at: other)
        case .doubledOtherwise: lines.insert(Substring(String(text.map { $0.isNumber ? "7" : $0 })), at: other)
        case .word:
            parts = Array(parts.prefix(2)) + [pick(Self.words)]
            lines[line] = Substring(parts.joined(separator: " "))
        case .unit:
            parts[parts.count - 1] = pick(Self.units)
            lines[line] = Substring(parts.joined(separator: " "))
        case .number:
            if let place = parts.firstIndex(where: { $0.first?.isNumber ?? false }) {
                parts[place] = pick(Self.numbers)
            }
            lines[line] = Substring(parts.joined(separator: " "))
        case .byte:
            let scalar = Character(Unicode.Scalar(UInt8(choice)))
            let place = text.index(text.startIndex, offsetBy: min(choice % 24, text.count))
            lines[line] = Substring(String(text[..<place]) + String(scalar) + String(text[place...]))
        case .joined: lines[line] = Substring(text + lines[other])
        case .exchanged: lines.swapAt(line, other)
        case .cut: lines[line] = text.prefix(choice % max(1, text.count))
        }
        return lines
    }

    /// A file with one line of its headers changed; the bytes behind the mark of the data stay. Nil without such a line.
    static func mutated(_ bytes: [UInt8], numbers: inout SeededNumbers) -> (bytes: [UInt8], words: String)? {
        let mark: [UInt8] = [0x0C, 0x1A, 0x04, 0xD5]
        let limit = min(bytes.count, 1 << 16)
        var end = limit
        if limit > 4, let found = (0..<(limit - 4)).first(where: { bytes[$0..<($0 + 4)].elementsEqual(mark) }) {
            end = found
        }
        let text = String(decoding: bytes[..<end], as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let mutation = HeaderMutation(lines, numbers: &numbers) else { return nil }
        let changed = mutation.applied(to: lines).joined(separator: "\n")
        return (Array(changed.utf8) + bytes[end...], mutation.description)
    }
}
