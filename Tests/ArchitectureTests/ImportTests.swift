// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Testing

/// Oracle: the table of floors in ``Floors``, which is the one of docs/contributing.md.
@Suite struct ImportTests {
    static let sources = SourceFile.all(under: "Sources")

    @Test func `every folder under Sources has a floor, and every Swift module of a floor has a folder`() {
        let folders = Set(SourceFile.all(under: "Sources", endings: [".swift", ".h"]).map(\.module))
        #expect(folders.subtracting(Floors.table.joined()).sorted() == [])
        #expect(Set(Floors.table.joined()).subtracting(folders).sorted() == [])
    }

    @Test func `imports point down`() {
        var faults: [String] = []
        for file in Self.sources {
            guard let floor = Floors.floor(of: file.module) else { continue }
            for name in file.imports where !Floors.system.contains(name) {
                guard let other = Floors.floor(of: name) else {
                    faults.append("\(file): '\(name)' stands on no floor")
                    continue
                }
                let isBeside = Floors.beside[file.module]?.contains(name) ?? false
                if other > floor || (other == floor && !isBeside) {
                    faults.append("\(file): floor \(floor) imports '\(name)' of floor \(other)")
                }
            }
        }
        #expect(faults == [])
    }

    @Test func `each C library has one door`() {
        var faults: [String] = []
        for file in Self.sources {
            for name in file.imports where Floors.floor(of: name) == 0 && Floors.doors[name] != file.module {
                faults.append("\(file) imports \(name)")
            }
        }
        #expect(faults == [])
    }

    @Test func `reports import no action`() {
        let actions: Set<String> = ["Actions", "Workers", "CorpusRecipes"]
        let imported = Set(Self.sources.filter { $0.module == "Report" }.flatMap(\.imports))
        #expect(imported.contains("Findings"))
        #expect(imported.intersection(actions) == [])
    }

    @Test func `the model imports nothing but the C library for its mathematics`() {
        let imported = Set(Self.sources.filter { $0.module == "Diffraction" }.flatMap(\.imports))
        #expect(imported.isSubset(of: ["Glibc"]))
    }

    @Test func `an upward import would be seen`() {
        let file = SourceFile(
            path: "Sources/CIF/X.swift", lines: ["public import RuleEngine", "@testable import struct Actions.Y"])
        #expect(file.imports == ["RuleEngine", "Actions"])
        #expect(Floors.floor(of: "RuleEngine") ?? 0 > Floors.floor(of: "CIF") ?? 9)
    }
}
