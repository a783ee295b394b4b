// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Foundation
import ImgCIF
import RuleCatalog
import RuleEngine
import TestSupport
import Testing
import Transport

/// Oracle: the facts of cif_img 1.8.9, by hand; cod-tools 3.7.0 `cif_validate` names the same items where it says so.
@Suite("Dictionary check") struct DictionaryCheckTests {
    static let check = Result { DictionaryCheck(try DictionaryFactsFile.read(DictionaryFactsTests.stored.path)) }

    static func faults(_ items: String) throws -> [DictionaryFinding] {
        let document = Document.parse(ByteBuffer(Array(("data_x\n" + items + "\n").utf8)))
        return try check.get().faults(in: document).filter { $0.rule != "DICT-012" }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var items: String
        var faults: [String]
        var testDescription: String { items }
        init(_ items: String, _ faults: String...) { (self.items, self.faults) = (items, faults) }
    }

    static let cases: [Case] = [
        Case("_AXIS.ID a _axis.equipment detector _axis.depends_on ."),
        Case("_axis.identifier a", "DICT-001 _axis.identifier is in no dictionary"),
        Case(
            "_diffrn_radiation.typ x",
            "DICT-001 _diffrn_radiation.typ is in no dictionary; nearest: _diffrn_radiation.type"),
        // cod-tools: value not among the states.
        Case(
            "_array_structure_list.direction up",
            "DICT-002 _array_structure_list.direction = 'up' is not one of increasing, decreasing"),
        Case("_axis.type spiral _axis.system klingon"),
        // cod-tools: value does not conform to the content type.
        Case(
            "_diffrn_detector.layer_thickness thin",
            "DICT-003 _diffrn_detector.layer_thickness = 'thin' is not a number"),
        Case(
            "_diffrn_detector.layer_thickness '0.5'",
            "DICT-003 _diffrn_detector.layer_thickness = '0.5' is not a number; in quotes it is text"),
        Case(
            "_diffrn_detector.layer_thickness '0.5 mm'",
            "DICT-003 _diffrn_detector.layer_thickness = '0.5 mm' is not a number; the unit 'mm' does not belong to the value"
        ),
        Case(
            "_array_structure_list.dimension 5.5",
            "DICT-003 _array_structure_list.dimension = '5.5' is not a whole number"),
        Case("_axis.id 'two words'", "DICT-003 _axis.id = 'two words' is not a single word"),
        Case("_diffrn_detector.layer_thickness ? _array_structure_list.dimension ."),
        Case(
            "_array_structure_list.precedence 0",
            "DICT-004 _array_structure_list.precedence = 0 is outside the range from 1 on"),
        Case("_diffrn_scan_frame.frame_number -5 _diffrn.ambient_temperature -5"),
        Case(
            "loop_ _diffrn_detector_axis.axis_id a b",
            "DICT-011 _diffrn_detector_axis.detector_id taken as 1 for 2 rows (first: 1)"),
        Case(
            "loop_ _array_structure_list_axis.axis_id a b",
            "DICT-005 loop of ARRAY_STRUCTURE_LIST_AXIS lacks its key _array_structure_list_axis.axis_set_id"),
        Case(
            "loop_ _array_element_size.array_id _array_element_size.index 1 1 1 2 1 1",
            "DICT-006 ARRAY_ELEMENT_SIZE: key (1, 1) is repeated; it stands first in line 2"),
        Case("loop_ _axis.id _axis.equipment a detector a detector"),
        Case(
            "_array_intensities.overload 5(1)",
            "DICT-007 _array_intensities.overload = 5(1) carries a standard uncertainty"),
        Case(
            "_diffrn_radiation.type x",
            "DICT-008 _diffrn_radiation.type is deprecated in favour of _diffrn_radiation_wavelength.type"),
        Case("_diffrn_radiation.type x _diffrn_radiation.probe x-ray"),
        Case("loop_ _diffrn_detector.id a b", "DICT-009 DIFFRN_DETECTOR takes one row per block and has 2"),
        Case("loop_ _diffrn.id a b loop_ _diffrn_detector.id _diffrn_detector.diffrn_id a a b b"),
        Case(
            "_diffrn.ambient_temperature 100 _diffrn_ambient_temp 110.0",
            "DICT-010 _diffrn.ambient_temperature = 100, but _diffrn_ambient_temp = 110.0 in line 2"),
        Case("_diffrn.ambient_temperature 100 _diffrn_ambient_temp 100.0"),
    ]

    @Test("finds what departs from the dictionary", arguments: cases) func finds(example: Case) throws {
        let found = try Self.faults(example.items).filter {
            // Keys and defaults of items that a case does not look at.
            example.faults.contains { $0.hasPrefix("DICT-011") } || $0.rule != "DICT-011"
        }
        #expect(found.map { "\($0.rule) \($0.message)" } == example.faults)
    }

    @Test("counts like cases and keeps three places") func counts() throws {
        let rows = (0..<1000).map { "\($0) up" }.joined(separator: "\n")
        let found = try Self.faults("loop_ _array_structure_list.index _array_structure_list.direction\n" + rows)
        let states = try #require(found.first { $0.rule == "DICT-002" })
        #expect(states.count == 1000)
        #expect(states.places.count == 3)
        let range = try #require(found.first { $0.rule == "DICT-004" })
        #expect(range.count == 1)
    }

    @Test("many unknown names make few faults") func unknownNames() throws {
        let found = try Self.faults((0..<3000).map { "_zz\($0).a\($0) 1" }.joined(separator: "\n"))
        #expect(found.count == 21)
        #expect(found.map(\.count).reduce(0, +) == 3000)
    }

