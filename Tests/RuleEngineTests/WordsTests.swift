// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine
import Testing
import Transport

/// Identifiers, ranges, numbers and near spellings. Oracle: published edit distances and the examples of rules.md.
@Suite struct WordsTests {
    @Test("identifiers are read and written", arguments: ["AXIS-002", "NX-031", "FILE-011"])
    func identifiers(_ text: String) {
        #expect(RuleID(text)?.description == text)
    }

    @Test(
        "what is no identifier is refused",
        arguments: ["AXIS-2", "AXIS002", "AXE-002", "axis-002", "AXIS-002 ", "", "-", "AXIS-00٢"])
    func noIdentifiers(_ text: String) {
        #expect(RuleID(text) == nil)
    }

    @Test("frames collapse to ranges")
    func frames() {
        let ranges = FrameRanges.collapse([5, 3, 4, 4, 9, 1])
        #expect(ranges == [1...1, 3...5, 9...9])
        #expect(FrameRanges.words(FrameRanges.collapse(3...1800)) == "frames 3-1800 (1798)")
        #expect(FrameRanges.words([7...7]) == "frame 7")
        #expect(FrameRanges.words([1...1, 3...4, 6...6, 8...8]) == "frames 1, 3-4, 6 … (5)")
        #expect(FrameRanges.collapse([]).isEmpty)
    }

    @Test("the distance of two words counts edits and swaps of neighbours")
    func distance() {
        let known = [
            ("kitten", "sitting", 3), ("flaw", "lawn", 2), ("ca", "ac", 1), ("", "abc", 3), ("same", "same", 0),
        ]
        for (a, b, expected) in known {
            #expect(Spelling.distance(a, b) == expected)
            #expect(Spelling.distance(b, a) == expected)
        }
    }

    @Test("the nearest name is the first of the nearest, and none when all are far")
    func nearest() {
        #expect(Spelling.nearest(to: "tolerence", among: ["relative", "tolerance"]) == "tolerance")
        #expect(Spelling.nearest(to: "xyz", among: ["relative", "tolerance"]) == nil)
    }

    @Test("numbers are written short, and never as minus nothing")
    func numbers() {
        #expect(Wording.number(0.1) == "0.1")
        #expect(Wording.number(287.22) == "287.22")
        #expect(Wording.number(.nan) == "not a number")
        #expect(Wording.fixed(-0.0001, 2) == "0.00")
        #expect(Wording.fixed(12.345, 1) == "12.3")
        #expect(Wording.vector(0, -1, 0) == "(0, -1, 0)")
        #expect(Wording.vector(-0.0, 0, 0) == "(0, 0, 0)")
        #expect(Wording.excerpt("a\u{1}b") == "a\\x01b")
        #expect(Wording.list(["a", "b", "c", "d"], limit: 2) == "a, b and 2 more")
    }

    @Test("levels order from A to G")
    func levels() {
        #expect([Level.G, .B, .A, .C].sorted() == [.A, .B, .C, .G])
        #expect(Level.A.isAtLeast(.B) && Level.B.isAtLeast(.B) && !Level.C.isAtLeast(.B))
    }
}
