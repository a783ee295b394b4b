// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Letters of a picture as dots.
enum Letters {
    /// Columns that a letter takes, the space after it among them.
    static let advance = 6
    /// Rows of a letter, those below the line among them.
    static let height = 9

    /// Nine rows of a letter, the leftmost of five dots in bit 4.
    private static let dots: [Character: [UInt8]] = {
        var dots: [Character: [UInt8]] = [:]
        let lines = LetterTable.drawing.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
        for top in stride(from: 0, to: lines.count - height, by: height + 1) {
            for column in stride(from: 0, to: lines[top].count, by: advance) {
                dots[lines[top][column]] = (1...height).map { row in
                    let line = lines[top + row]
                    return (0..<5).reduce(0) { bits, dot in
                        bits << 1 | (column + dot < line.count && line[column + dot] == "#" ? 1 : 0)
                    }
                }
            }
        }
        return dots
    }()

    /// The rows of a letter; those of a question mark for one that was not drawn, none for a space.
    static func rows(of letter: Character) -> [UInt8] {
        letter == " " ? [] : dots[letter] ?? dots["?"] ?? []
    }
}
