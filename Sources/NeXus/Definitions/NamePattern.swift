// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A name of a definition with flexible parts: each run of capitals stands for any characters of names, none included.
///
/// - Source: `get_nx_namefit` in nexusformat/definitions:dev_tools/utils/nxdl_utils.py; nxdl.xsd, nameType.
struct NamePattern: Sendable, Hashable {
    private enum Piece: Sendable, Hashable {
        case literal([UInt8])
        case flexible([UInt8])
    }

    private let pieces: [Piece]

    /// Cuts a name into runs of capitals, joined by underscores between capitals, and what stands between.
    init(_ name: String) {
        let bytes = Array(name.utf8)
        var pieces: [Piece] = []
        var literal: [UInt8] = []
        var at = 0
        while at < bytes.count {
            let end = Self.endOfRun(bytes, at)
            if end == at {
                literal.append(bytes[at])
                at += 1
            } else {
                if !literal.isEmpty { pieces.append(.literal(literal)) }
                literal = []
                pieces.append(.flexible(Array(bytes[at..<end])))
                at = end
            }
        }
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        self.pieces = pieces
    }

    /// The runs of capitals of a name.
    static func runs(of name: String) -> [String] {
        NamePattern(name).pieces.compactMap { piece in
            guard case .flexible(let run) = piece else { return nil }
            return String(decoding: run, as: UTF8.self)
        }
    }

    private static func endOfRun(_ bytes: [UInt8], _ start: Int) -> Int {
        var end = start
        while end < bytes.count {
            if isCapital(bytes[end]) {
                end += 1
            } else if bytes[end] == 0x5F, end > start, end + 1 < bytes.count, isCapital(bytes[end + 1]) {
                end += 1
            } else {
                break
            }
        }
        return end
    }

    private static func isCapital(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }

    private static func isNameCharacter(_ byte: UInt8) -> Bool {
        isCapital(byte) || (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == 0x5F
            || byte == 0x2E
    }

    /// The score of a name: the literal characters and those that agree with the runs; nil when it does not fit.
    ///
    /// Runs take as much as they can, the first one first, as in NIAC's code.
    func score(_ name: String) -> Int? {
        let bytes = Array(name.utf8)
        guard bytes.count <= 256, pieces.count <= 32 else { return nil }
        // reachable[p][b]: pieces from p on can take the bytes from b on. Filled from the end, so that no name costs
        // more than its length times that of the pattern.
        var reachable = [[Bool]](repeating: [Bool](repeating: false, count: bytes.count + 1), count: pieces.count + 1)
        reachable[pieces.count][bytes.count] = true
        for (index, piece) in pieces.enumerated().reversed() {
            for start in stride(from: bytes.count, through: 0, by: -1) {
                switch piece {
                case .literal(let literal):
                    let end = start + literal.count
                    reachable[index][start] =
                        end <= bytes.count && bytes[start..<end].elementsEqual(literal) && reachable[index + 1][end]
                case .flexible:
                    let takesOne = start < bytes.count && Self.isNameCharacter(bytes[start])
                    reachable[index][start] =
                        reachable[index + 1][start] || (takesOne && reachable[index][start + 1])
                }
            }
        }
        guard reachable[0][0] else { return nil }
        return walk(bytes, reachable)
    }

    private func walk(_ bytes: [UInt8], _ reachable: [[Bool]]) -> Int {
        var score = 0
        var at = 0
        for (index, piece) in pieces.enumerated() {
            switch piece {
            case .literal(let literal):
                score += literal.count
                at += literal.count
            case .flexible(let run):
                var end = at
                var longest = at
                while true {
                    if reachable[index + 1][end] { longest = end }
                    guard end < bytes.count, Self.isNameCharacter(bytes[end]) else { break }
                    end += 1
                }
                for (one, other) in zip(run, bytes[at..<longest]) where one == Self.upper(other) { score += 1 }
                at = longest
            }
        }
        return score
    }

    private static func upper(_ byte: UInt8) -> UInt8 { byte >= 0x61 && byte <= 0x7A ? byte - 32 : byte }
}

/// How well a name of a file fits a name of a definition; the higher the better, nil when it does not.
///
/// - Source: `get_nx_namefit`; an exact name counts twice its length.
func nameFit(_ name: String, _ concept: String, _ match: Item.Match, pattern: NamePattern? = nil) -> Int? {
    if name == concept { return 2 * name.utf8.count }
    if match == .specified { return nil }
    if name.utf8.contains(0x20) || name.utf8.first == 0x2E || name.utf8.last == 0x2E { return nil }
    let score = (pattern ?? NamePattern(concept)).score(name)
    return match == .any ? score ?? 0 : score
}
