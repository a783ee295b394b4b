// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import NeXus
import RuleCatalog
import RuleEngine
import Testing

/// Oracle: the sentences of the manual and of nxdl.xsd on cases that files have seldom, each once kept and once broken.
@Suite struct RareCaseTests {
    private func told(_ body: String, _ tree: String, with information: Set<String> = []) throws -> [String] {
        let definition = """
            <definition name="NXprobe" extends="NXobject" type="group" category="application">
            <group type="NXentry"><field name="definition"/>\(body)</group></definition>
            """
        return try Judged("{tree: {\(tree)}}", definitions: ["NXprobe": definition]).told(with: information)
    }

    private func toldInEntry(_ body: String, _ entry: String) throws -> [String] {
        try told(body, "entry: {'@NX_class': 'NXentry', definition: 'NXprobe', \(entry)}")
    }

    @Test(
        "values and counts",
        arguments: [
            // One object under two names is one instance.
            (
                "<group type='NXuser' maxOccurs='1'/>", "u: {'@NX_class': 'NXuser'}, v: {$hard: '/entry/u'}",
                [String]()
            ),
            (
                "<group type='NXuser' maxOccurs='1'/>", "u: {'@NX_class': 'NXuser'}, v: {'@NX_class': 'NXuser'}",
                ["NX-022 /entry/(NXuser)"]
            ),
            // A null dataspace is no value, of an attribute neither.
            ("<attribute name='v'/>", "'@v': {$null: true}", ["NX-007 /entry@v"]),
            ("<attribute name='v' optional='true'/>", "'@v': {$null: true}", ["NX-031 /entry@v"]),
            // The decimal number of a list is that of the precision stored.
            (
                "<field name='a' type='NX_FLOAT'><enumeration><item value='0.1'/></enumeration></field>",
                "a: {$value: 0.1, $type: 'float32'}", []
            ),
            (
                "<field name='a' type='NX_FLOAT'><enumeration><item value='0.1'/></enumeration></field>",
                "a: {$value: 0.11, $type: 'float32'}", ["NX-017 /entry/a"]
            ),
            // A date that is empty says nothing.
            ("<field name='a' type='NX_DATE_TIME'/>", "a: ''", ["SCAN-016 /entry/a"]),
            ("<field name='a' type='NX_DATE_TIME'/>", "a: ' '", ["SCAN-016 /entry/a"]),
            // A group that a link is asked for names its original as a field does.
            ("<link name='g' target='/x'/>", "g: {'@NX_class': 'NXnote'}", ["NX-026 /entry/g"]),
            ("<link name='g' target='/x'/>", "g: {'@NX_class': 'NXnote', '@target': '/entry/g'}", []),
            // Two groups of one class are met each by its own, whatever the order of their names.
            (
                "<group type='NXlog'><field name='i'/></group><group type='NXlog'><field name='t'/></group>",
                "a: {'@NX_class': 'NXlog', t: 'x'}, b: {'@NX_class': 'NXlog', i: 'x'}", []
            ),
            (
                "<group type='NXlog'><field name='i'/></group><group type='NXlog' minOccurs='0'><field name='t'/></group>",
                "a: {'@NX_class': 'NXlog', t: 'x'}", ["NX-005 /entry/(NXlog)"]
            ),
            // Deprecated as an item and as a class: once.
            (
                "<group type='NXgeometry' deprecated='see: depends_on'/>", "g: {'@NX_class': 'NXgeometry'}",
                ["NX-023 /entry/g"]
            ),
        ] as [(String, String, [String])])
    func values(body: String, entry: String, expected: [String]) throws {
        #expect(try toldInEntry(body, entry) == expected)
    }

