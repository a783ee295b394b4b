// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Foundation
import TestSupport
import Testing
import Transport

/// Oracle: the laws that printing and reading give the same values and that line ends do not matter.
@Suite("Laws") struct LawTests {
    static let texts: [(name: String, text: String)] = [
        ("CIF 1.1", Samples.cif11), ("CIF 2.0", Samples.cif20), ("imgCIF", Samples.imgCIF), ("broken", Samples.broken),
    ]

    @Test("printing and reading again gives the same values", arguments: texts.dropLast())
    func printing(name: String, text: String) {
        let document = parsed(text)
        #expect(document.faults.isEmpty)
        let again = parsed(document.printed())
        #expect(again.faults.map(\.kind) == [])
        #expect(again.meanings == document.meanings)
        #expect(parsed(again.printed()).printed() == again.printed())
    }

    @Test("CR, LF and CRLF give the same values, faults and lines", arguments: texts)
    func lineEnds(name: String, text: String) {
        let plain = parsed(text)
        for end in ["\r\n", "\r"] {
            let other = parsed(text.replacingOccurrences(of: "\n", with: end))
            // Lists and tables stand as written, line ends included.
            #expect(other.values.map { $0.replacingOccurrences(of: end, with: "\n") } == plain.values)
            #expect(other.faults.map(\.kind) == plain.faults.map(\.kind))
            #expect(
                other.faults.map { other.position(of: $0.offset) } == plain.faults.map { plain.position(of: $0.offset) }
            )
            #expect(other.faults.map(\.details["irregularLine"]) == plain.faults.map(\.details["irregularLine"]))
        }
    }

    @Test("a text comes back from its written form", arguments: [Version.cif11, .cif20])
    func quoting(version: Version) throws {
        var random = SeededNumbers(seed: 7)
        let letters = ["a", "'", "\"", " ", "\n", ";", "\\", "#", "[", "{", "}", "]", "_", ".", "?", ">", "1", ":"]
        for _ in 0..<20_000 {
            let text = (0..<random.next(9)).map { _ in letters[random.next(letters.count)] }.joined()
            guard let form = Quoting.form(of: text, version: version) else {
                #expect(version == .cif11 && (text.contains("\n;") || text.hasPrefix(";")))
                continue
            }
            let head = version == .cif20 ? "#\\#CIF_2.0\n" : ""
            let document = parsed(head + "data_x\n_a \(form)\n_b 1\n")
            #expect(document.faults.map(\.kind) == [], "\(text.debugDescription) as \(form.debugDescription)")
            #expect(document.blocks.first?.column("_a")?.text(0) == text, "as \(form.debugDescription)")
        }
    }

    @Test("real files come back", .enabled(if: Folder.shared != nil), arguments: RealFilesTests.files)
    func realFiles(file: URL) throws {
        let document = Document.parse(try ByteBuffer(mapping: file.path))
        guard document.faults.isEmpty, document.binarySections.isEmpty else { return }
        let again = parsed(document.printed())
        #expect(again.faults.map(\.kind) == [])
        #expect(again.meanings == document.meanings)
    }
}
