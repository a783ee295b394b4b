// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import NeXus
import Testing

/// Oracle: the sentences of the manual and of nxdl.xsd on one thing each; definitions and files are written here.
@Suite struct ProbeTests {
    private func definition(_ body: String, extends parent: String = "NXobject", name: String = "NXprobe") -> String {
        """
        <definition name="\(name)" extends="\(parent)" type="group" category="application">
        <group type="NXentry"><field name="definition"/>\(body)</group></definition>
        """
    }

    private func told(_ body: String, _ entry: String, with information: Set<String> = []) throws -> [String] {
        try Judged(
            "{tree: {entry: {'@NX_class': 'NXentry', definition: 'NXprobe', \(entry)}}}",
            definitions: ["NXprobe": definition(body)]
        ).told(with: information)
    }

    @Test(
        "an item is met, or its fault is told where it stands or would stand",
        arguments: [
            ("<field name='a' type='NX_FLOAT'/>", "a: 1.0", []),
            ("<field name='a' type='NX_FLOAT'/>", "", ["NX-006 /entry/a"]),
            ("<field name='a' optional='1'/>", "", []),
            ("<field name='a' recommended='true'/>", "", ["NX-008 /entry/a"]),
            ("<group type='NXuser' minOccurs='2'/>", "u: {'@NX_class': 'NXuser'}", ["NX-022 /entry/(NXuser)"]),
            ("<group type='NXuser'/>", "", ["NX-005 /entry/(NXuser)"]),
            (
                "<group type='NXuser'><field name='name'/></group>",
                "a: {'@NX_class': 'NXuser', name: 'x'}, b: {'@NX_class': 'NXuser'}", ["NX-006 /entry/b/name"]
            ),
            ("<group type='NXuser' optional='true'><field name='name'/></group>", "", []),
            ("<group type='NXuser' name='who'/>", "who: {'@NX_class': 'NXnote'}", ["NX-004 /entry/who"]),
            ("<group type='NXuser' name='who'/>", "who: {}", ["NX-004 /entry/who"]),
            ("<group type='NXuser' name='who'/>", "who: 'me'", ["NX-010 /entry/who"]),
            ("<field name='a' type='NX_INT'><attribute name='b'/></field>", "a: 1", ["NX-007 /entry/a@b"]),
            ("<field name='DATA_end' nameType='partial' type='NX_INT'/>", "x_end: 1, x: 2", []),
            ("<field name='a' type='NX_INT'/>", "a: 1.5", ["NX-011 /entry/a"]),
            ("<field name='a' type='NX_FLOAT'/>", "a: 1", ["NX-012 /entry/a"]),
            ("<field name='a' type='NX_UINT'/>", "a: -1", ["NX-013 /entry/a"]),
            ("<field name='a' type='NX_UINT'/>", "a: 1", ["NX-012 /entry/a"]),
            ("<field name='a' type='NX_POSINT'/>", "a: {$value: [1, 2, 0], $type: 'uint16'}", ["NX-013 /entry/a"]),
            ("<field name='a' type='NX_BOOLEAN'/>", "a: true", []),
            ("<field name='a' type='NX_BOOLEAN'/>", "a: 5", ["NX-013 /entry/a"]),
            (
                "<field name='a' type='NX_FLOAT' units='NX_LENGTH'/>", "a: {$value: 1.0, '@units': ' '}",
                ["NX-014 /entry/a@units"]
            ),
            ("<field name='a' type='NX_FLOAT' units='eV/mm'/>", "a: {$value: 1.0, '@units': 'keV/m'}", []),
            (
                "<field name='a' type='NX_FLOAT' units='eV/mm'/>", "a: {$value: 1.0, '@units': 'keV'}",
                ["NX-015 /entry/a@units"]
            ),
            (
                "<field name='a' type='NX_INT'><enumeration><item value='1'/><item value='2'/></enumeration></field>",
                "a: [1, 2, 1]", []
            ),
            (
                "<field name='a' type='NX_INT'><enumeration><item value='[0, 1]'/></enumeration></field>",
                "a: [1, 0]", ["NX-017 /entry/a"]
            ),
            ("<field name='a' type='NX_DATE_TIME'/>", "a: '2026-02-29T00:00:00Z'", ["SCAN-016 /entry/a"]),
            ("<field name='a' type='NX_DATE_TIME'/>", "a: '2026-02-28T24:00:00-00:00'", ["SCAN-017 /entry/a"]),
            ("<field name='a' type='NX_DATE_TIME'/>", "a: '2026-02-28 10:00:00Z'", ["NX-012 /entry/a"]),
            ("<link name='a' target='/x'/>", "a: 1", ["NX-026 /entry/a"]),
            ("<link name='a' target='/x'/>", "a: {$value: 1, '@target': '/entry/a'}", []),
            (
                "<choice name='s'><group type='NXuser'/><group type='NXnote'/></choice>",
                "s: {'@NX_class': 'NXnote'}", []
            ),
            ("<choice name='s'><group type='NXuser'/><group type='NXnote'/></choice>", "", ["NX-021 /entry/s"]),
        ] as [(String, String, [String])])
    func items(body: String, entry: String, expected: [String]) throws {
        #expect(try told(body, entry) == expected)
    }

