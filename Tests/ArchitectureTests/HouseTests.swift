// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// Oracle: the house rules in docs/contributing.md.
@Suite struct HouseTests {
    static let swift = SourceFile.all(under: "Sources") + SourceFile.all(under: "Tests")
    static let code = swift + SourceFile.all(under: "Sources", endings: [".h", ".c"])

    private func isTable(_ file: SourceFile) -> Bool {
        file.name.hasSuffix("+Generated.swift") || file.name.hasSuffix("+Table.swift")
    }

    @Test func `every file begins with its copyright and licence`() {
        let bare = Self.code.filter {
            !($0.lines.first ?? "").contains("SPDX-FileCopyrightText: 2026 The Imprimatur authors")
                || !($0.lines.dropFirst().first ?? "").contains("SPDX-License-Identifier: Apache-2.0")
        }
        #expect(bare.map(\.path).filter { !$0.hasSuffix("swift-tools-version") } == [])
    }

    @Test func `no source file is longer than 500 lines, no test file longer than 800`() {
        let long = Self.code.filter { !isTable($0) && $0.lines.count > ($0.path.hasPrefix("Tests") ? 800 : 500) }
        #expect(long.map { "\($0.path): \($0.lines.count)" } == [])
    }

    @Test func `a rule file has at most 120 lines`() {
        let long = Self.swift.filter {
            $0.module == "RuleCatalog" && $0.name.contains("-") && !isTable($0) && $0.lines.count > 120
        }
        #expect(long.map { "\($0.path): \($0.lines.count)" } == [])
    }

    @Test func `no file is named for nothing`() {
        let words = [
            "Utils", "Util", "Helpers", "Helper", "Common", "Manager", "Handler", "Processor", "Service", "Misc",
        ]
        let vague = Self.swift.filter { file in
            let parts = file.path.dropLast(".swift".count).split(separator: "/")
            return parts.contains { part in words.contains { part.hasSuffix($0) } || part == "Extensions" }
        }
        #expect(vague.map(\.path) == [])
    }

    @Test func `sources do not trap on purpose`() {
        let words = ["try!", "fatalError(", " as! "]
        var faults: [String] = []
        for file in Self.swift where file.path.hasPrefix("Sources") {
            for (number, line) in file.lines.enumerated() where words.contains(where: { line.contains($0) }) {
                faults.append("\(file.path):\(number + 1)")
            }
        }
        #expect(faults == [])
    }

    /// Lines that spell the id of a rule in a text, comments left out.
    static func idsInTexts(_ lines: [String]) -> [Int] {
        lines.indices.filter { index in
            let code = lines[index].drop { $0 == " " }
            guard !code.hasPrefix("//"), let quote = code.firstIndex(of: "\"") else { return false }
            return code[quote...].firstMatch(
                of: /\b(?:FILE|CIF|DICT|NX|LINK|AXIS|PIXEL|SCAN|GEOM|BEAM|COUNT|DATA|IMAGE|META)-[0-9]{3}\b/)
                != nil
        }
    }

    @Test func `no rule is spelt below the floor of rules`() {
        let below = Set(Floors.table[1...3].joined())
        let files = Self.swift.filter { $0.path.hasPrefix("Sources") && below.contains($0.module) }
        let faults = files.flatMap { file in Self.idsInTexts(file.lines).map { "\(file.path):\($0 + 1)" } }
        #expect(files.count > 200)
        #expect(faults == [])
        #expect(
            Self.idsInTexts(["// NX-001", "let a = \"NX-001\"", "case b  // \"", "add(\"NX-1\", \"see DICT-012.\")"])
                == [1, 3])
    }

    @Test func `no header names a folder of one kind of processor`() {
        let doors = SourceFile.all(under: "Sources", endings: [".h", ".c", ".modulemap"])
        let faults = doors.filter { file in
            file.lines.contains { line in ["/x86_64-", "/aarch64-", "-linux-gnu"].contains { line.contains($0) } }
        }
        #expect(doors.count > 15)
        #expect(faults.map(\.path) == [])
    }

    @Test func `nothing is left for later`() {
        var faults: [String] = []
        for file in Self.code where file.path.hasPrefix("Sources") {
            for (number, line) in file.lines.enumerated()
            where line.contains("TO" + "DO") || line.contains("FIX" + "ME") {
                faults.append("\(file.path):\(number + 1)")
            }
        }
        #expect(faults == [])
    }

    @Test func `Foundation stays out of the sources`() {
        let users = Self.swift.filter {
            $0.path.hasPrefix("Sources") && $0.imports.contains { $0.hasPrefix("Foundation") }
        }
        #expect(users.map(\.path) == [])
    }
}