    @Test(
        "axes that only their indices name are compared as well, and groups are no axes",
        arguments: [
            ("'@z_indices': 1, z: [1, 2, 3]", []),
            ("'@z_indices': 0, z: [1, 2, 3, 4, 5]", ["NX-028 /entry/d/z"]),
            ("'@z_indices': 2, z: [1, 2]", ["NX-028 /entry/d@z_indices"]),
            ("'@z_indices': 0", ["NX-028 /entry/d@z_indices"]),
        ] as [(String, [String])])
    func indices(group: String, expected: [String]) throws {
        let data = """
            d: {'@NX_class': 'NXdata', '@signal': 's', '@axes': ['x', '.'], s: {$fill: 0, $type: 'int32', $shape: [2, 3]},
                x: [1, 2], \(group)}
            """
        #expect(try toldInEntry("", data) == expected)
    }

    @Test func `a group is no axis`() throws {
        let data = """
            d: {'@NX_class': 'NXdata', '@signal': 's', '@axes': ['g'], s: [1, 2], g: {'@NX_class': 'NXnote'}}
            """
        #expect(try toldInEntry("", data) == ["NX-028 /entry/d@axes"])
    }

    @Test func `what the attributes make an axis is one, whatever its name`() throws {
        // The base class describes a field x of floating point numbers; an axis takes every number.
        let named = "d: {'@NX_class': 'NXdata', '@signal': 's', '@axes': ['x'], s: [1, 2], x: [1, 2]}"
        #expect(try toldInEntry("", named) == [])
        let free = "d: {'@NX_class': 'NXdata', '@signal': 's', s: [1, 2], x: [1, 2]}"
        #expect(try toldInEntry("", free) == ["NX-012 /entry/d/x"])
    }