    @Test(
        "shapes are compared with ranks, sizes and symbols",
        arguments: [
            ("rank='1'", "<dim index='1' value='3'/>", "[1.0, 2.0, 3.0]", []),
            ("rank='1'", "<dim index='1' value='3'/>", "[1.0, 2.0]", ["NX-019 /entry/a"]),
            ("rank='1'", "<dim index='1' value='n'/>", "1.0", []),
            ("rank='2'", "<dim index='1' value='n'/><dim index='2' value='m'/>", "1.0", ["NX-019 /entry/a"]),
            ("rank='2'", "<dim index='1' value='n'/><dim index='2' value='m' required='false'/>", "[1.0, 2.0]", []),
            ("rank='dataRank'", "<dim index='1' value='n'/>", "[1.0, 2.0]", []),
            ("rank='1'", "<dim index='1' value='2n'/>", "[1.0, 2.0, 3.0, 4.0]", []),
            ("rank='1'", "<dim index='1' value='2n'/>", "[1.0, 2.0, 3.0]", ["NX-019 /entry/a"]),
            ("rank='1'", "<dim index='1' value='n+1'/>", "[1.0, 2.0]", ["NX-020 /entry/b"]),
            ("rank='1'", "<dim index='1' value='something else'/>", "[1.0, 2.0]", []),
        ] as [(String, String, String, [String])])
    func shapes(rank: String, sizes: String, value: String, expected: [String]) throws {
        let body = """
            <field name='a' type='NX_NUMBER'><dimensions \(rank)>\(sizes)</dimensions></field>
            <field name='b' type='NX_NUMBER'><dimensions rank='1'><dim index='1' value='n'/></dimensions></field>
            """
        #expect(try told(body, "a: \(value), b: [1, 2]") == expected)
    }

    @Test func `a child relaxes what its parent asks, and both are met where their names differ`() throws {
        let parent = definition(
            "<field name='n'/><group type='NXprocess'><field name='m'/></group>", name: "NXprobe_parent")
        let child = definition(
            "<field name='n' optional='true'/><group type='NXprocess' name='proc'><field name='k'/></group>",
            extends: "NXprobe_parent")
        func told(_ inside: String) throws -> [String] {
            try Judged(
                """
                {tree: {entry: {'@NX_class': 'NXentry', definition: 'NXprobe',
                 proc: {'@NX_class': 'NXprocess', \(inside)}}}}
                """, definitions: ["NXprobe": child, "NXprobe_parent": parent]
            ).told()
        }
        #expect(try told("m: 'x', k: 'y'") == [])
        #expect(try told("k: 'y'") == ["NX-006 /entry/proc/m"])
    }

    @Test func `groups that are several of a kind are scopes of their own for symbols`() throws {
        let body = """
            <group type='NXnote'><field name='a' type='NX_INT'><dimensions rank='1'><dim index='1' value='n'/>
            </dimensions></field></group>
            """
        let one = "x: {'@NX_class': 'NXnote', a: [1, 2]}, y: {'@NX_class': 'NXnote', a: [1, 2, 3]}"
        #expect(try told(body, one) == [])
    }

    @Test func `chains of axes are walked in entries without a model`() throws {
        let axes = """
            t: {'@NX_class': 'NXtransformations',
              a: {$value: 1.0, '@units': 'deg', '@transformation_type': 'rotation', '@vector': [0.0, 0.0, 1.0],
                  '@depends_on': 'b'},
              b: {$value: 1.0, '@units': 'deg', '@transformation_type': 'rotation', '@vector': [0.0, 0.0, 1.0],
                  '@depends_on': 'TARGET'}}
            """
        func toldWith(_ target: String) throws -> [String] {
            try told("", axes.replacingOccurrences(of: "TARGET", with: target))
        }
        #expect(try toldWith(".") == [])
        #expect(try toldWith("a") == ["AXIS-002 /entry/t/a"])
        #expect(try toldWith("c") == ["AXIS-001 /entry/t/b@depends_on"])
        #expect(try toldWith("entry/t/c") == ["AXIS-001 /entry/t/b@depends_on"])
    }

    @Test func `every entry and every subentry that names a definition is checked`() throws {
        let file = """
            {tree: {
              a: {'@NX_class': 'NXentry', definition: 'NXprobe', x: 1},
              b: {'@NX_class': 'NXentry', s: {'@NX_class': 'NXsubentry', definition: 'NXprobe'}},
            }}
            """
        let judged = try Judged(file, definitions: ["NXprobe": definition("<field name='x' type='NX_INT'/>")])
        #expect(judged.told() == ["NX-006 /b/s/x"])
        #expect(judged.validation.applied.map(\.path) == ["/a", "/b", "/b/s"])
        #expect(judged.validation.applied.map(\.definition) == ["NXprobe", nil, "NXprobe"])
    }

    @Test func `what an NXcollection holds is never looked at`() throws {
        let inside = "c: {'@NX_class': 'NXcollection', 'bad name': 1, deep: {'@NX_class': 'NXnope'}}"
        #expect(try told("", inside, with: ["NX-024", "NX-030"]) == ["NX-030 /entry/c"])
    }

    @Test func `an item that a later release defines is told with that release`() throws {
        let judged = try Judged(
            "{base: 'GOLDEN', changes: [{set: '/entry/definition', to: {$value: 'NXmx', '@version': 'v2018.5'}}]}")
        let finding = try #require(
            judged.validation.findings.first { $0.rule == "NX-024" && $0.message.contains("time_zone") })
        #expect(finding.message.contains("'time_zone' is defined from v2020.10 on"))
        #expect(judged.validation.applied.map(\.release) == ["v2018.5"])
        #expect(judged.validation.applied.map(\.because) == ["declared by /entry/definition@version"])
    }

    @Test func `a group that holds itself by hard links ends`() throws {
        let judged = try Judged(
            """
            {tree: {entry: {'@NX_class': 'NXentry', definition: 'NXprobe',
              n: {'@NX_class': 'NXnote', up: {$hard: '/entry'}, self: {$soft: '/entry/n'}}}}}
            """, definitions: ["NXprobe": definition("")])
        #expect(judged.told() == [])
    }
}