    @Test(
        "says which versions it used and which are declared",
        arguments: [
            ("1.8.9", ""), ("1.9.0", "newer than the one used"), ("1.8.5", "since 1.8.7"), ("draft", ""),
        ])
    func versions(declared: String, remark: String) throws {
        let text =
            "data_x _audit_conform.dict_name cif_img.dic _audit_conform.dict_version \(declared) "
            + "_diffrn_scan_axis.angle_range 1"
        let all = try Self.check.get().faults(in: Document.parse(ByteBuffer(Array(text.utf8))))
        let version = try #require(all.last)
        #expect(version.rule == "DICT-012")
        #expect(version.message.contains("CIF_IMG 1.8.9"))
        #expect(version.message.contains("cif_img.dic \(declared)"))
        #expect(
            remark.isEmpty
                ? !version.message.contains(";  ") && !version.message.contains("1.8.7")
                : version.message.contains(remark))
    }

    @Test("time grows with the rows, not with their square") func linear() throws {
        func seconds(_ rows: Int) throws -> Double {
            var text = "data_x\nloop_ _diffrn_scan_frame_axis.frame_id _diffrn_scan_frame_axis.axis_id "
            text += "_diffrn_scan_frame_axis.angle\n"
            for row in 0..<rows { text += "f\(row / 4) a\(row % 4) \(Double(row) * 0.1)\n" }
            let document = Document.parse(ByteBuffer(Array(text.utf8)))
            let start = clock()
            #expect(try Self.check.get().faults(in: document).allSatisfy { $0.rule != "DICT-006" })
            return Double(clock() - start) / Double(CLOCKS_PER_SEC)
        }
        let small = try seconds(2_000)
        let large = try seconds(32_000)
        #expect(large < 80 * max(small, 0.01), "\(small) s, then \(large) s")
    }

    @Test("reads a dictionary of the user with its imports") func ownDictionary() throws {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let main = """
            #\\#CIF_2.0
            data_MY_DIC
            _dictionary.title MY_DIC
            _dictionary.version 1.0
            save_MY_HEAD
            _definition.id MY_HEAD
            _definition.scope Category
            _definition.class Head
            _import.get [{'file':other.dic 'save':OTHER_HEAD 'mode':Full 'dupl':Ignore}]
            save_
            save_thing
            _definition.id thing
            _definition.scope Category
            _definition.class Loop
            loop_ _category_key.name '_thing.id'
            save_
            save_thing.size
            _definition.id '_thing.size'
            _name.category_id thing
            _import.get [{'file':templ.cif 'save':length} {'file':absent.cif 'save':x}]
            save_

            """
        let other = """
            #\\#CIF_2.0
            data_OTHER
            _dictionary.title OTHER
            save_thing.size
            _definition.id '_thing.size'
            _type.contents Text
            save_
            save_thing.id
            _definition.id '_thing.id'
            _name.category_id thing
            _type.contents Code
            _type.container Single
            save_

            """
        let template = """
            #\\#CIF_2.0
            data_TEMPL
            save_length
            _type.contents Real
            _type.container Single
            _enumeration.range 1.0:
            save_

            """
        for (name, text) in [("my.dic", main), ("other.dic", other), ("templ.cif", template)] {
            try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
        }
        let facts = try DictionaryReader.facts(of: folder.appendingPathComponent("my.dic").path)
        #expect(facts.sources.map(\.title) == ["MY_DIC", "OTHER"])
        #expect(facts.item("_thing.size")?.contents == "Real")
        #expect(facts.item("_thing.size")?.range?.contains(0.5) == false)
        #expect(facts.item("_THING.ID")?.contents == "Code")
        #expect(facts.category("thing")?.keys == ["_thing.id"])
        #expect(facts.missing.map { "\($0.file) \($0.definitions)" } == ["absent.cif 1"])
        let document = Document.parse(ByteBuffer(Array("data_x loop_ _thing.id _thing.size A 2 a 0.5".utf8)))
        let rules = DictionaryCheck(facts).faults(in: document).map(\.rule)
        #expect(rules == ["DICT-004", "DICT-006", "DICT-012"])
    }

    @Test("refuses files that are no dictionaries", arguments: ["", "data_x _a 1", "save_x"])
    func refuses(text: String) throws {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("no.dic")
        try text.write(to: file, atomically: true, encoding: .utf8)
        #expect(throws: Failure.self) { try DictionaryReader.facts(of: file.path) }
        #expect(throws: Failure.self) { try DictionaryFactsFile.read(file.path) }
        #expect(throws: Failure.self) { try DictionaryReader.facts(of: folder.path + "/absent.dic") }
    }

    @Test("changed files end in faults, not in a trap") func mutations() throws {
        let sample = """
            data_x
            loop_ _axis.id _axis.type _axis.equipment _axis.vector[1] a rotation detector 1 b . . 0(1)
            loop_ _array_structure_list.array_id _array_structure_list.index _array_structure_list.dimension 1 1 5 1 2 6
            _diffrn_radiation_wavelength.value 1.0 _diffrn_detector.id d _audit_conform.dict_version 1.8

            """
        let seed = UInt64.random(in: 0...UInt64.max)
        print("dictionary mutations: seed \(seed)")
        var state = seed
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        let check = try Self.check.get()
        for _ in 0..<1000 {
            var bytes = Array(sample.utf8)
            for _ in 0...next(4) { bytes[next(bytes.count)] = [10, 32, 39, 46, 63, 95, 91, 49][next(8)] }
            bytes.removeLast(next(bytes.count / 4))
            let document = Document.parse(ByteBuffer(bytes))
            for fault in check.faults(in: document) { #expect(fault.count > 0 && !fault.places.isEmpty) }
        }
    }
}

/// What a rule of the catalogue makes of a finding.
extension DictionaryFinding {
    var rule: String { fault.rule.description }
    var message: String { deviation.message }
}
