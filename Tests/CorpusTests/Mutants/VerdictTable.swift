// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport

/// What is right to say of each mutant: the reviewed table `mutants.tsv`, the first row that fits.
///
/// A row: verdict, kinds, places, reason. Kinds and places are lists parted by blanks; `*` stands for any letters. A place
/// fits when it ends so behind a `/`.
struct VerdictTable: Sendable {
    enum Verdict: String, Sendable {
        /// A finding of level A to C is due.
        case speak
        /// Level G is enough: nothing goes wrong for anybody, but a near miss or a reading is worth telling.
        case note
        /// Nothing at A or B: no reader notices and no standard forbids it.
        case harmless
        /// Silence is right, and so is what the form deserves: the meaning harms nobody.
        case free
        /// Sources disagree: neither speech nor silence counts.
        case open
    }

    struct Row: Sendable {
        let verdict: Verdict
        let kinds: [[UInt8]]
        let places: [[UInt8]]
        let reason: String
    }

    let rows: [Row]

    init(_ text: String) throws {
        rows = try text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 4, let verdict = Verdict(rawValue: fields[0]), fields[3].count > 10 else {
                throw Fault(line: String(line))
            }
            return Row(
                verdict: verdict, kinds: Self.patterns(fields[1]), places: Self.patterns(fields[2]), reason: fields[3])
        }
    }

    struct Fault: Error { let line: String }

    private static func patterns(_ field: String) -> [[UInt8]] { field.split(separator: " ").map { Array($0.utf8) } }

    static let shared: VerdictTable? = {
        let file = Folder.checkout.appendingPathComponent("Tests/CorpusTests/Mutants/mutants.tsv")
        return (try? String(contentsOf: file, encoding: .utf8)).flatMap { try? VerdictTable($0) }
    }()

    /// The row that fits a mutant, by its number; nil where none does, which means `speak`.
    func row(for mutant: Mutant) -> Int? {
        let (kind, place) = (Array(mutant.kind.utf8), Array((mutant.base + ":" + mutant.place).utf8))
        return rows.firstIndex { row in
            row.kinds.contains { Self.fits($0[...], kind[...]) }
                && row.places.contains { pattern in
                    place.indices.contains { start in
                        (start == 0 || place[start - 1] == UInt8(ascii: "/"))
                            && Self.fits(pattern[...], place[start...])
                    }
                }
        }
    }

    static func fits(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        if first == UInt8(ascii: "*") {
            let rest = pattern.dropFirst()
            return rest.isEmpty || text.indices.contains { fits(rest, text[$0...]) } || fits(rest, text.suffix(0))
        }
        return text.first == first && fits(pattern.dropFirst(), text.dropFirst())
    }
}
