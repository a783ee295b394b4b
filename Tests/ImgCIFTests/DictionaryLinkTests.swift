// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import ImgCIF
import Testing
import Transport

/// Oracle: `_name.linked_item_id` and the prose of cif_img 1.8.9, multi_block_core 1.1.0 and cif_core 3.4.0, read by hand.
@Suite("Links of the dictionaries") struct DictionaryLinkTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var items: String
        /// "child -> parent", with the column of the parent where the block has it.
        var links: [String]
        var testDescription: String { name }
        init(_ name: String, _ items: String, _ links: String...) {
            (self.name, self.items, self.links) = (name, items, links)
        }
    }

    static let cases: [Case] = [
        Case(
            "a link within cif_img is followed", "_diffrn.id d _diffrn_source.diffrn_id d",
            "_diffrn_source.diffrn_id -> _diffrn.id in _diffrn.id"),
        Case(
            "a link of cif_core is followed", "_diffrn.crystal_id c",
            "_diffrn.crystal_id -> _exptl_crystal.id in nothing"),
        Case(
            "a link within one category of numbers is followed",
            "_array_element_size.index 1 _array_structure_list.index 1",
            "_array_element_size.index -> _array_structure_list.index in _array_structure_list.index"),
        Case(
            "a pointer of the prose alone is followed", "_diffrn_detector_element.detector_id d",
            "_diffrn_detector_element.detector_id -> _diffrn_detector.id in nothing"),
        Case(
            "child and parent are known by their aliases",
            "_diffrn_frame_data.id f _diffrn_detector.id d _diffrn_detector_axis.id d _diffrn_scan_frame_axis.frame_id f",
            "_diffrn_detector_axis.id -> _diffrn_detector.id in _diffrn_detector.id",
            "_diffrn_scan_frame_axis.frame_id -> _diffrn_data_frame.id in _diffrn_frame_data.id"),
        Case("uncertainties are no links", "_array_intensities.gain 1 _array_intensities.gain_esd 0.1"),
        Case(
            "what other rules follow is left to them",
            """
            _axis.id a _axis.depends_on b _diffrn_scan_axis.axis_id a _diffrn_scan_frame.frame_id f
            _diffrn_scan.frame_id_start f _diffrn_scan.frame_id_end f _diffrn_data_frame.binary_id 1
            _array_structure_list.axis_set_id s
            """),
    ]

    @Test("are those of the facts and of the prose", arguments: cases) func links(example: Case) throws {
        let facts = try DictionaryCheckTests.check.get().facts
        let document = Document.parse(ByteBuffer(Array(("data_x\n" + example.items + "\n").utf8)))
        let links = facts.links(in: try #require(document.blocks.first)).map { link in
            "\(link.column.name) -> \(link.parent) in \(link.parentColumn?.name ?? "nothing")"
        }
        #expect(links == example.links)
    }

    @Test("every link leads to an item that the dictionaries define") func targets() throws {
        let facts = try DictionaryCheckTests.check.get().facts
        let linked = facts.items.filter { $0.purpose == "Link" }
        #expect(linked.count > 100)
        for item in linked { #expect(facts.item(item.link ?? "") != nil, "\(item.name)") }
        // One file with every item: each link that stands in it has its parent beside it.
        let text = "data_x\n" + facts.items.map { "\($0.name) 1\n" }.joined()
        let block = try #require(Document.parse(ByteBuffer(Array(text.utf8))).blocks.first)
        for link in facts.links(in: block) { #expect(link.parentColumn != nil, "\(link.column.name)") }
    }
}
