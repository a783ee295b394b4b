// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Foundation
import TestSupport
import Testing
import Transport

/// Oracle: the law that every sequence of bytes ends in a document, and in time; a trap ends the whole test run.
@Suite("Hostile input") struct HostileInputTests {
    static let samples: [[UInt8]] =
        [Samples.cif11, Samples.cif20, Samples.imgCIF, Samples.broken].map { Array($0.utf8) } + [binary]

    static let binary: [UInt8] =
        Array(
            "###CBF: VERSION 1.5\ndata_b\n_array_data.header_contents\n;\n# Wavelength 1.0 A\n;\n_array_data.data\n"
                .utf8)
        + BinarySectionTests.Section(padding: 16, zeros: 16).bytes + Array("_after.it 1\n".utf8)

    @Test("every prefix of a good file is read", arguments: samples.indices) func prefixes(sample: Int) {
        let bytes = Self.samples[sample]
        for length in 0...bytes.count { parsed(Array(bytes[..<length])).exercise() }
    }

    @Test("ten thousand mutations are read") func mutations() {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("mutations: seed \(seed)")
        var random = SeededNumbers(seed: seed)
        for _ in 0..<10_000 {
            let document = parsed(Self.mutated(Self.samples[random.next(Self.samples.count)], &random))
            document.exercise()
            for fault in document.faults {
                let place = document.position(of: fault.offset)
                #expect(place.line > 0 && place.column > 0 && fault.offset <= document.buffer.count)
            }
        }
    }

    static func mutated(_ bytes: [UInt8], _ random: inout SeededNumbers) -> [UInt8] {
        let pieces = [
            "'", "\"", "'''", ";", "\n;", "\r", "\n", "[", "]", "{", "}", "loop_", "data_", "save_", "_a", "\\",
            "--CIF-BINARY-FORMAT-SECTION--", "\u{C}\u{1A}\u{4}", "#", " ", "\0", "é",
            "X-Binary-Size: 99999999999999999999\n",
        ]
        var result = bytes
        for _ in 0...random.next(4) where !result.isEmpty {
            let at = random.next(result.count)
            switch random.next(5) {
            case 0: result.remove(at: at)
            case 1: result[at] = UInt8(truncatingIfNeeded: random.next())
            case 2: result.insert(contentsOf: Array(pieces[random.next(pieces.count)].utf8), at: at)
            case 3: result.swapAt(at, random.next(result.count))
            default: result.removeSubrange(at..<min(result.count, at + random.next(40)))
            }
        }
        return result
    }

    @Test(
        "real files are read when cut and changed", .enabled(if: Folder.shared != nil), arguments: RealFilesTests.files)
    func realFiles(file: URL) throws {
        var random = SeededNumbers(seed: 11)
        let bytes = Array(try Data(contentsOf: file).prefix(20_000))
        for _ in 0..<5 {
            parsed(Array(bytes.prefix(random.next(bytes.count + 1)))).exercise()
            parsed(Self.mutated(bytes, &random)).exercise()
        }
    }

    static let bulk = 1 << 17

    @Test(
        "a lot of one thing is read in linear time",
        arguments: [
            "[", "]", "{", "}", "'", "\"", "'''", "\"\"\" ", ";", "\n;", "\n;x\n_", "#", "_", "_a ", "_a\n", ".", "1 ",
            "loop_ ",
            "loop_ _a ", "data_ ", "data_a ", "save_a ", "save_ ", "\r", "\0", "é", "\\\n", "\n;\\\n", "{'a':", "['",
            "[\n;\n",
            "\n;\n--CIF-BINARY-FORMAT-SECTION--\n", "\n;\n--CIF-BINARY-FORMAT-SECTION--\n\n\u{C}\u{1A}\u{4}",
            "'''\n\"\"\"\n",
        ], ["", "#\\#CIF_2.0\n"])
    func repeated(piece: String, head: String) {
        let unit = Array((head + "data_x\n_x.y ").utf8)
        func seconds(_ size: Int) -> Double {
            let copies = size / piece.utf8.count
            let bytes = unit + Array(repeatElement(Array(piece.utf8), count: copies).joined())
            let start = clock()
            let document = parsed(bytes)
            #expect(document.faults.count < 2_000)
            for fault in document.faults.prefix(3) { _ = document.position(of: fault.offset) }
            return Double(clock() - start) / Double(CLOCKS_PER_SEC)
        }
        let small = seconds(Self.bulk / 16)
        let large = seconds(Self.bulk)
        // Sixteen times the input; a quadratic reader would take 256 times as long.
        #expect(large < 80 * max(small, 0.02), "\(small) s, then \(large) s")
    }

    @Test("lists deeper than the limit are passed with one fault") func nesting() {
        let document = parsed(
            "#\\#CIF_2.0\ndata_x _a " + String(repeating: "[", count: 100_000)
                + String(repeating: "]", count: 100_000) + " _b 1")
        #expect(document.faults.map(\.kind) == [.depthLimit])
        #expect(document.faults.first?.count == 100_000 - 64)
        #expect(document.blocks.first?.column("_b")?.integer(0) == 1)
    }

    @Test("values of more than a mebibyte keep their length") func longValues() throws {
        let long = String(repeating: "x", count: 3 << 20)
        let document = parsed("data_x\n_a \(long)\n_b\n;\(long)\n;\n_c 1")
        let block = try #require(document.blocks.first)
        #expect(block.column("_a")?.text(0)?.utf8.count == 3 << 20)
        #expect(block.column("_b")?.text(0)?.utf8.count == 3 << 20)
        #expect(block.column("_c")?.integer(0) == 1)
        #expect(document.faults.map(\.kind) == [.overlongLine, .sizeLimit])
    }

    @Test("limits end in a fault") func limits() {
        var limits = Limits()
        limits.rows = 10
        limits.names = 5
        limits.blocks = 3
        func kinds(_ text: String) -> [Fault.Kind] { parsed(text, limits: limits).faults.map(\.kind) }
        #expect(kinds("data_x loop_ _a _b " + String(repeating: "1 2 ", count: 10)) == [])
        #expect(kinds("data_x loop_ _a _b " + String(repeating: "1 2 ", count: 11)).contains(.sizeLimit))
        #expect(kinds("data_x _a 1 _b 1 _c 1 _d 1 _e 1") == [])
        #expect(kinds("data_x _a 1 _b 1 _c 1 _d 1 _e 1 _f 1") == [.sizeLimit])
        #expect(kinds("data_a data_b data_c data_d") == [.sizeLimit])
    }
}
