// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ImgCIF
import TestSupport
import Testing

/// Oracle: counts of definitions in cif_img.dic 1.8.9, taken with grep; the dictionaries themselves where they are.
@Suite("Dictionary facts") struct DictionaryFactsTests {
    static let stored = Folder.checkout.appendingPathComponent("rules/imgcif/1.8.9/facts.cif")

    /// The commit is that of imgcif.md; the digests are in the facts.
    static let origins = [
        "cif_img.dic": "vaitkus/imgCIF@ecfa667:cif_img.dic", "cif_core.dic": "COMCIFS/cif_core:cif_core.dic",
        "multi_block_core.dic": "COMCIFS/MultiBlock_Dictionary:multi_block_core.dic",
    ]

    static var dictionary: String? {
        Folder.shared?.appendingPathComponent("reference/cif-dictionaries/cif_img.dic").path
    }

    @Test("are those of the dictionaries they were written from", .enabled(if: Folder.shared != nil))
    func stored() throws {
        let facts = try DictionaryReader.facts(of: try #require(Self.dictionary), origins: Self.origins)
        let text = DictionaryFactsFile.text(of: facts)
        if ProcessInfo.processInfo.environment["WRITE_GOLDEN"] == "1" {
            let folder = Self.stored.deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try text.write(to: Self.stored, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: Self.stored, encoding: .utf8) == text)
        #expect(try DictionaryFactsFile.read(Self.stored.path) == facts)
    }

    @Test("say what the dictionaries say") func content() throws {
        let facts = try DictionaryFactsFile.read(Self.stored.path)
        #expect(facts.sources.map(\.title) == ["CIF_IMG", "MULTIBLOCK_DIC", "CIF_CORE"])
        #expect(facts.sources.first?.version == "1.8.9")
        let equipment = try #require(facts.item("_AXIS.equipment"))
        #expect(equipment.contents == "Word" || equipment.contents == "Code")
        #expect(equipment.states.contains("goniometer"))
        #expect(equipment.defaultValue == "general")
        #expect(facts.category("AXIS")?.keys == ["_axis.id", "_axis.equipment"])
        #expect(facts.category("diffrn_detector")?.kind == .set)
        #expect(facts.item("_diffrn_frame_data.array_id")?.name == "_diffrn_data_frame.array_id")
        #expect(facts.item("_cell_measurement.wavelength")?.replacements == ["_diffrn_radiation_wavelength.value"])
        #expect(facts.item("_cell_length_a")?.name == "_cell.length_a")
        #expect(facts.item("_array_structure_list.precedence")?.range?.contains(0) == false)
        #expect(facts.item("_no.such_name") == nil)
    }

    @Test("count as the dictionary does", .enabled(if: Folder.shared != nil)) func counts() throws {
        let facts = try DictionaryFactsFile.read(Self.stored.path)
        let own = try String(contentsOfFile: try #require(Self.dictionary), encoding: .utf8)
        let names = own.split(separator: "\n").filter { $0.hasPrefix("    _definition.id                '_") }
        #expect(names.count > 200)
        for line in names {
            let name = line.split(separator: "'")[1]
            #expect(facts.item(String(name))?.name == String(name))
        }
    }
}