    @Test func `defaults that run in a circle reach no plot`() throws {
        let circle = "n: {'@NX_class': 'NXinstrument', '@default': 'up', up: {$hard: '/entry'}}"
        #expect(
            try toldInEntry("", "'@default': 'n', \(circle)").filter { $0.hasPrefix("NX-029") } == [
                "NX-029 /entry@default"
            ])
    }

    @Test func `an NXlog that stands for an axis carries on the chain by its attribute`() throws {
        let axes = """
            sample: {'@NX_class': 'NXsample', depends_on: 't/log', t: {'@NX_class': 'NXtransformations',
              log: {'@NX_class': 'NXlog', '@depends_on': 'TARGET'},
              base: {$value: 1.0, '@units': 'mm', '@transformation_type': 'translation', '@vector': [0.0, 0.0, 1.0]}}}
            """
        #expect(try toldInEntry("", axes.replacingOccurrences(of: "TARGET", with: "base")) == [])
        #expect(
            try toldInEntry("", axes.replacingOccurrences(of: "TARGET", with: "nowhere")) == [
                "AXIS-001 /entry/sample/t/log@depends_on"
            ])
    }

    @Test func `a name at the root follows the rule for names`() throws {
        #expect(
            try told("", "entry: {'@NX_class': 'NXentry', definition: 'NXprobe'}, 'bad name': 1") == [
                "NX-025 /bad name"
            ])
    }

    @Test func `groups beside the entry that the definition lists are checked where they are there`() throws {
        let definition = """
            <definition name="NXprobe" extends="NXobject" type="group" category="application">
            <group type="NXentry"><field name="definition"/></group>
            <group type="NXsample" name="sample_1"><field name="name"/></group></definition>
            """
        func told(_ beside: String) throws -> [String] {
            try Judged(
                "{tree: {entry: {'@NX_class': 'NXentry', definition: 'NXprobe'}, \(beside)}}",
                definitions: ["NXprobe": definition]
            ).told(with: ["NX-024"])
        }
        #expect(try told("sample_1: {'@NX_class': 'NXsample', name: 'x'}") == [])
        #expect(try told("sample_1: {'@NX_class': 'NXsample'}") == ["NX-006 /sample_1/name"])
        #expect(try told("sample_1: {'@NX_class': 'NXuser'}") == ["NX-004 /sample_1"])
        #expect(try told("other: {'@NX_class': 'NXuser'}") == ["NX-024 /other"])
        #expect(try told("") == [])
    }

    @Test func `a value that is read in part, or not at all, is said to be not checked once for each rule`() throws {
        let body = """
            <definition name="NXprobe" extends="NXobject" type="group" category="application">
            <group type="NXentry"><field name="definition"/>
            <field name="NAME" nameType="any" type="NX_POSINT"/></group></definition>
            """
        let judged = try Judged(
            """
            {tree: {entry: {'@NX_class': 'NXentry', definition: 'NXprobe', short: [1, 2],
              long: {$fill: 1, $type: 'int64', $shape: [20000]}, longer: {$fill: 1, $type: 'int64', $shape: [30000]},
              rare: {$fill: 1, $type: 'int64', $shape: [4], $chunk: [4], $filters: [{id: 32001, parameters: [2]}]}}}}
            """, definitions: ["NXprobe": body])
        #expect(
            judged.validation.notChecked.map(\.because) == [
                "2 values are read in part (first /entry/long)", "a value is behind filter 32001 (first /entry/rare)",
            ])
        #expect(Set(judged.validation.notChecked.map(\.kind)) == [.outsideDomain])
    }

    @Test func `required items by release are records with places`() throws {
        let judged = try Judged("{base: 'GOLDEN', changes: [{remove: '/entry/sample/name'}]}")
        let finding = try #require(judged.validation.findings.first { $0.rule == "NX-009" })
        let value = try #require(finding.values.first { $0.name == "releases" }?.value)
        guard case .list(let records) = value else {
            Issue.record("the releases are no list")
            return
        }
        let rows = records.map { if case .record(let fields) = $0 { fields } else { [DatumField]() } }
        #expect(rows.map { $0.map(\.name) } == Array(repeating: ["release", "required", "absent"], count: 6))
        #expect(rows.last?.first?.value == .text("v2026.01"))
        #expect(rows.last?.last?.value == .list([.text("/entry/sample/name")]))
        #expect(rows.first?.last?.value == .list([.text("/entry/sample/(NXbeam)")]))
    }

    @Test func `what an optional group lacks keeps a file from being complete`() throws {
        let whole = try Judged("{base: 'GOLDEN', changes: []}")
        let lacking = try Judged(
            "{base: 'GOLDEN', changes: [{remove: '/entry/instrument/detector_group/group_names'}]}")
        let words = [whole, lacking].map { judged in
            judged.validation.findings.first { $0.rule == "NX-009" }?.message.prefix { $0 != ";" } ?? ""
        }
        #expect(words == ["NXmx v2026.01: 30 of 30 required items", "NXmx v2026.01: 30 of 31 required items"])
    }

    @Test func `a class that is asked for twice without a name has two roles`() throws {
        let body = """
            <group type='NXdata'><field name='I'/></group>
            <group type='NXdata' minOccurs='0'><field name='T'/><field name='lambda'/></group>
            """
        let first = "a: {'@NX_class': 'NXdata', I: 'x'}"
        #expect(try toldInEntry(body, first) == [])
        #expect(try toldInEntry(body, first + ", b: {'@NX_class': 'NXdata', T: 'x', lambda: 'y'}") == [])
        #expect(
            try toldInEntry(body, first + ", b: {'@NX_class': 'NXdata', T: 'x'}") == ["NX-006 /entry/b/lambda"])
        #expect(try toldInEntry(body, "b: {'@NX_class': 'NXdata', T: 'x', lambda: 'y'}") == ["NX-005 /entry/(NXdata)"])
    }

    @Test func `tags of the definitions before 2018 are older than what ships`() throws {
        for (version, release) in [("v3.2", "v2018.5"), ("3.2", "v2026.01"), ("v2023.05", "v2022.07")] {
            let judged = try Judged(
                """
                {base: 'GOLDEN', changes: [
                  {set: '/entry/definition', to: {$value: 'NXmx', '@version': '\(version)'}}]}
                """)
            #expect(judged.validation.applied.map(\.release) == [release], "\(version)")
        }
    }
}
