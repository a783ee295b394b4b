// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Testing

/// Oracle: the grammars of CIF 1.1 and CIF 2.0; each text is written from one of their clauses.
@Suite("Syntax") struct SyntaxTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        var kinds: [ValueKind]
        var values: [String?]
        var testDescription: String { name }
        init(_ name: String, _ text: String, _ kinds: [ValueKind], _ values: [String?]) {
            (self.name, self.text, self.kinds, self.values) = (name, text, kinds, values)
        }
    }

    static let cif11: [Case] = [
        Case(
            "bare values end at white space", "abc 1.5(2) a[1] x;y -", [.bare, .bare, .bare, .bare, .bare],
            ["abc", "1.5(2)", "a[1]", "x;y", "-"]),
        Case("bare point and question mark are null", ". ?", [.inapplicable, .unknown], [nil, nil]),
        Case("quoted point and question mark are text", "'.' \"?\"", [.quoted, .quoted], [".", "?"]),
        Case(
            "a quote inside a word does not close", "'a dog's life' \"x\"y\"", [.quoted, .quoted],
            ["a dog's life", "x\"y"]),
        Case("an empty string is text", "'' \"\"", [.quoted, .quoted], ["", ""]),
        Case("a semicolon inside a line is a bare value", "a ;b", [.bare, .bare], ["a", ";b"]),
        Case("a brace may begin a bare value", "{a}", [.bare], ["{a}"]),
        Case("comments end at the line end", "a # b 'c\n#d\nb#c", [.bare, .bare], ["a", "b#c"]),
        Case("a text field keeps its lines", "\n;one\n two\n;\nx", [.text, .bare], ["one\n two", "x"]),
        Case("a text field may be empty", "\n;\n;", [.text], [""]),
        Case("folded lines are joined", "\n;\\\none \\\ntwo\nthree\n;", [.text], ["one two\nthree"]),
        Case("a fold may stand before the end", "\n;\\\none\\\n\n;", [.text], ["one"]),
        Case(
            "text behind the first backslash declares no folds", "\n;\\a\none\\\ntwo\n;", [.text], ["\\a\none\\\ntwo"]),
        // The next four with the values that cod-tools 3.7.0 gives for them.
        Case("a fold in the last line joins nothing", "\n;\\\none \\\ntwo \\\n;", [.text], ["one two "]),
        Case("a marker alone is the empty text", "\n;\\\n;", [.text], [""]),
        Case("of two backslashes the last one folds", "\n;\\\none\\\\\ntwo\n;", [.text], ["one\\two"]),
        Case("white space may follow a fold", "\n;\\ \nc:\\dir\\ \t\n\ntwo\n;", [.text], ["c:\\dir\ntwo"]),
        Case("prefixes are text in CIF 1.1", "\n;>\\\n>one\n;", [.text], [">\\\n>one"]),
        Case(
            "words that begin like reserved ones are values", "loop data loop_x stop_y globals",
            [.bare, .bare, .bare, .bare, .bare], ["loop", "data", "loop_x", "stop_y", "globals"]),
    ]

    static let cif20: [Case] = [
        Case(
            "triple quotes span lines", "'''a\n'b' ''c''' \"\"\"d\"\"\"", [.tripleQuoted, .tripleQuoted],
            ["a\n'b' ''c", "d"]),
        Case("a string closes at the first quote", "'a' \"b\"", [.quoted, .quoted], ["a", "b"]),
        Case("lists nest", "[1 [2 'x]'] {'k':[3]}] y", [.list, .bare], ["[1 [2 'x]'] {'k':[3]}]", "y"]),
        Case(
            "tables are one value", "{'a':1 \"b\":'}' '''c''':[]} y", [.table, .bare],
            ["{'a':1 \"b\":'}' '''c''':[]}", "y"]),
        Case("a list may hold a text field", "[\n;a]\n;\n]", [.list], ["[\n;a]\n;\n]"]),
        Case("prefixes are removed", "\n;> \\\n> one\n> ;two\n;", [.text], ["one\n;two"]),
        Case("prefix and fold go together", "\n;>\\\\\n>one\\\n>two\n;", [.text], ["onetwo"]),
        Case("prefix and fold end together", "\n;>\\\\\n>one\\\n>two\\\n;", [.text], ["onetwo"]),
        Case(
            "characters beyond ASCII are text", "'Ångström' µ 日本", [.quoted, .bare, .bare],
            ["Ångström", "µ", "日本"]),
    ]

    @Test("CIF 1.1", arguments: cif11) func readsCIF11(example: Case) { check(example, "data_x\nloop_ _a\n") }

    @Test("CIF 2.0", arguments: cif20) func readsCIF20(example: Case) {
        check(example, "#\\#CIF_2.0\ndata_x\nloop_ _a\n")
    }

    func check(_ example: Case, _ head: String) {
        let document = parsed(head + example.text)
        let column = document.blocks.first?.column("_a")
        #expect(document.faults.map(\.kind) == [])
        #expect((0..<(column?.count ?? 0)).map { column?.kind($0) } == example.kinds)
        #expect(column?.texts() == example.values)
    }

    @Test(
        "the first line declares the version",
        arguments: [
            ("#\\#CIF_1.1\n", Version.cif11, "CIF 1.1"), ("#\\#CIF_2.0\n", .cif20, "CIF 2.0"),
            ("\u{FEFF}#\\#CIF_2.0\n", .cif20, "CIF 2.0"),
            ("###CBF: VERSION 1.5, CBFlib v0.7.8\n", .cbf("1.5"), "CBF 1.5"),
            ("###CBF: VERSION 1.7.10\n", .cbf("1.7.10"), "CBF 1.7.10"), ("# by hand\n", .undeclared, "undeclared CIF"),
            ("#\\#CIF_2.0x\n", .undeclared, "undeclared CIF"), (" #\\#CIF_2.0\n", .undeclared, "undeclared CIF"),
        ])
    func version(line: String, version: Version, name: String) {
        let document = parsed(line + "data_x _a 1")
        #expect(document.version == version)
        #expect(document.version.name == name)
    }

    @Test("items, loops, save frames and categories are found in any case") func structure() throws {
        let document = parsed(
            """
            data_One
            _cell.length_a 5.0 _CELL.length_b 6
            loop_ _Axis.id _axis.depends_on a . b a
            _cell_length_c 7
            save_frame _x.y 1 save_
            data_two loop_ _p.q 1 2 3
            """)
        #expect(document.faults.isEmpty)
        #expect(document.blocks.map(\.name) == ["One", "two"])
        let one = try #require(document.blocks.first)
        #expect(one.categories.map(\.name) == ["cell", "axis", ""])
        #expect(one.category("_AXIS")?.rowCount == 2)
        #expect(one.category("cell")?.columns.map(\.name) == ["_cell.length_a", "_CELL.length_b"])
        #expect(one.category("cell")?.isLooped == false)
        #expect(one.category("axis")?.column("ID")?.texts() == ["a", "b"])
        #expect(one.column("_AXIS.depends_on")?.text(1) == "a")
        #expect(one.columns("_none", "_axis.id")?.name == "_Axis.id")
        #expect(one.category("")?.column("_cell_length_c")?.text(0) == "7")
        #expect(one.saveFrames.first?.column("_x.y")?.text(0) == "1")
        #expect(one.loops.map(\.names) == [["_Axis.id", "_axis.depends_on"]])
        #expect(document.blocks.last?.category("p")?.rowCount == 3)
    }

    @Test("codes number distinct texts in the order of their appearance") func codes() throws {
        let document = parsed("data_x loop_ _a b a 'b' . b ? c\n;a\n;\n")
        let codes = try #require(document.blocks.first?.column("_a")).codes()
        #expect(codes.names == ["b", "a", "c"])
        #expect(codes.codes == [0, 1, 0, UInt32.max, 0, UInt32.max, 2, 1])
    }

    @Test("places count lines and characters from 1") func places() throws {
        let document = parsed("\u{FEFF}#\\#CIF_2.0\r\ndata_x\r_ä.b 'é' # c\n_c ?\n\n\r\n_d 1")
        let block = try #require(document.blocks.first)
        func place(_ name: String) throws -> [Position] {
            let column = try #require(block.column(name))
            return [document.position(of: column.nameOffset), document.position(of: column.offset(0))]
        }
        #expect(document.position(of: 3) == Position(line: 1, column: 1))
        #expect(try place("_Ä.B") == [Position(line: 3, column: 1), Position(line: 3, column: 6)])
        #expect(try place("_c") == [Position(line: 4, column: 1), Position(line: 4, column: 4)])
        #expect(try place("_d") == [Position(line: 7, column: 1), Position(line: 7, column: 4)])
    }

    @Test("places are right far into a long file", arguments: ["\n", "\r\n", "\r"]) func longPlaces(end: String) throws
    {
        let document = parsed("data_x\(end)loop_\(end)_a\(end)" + (0..<5000).map { "v\($0)\(end)" }.joined())
        let column = try #require(document.blocks.first?.column("_a"))
        for row in [0, 1019, 1020, 1021, 1022, 2047, 3000, 4999] {
            #expect(document.position(of: column.offset(row)) == Position(line: row + 4, column: 1))
        }
    }

    @Test("lists and tables come apart") func composites() throws {
        let document = parsed(
            "#\\#CIF_2.0\ndata_x _a [{'file':x.dic \"save\":'y z' # no\n 'n':[1 . [?]]}\n;t\n;\n'''q\"''']")
        let value = try #require(document.blocks.first?.column("_a")?.composite(0))
        guard case .list(let members) = value else { throw CancellationError() }
        #expect(members.count == 3)
        #expect(members.first?["file"]?.text == "x.dic")
        #expect(members.first?["save"]?.text == "y z")
        #expect(members.first?["n"] == .list([.text("1"), .text(nil), .list([.text(nil)])]))
        #expect(members.dropFirst() == [.text("t"), .text("q\"")])
    }
}
