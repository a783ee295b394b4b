// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Testing

/// Oracle: the clauses of the CIF syntax and the codes of COMCIFS/cif_api for them; places counted by hand.
@Suite("Faults") struct FaultTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        /// "line:column kind code", in order.
        var faults: [String]
        var values: [String]
        var testDescription: String { name }
        init(_ name: String, _ text: String, _ faults: [String], _ values: [String]) {
            (self.name, self.text, self.faults, self.values) = (name, text, faults, values)
        }
    }

    static let cases: [Case] = [
        Case(
            "a control character is named and kept", "data_x\n_a b\u{1}c\n_d \u{7F}\n",
            ["2:5 disallowedCharacter 104 x2"], ["_a b\u{1}c", "_d \u{7F}"]),
        Case("characters beyond ASCII ask for CIF 2.0", "data_x\n_a 'é'\n#é\n", ["2:5 newerSyntax - x2"], ["_a é"]),
        Case(
            "a string ends with its line", "data_x\n_a 'b c\n_d e\n", ["2:4 unterminatedString 106"],
            ["_a b c", "_d e"]),
        Case(
            "a text field ends before the next name", "data_x\n_a\n;text\nmore\n_b 1\n_c 2\n",
            ["3:1 unterminatedText 107"], ["_a text\nmore", "_b 1", "_c 2"]),
        Case(
            "a text field ends before the next field", "data_x\n_a\n;text\n_b\n;other\n;\n_c 2\n",
            ["3:1 unterminatedText 107"], ["_a text", "_b other", "_c 2"]),
        Case(
            "names inside a closed text field are text", "data_x\n_a\n;text\n_b 1\nloop_\n;\n_c 2\n", [],
            ["_a text\n_b 1\nloop_", "_c 2"]),
        Case(
            "triple quotes end before the next name", "#\\#CIF_2.0\ndata_x\n_a '''b\nc\n_d e\n",
            ["3:4 unterminatedString 106"], ["_a b\nc", "_d e"]),
        Case(
            "a list ends before the next name", "#\\#CIF_2.0\ndata_x\n_a [1 2\n_d e\n",
            ["3:4 unterminatedList 136"], ["_a [1 2\n", "_d e"]),
        Case(
            "a table ends before the next loop", "#\\#CIF_2.0\ndata_x\n_a {'k':1\nloop_\n_d e\n",
            ["3:4 unterminatedTable 136"], ["_a {'k':1\n", "_d e"]),
        Case(
            "a bracket that closes nothing is named", "#\\#CIF_2.0\ndata_x\n_a ]\n",
            ["3:4 unexpectedDelimiter 135"], ["_a ]"]),
        Case("a loop without values is empty", "data_x\nloop_\n_a\n_b\nloop_ _c 1\n", ["2:1 emptyLoop 36"], ["_c 1"]),
        Case(
            "a loop without names drops its values", "data_x\nloop_ 1 2\n_c 1\n",
            ["2:1 loopWithoutNames 37", "2:7 valueWithoutName 134 x2"], ["_c 1"]),
        Case("the first of two equal names counts", "data_x\n_A.b 1\n_a.B 2\n", ["3:1 duplicateName 41"], ["_A.b 1"]),
        Case(
            "a name given twice in a loop keeps the first", "data_x\nloop_ _a _A\n1 2\n",
            ["2:10 duplicateName 41"], ["_a 1"]),
        Case(
            "two blocks of one name are both kept", "data_x _a 1\ndata_X _a 2\n", ["2:1 duplicateBlock 11"],
            ["_a 1", "_a 2"]),
        Case(
            "a name without value is unknown", "data_x\n_a\n_b 2\n_c",
            ["2:1 nameWithoutValue 133", "4:1 nameWithoutValue 133"], ["_a ?", "_b 2", "_c ?"]),
        Case(
            "values without a name are dropped and counted", "data_x\n_a 1 2 3\n4 5\n_b 6\n",
            ["2:6 valueWithoutName 134 x4"], ["_a 1", "_b 6"]),
        Case(
            "reserved words are no values", "data_x\n_a stop_\n_b GLOBAL_\n",
            ["2:1 nameWithoutValue 133", "2:4 reservedWord 132", "3:1 nameWithoutValue 133", "3:4 reservedWord 132"],
            ["_a ?", "_b ?"]),
        Case(
            "values before the first block are read", "_a 1\ndata_x _b 2\n", ["1:1 missingBlock 113"],
            ["_a 1", "_b 2"]),
        Case(
            "a line of 2049 characters is too long", "data_x\n_a 1\n#" + String(repeating: "x", count: 2048) + "\n",
            ["3:1 overlongLine 108"], ["_a 1"]),
        Case(
            "a line of 2048 characters is not", "data_x\n_a 1\n#" + String(repeating: "x", count: 2047) + "\n", [],
            ["_a 1"]),
        Case(
            "a name of 76 characters is too long", "data_x\n_" + String(repeating: "n", count: 75) + " 1\n",
            ["2:1 overlongName 108"], ["_" + String(repeating: "n", count: 75) + " 1"]),
        Case("lists ask for CIF 2.0", "#\\#CIF_1.1\ndata_x\n_a [1 2]\n", ["3:4 newerSyntax -"], ["_a [1 2]"]),
        Case("tables ask for CIF 2.0", "data_x\n_a {'k':1}\n", ["2:4 newerSyntax -"], ["_a {'k':1}"]),
        Case(
            "entries of a table have quoted keys", "#\\#CIF_2.0\ndata_x\n_a {'k':1 b 'c' d: 2}\n",
            [
                "3:11 malformedTable 137", "3:13 malformedTable 137", "3:17 malformedTable 138",
                "3:20 malformedTable 137",
            ],
            ["_a {'k':1 b 'c' d: 2}"]),
        Case(
            "triple quotes ask for CIF 2.0", "data_x\n_a '''b c'''\n_d \"\"\"e\nf\"\"\"\n",
            ["2:4 newerSyntax - x2"], ["_a b c", "_d e\nf"]),
        Case(
            "a prefix that is not followed leaves the text raw", "#\\#CIF_2.0\ndata_x\n_a\n;>\\\n>b\nc\n;\n",
            ["4:1 malformedPrefix 141"], ["_a >\\\n>b\nc"]),
        Case(
            "so does a prefix with folds that is not followed", "#\\#CIF_2.0\ndata_x\n_a\n;>\\\\\n>b\\\nc\n;\n",
            ["4:1 malformedPrefix 141"], ["_a >\\\\\n>b\\\nc"]),
        Case(
            "white space parts values", "#\\#CIF_2.0\ndata_x\n_a 'b'c'\n_d 1\n", ["3:6 missingSpace 105"],
            ["_a b'c", "_d 1"]),
        Case(
            "a save frame that is not closed is read", "data_x\nsave_f\n_a 1\ndata_y _b 2\n", ["2:1 saveFrame 126"],
            ["_b 2"]),
        Case("a save frame that is not open cannot close", "data_x\n_a 1\nsave_\n", ["3:1 saveFrame 124"], ["_a 1"]),
    ]

    @Test("are found, placed and passed", arguments: cases) func faults(example: Case) {
        let document = parsed(example.text)
        let found = document.faults.map { fault in
            let place = document.position(of: fault.offset)
            let code = fault.code.map(String.init) ?? "-"
            return "\(place.line):\(place.column) \(fault.kind) \(code)" + (fault.count > 1 ? " x\(fault.count)" : "")
        }
        #expect(found == example.faults)
        let values = document.blocks.flatMap { block in
            block.columns.flatMap { column in
                (0..<column.count).map {
                    "\(column.name) \(column.text($0) ?? (column.kind($0) == .unknown ? "?" : "."))"
                }
            }
        }
        #expect(values == example.values)
    }

    static let loops: [(String, String, rows: Int, line: String)] = [
        ("a blank in a value", "a 1 2\nb 3 4\nc d 5 6\ne 7 8\nf 9 10\n", 2, "6"),
        ("a value too few", "a 1 2\nb 3\nc 5 6\ne 7 8\n", 1, "5"),
        ("rows over two lines", "a 1\n2\nb 3\n4 5\nc 6\n7\n", 1, "6"),
        ("two rows a line", "a 1 2 b 3 4\nc 5 6 d 7\n", 2, "5"),
        ("an end too soon", "a 1 2\nb 3 4\nc\n", 2, "6"),
        ("a text field on its own lines", "a 1\n;x\n;\nb 2\n;y\n;\nc 3 4 5\n;z\n;\n", 2, "10"),
        ("everything in one line", "a 1 2 b 3 4 c", 0, "4"),
    ]

    @Test("name the first irregular line of a loop", arguments: loops)
    func irregularLoop(name: String, body: String, rows: Int, line: String) throws {
        let document = parsed("data_x\nloop_\n_p.a _p.b _p.c\n" + body)
        let fault = try #require(document.faults.first)
        #expect(fault.kind == .irregularLoop)
        #expect(fault.code == 53)
        #expect(document.position(of: fault.offset) == Position(line: 2, column: 1))
        #expect(fault.details["irregularLine"] == line)
        #expect(fault.details["names"] == "3")
        #expect(fault.details["category"] == "p")
        let category = try #require(document.blocks.first?.category("p"))
        #expect(category.rowCount == rows)
        #expect(!category.isComplete)
    }

    @Test("are counted together when they are many") func aggregation() throws {
        let noise = parsed("data_x\n_a 1\n" + String(repeating: "\u{1} x\n'b\n", count: 100_000))
        #expect(noise.faults.count < 100)
        let characters = try #require(noise.faults.first { $0.kind == .disallowedCharacter })
        #expect(characters.count == 100_000)
        #expect(characters.more.map { noise.position(of: $0).line } == [5, 7])
        let names = parsed("data_x\n" + String(repeating: "_a 1\n", count: 10_000))
        #expect(names.faults.count == 64)
        #expect(names.faults.map(\.count).reduce(0, +) == 9_999)
    }

    @Test("say where a name stood first") func first() throws {
        let document = parsed("data_x\n\n_a 1\n_b 2\n_a 3\n")
        #expect(try #require(document.faults.first).details["firstLine"] == "3")
    }
}
