// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImgCIF
import Testing

/// Oracle: the rows of the file itself; what the map says of each frame is what its row has.
@Suite("frames of a block as one map")
struct BlockFramesTests {
    /// A block of frames whose rows of external data are given.
    private func block(
        _ items: String, _ rows: [String], panels: [String] = ["p"], scan: (Int) -> String = { _ in "S" }
    ) -> BlockReading? {
        var frames = "loop_ _diffrn_scan_frame.frame_id _diffrn_scan_frame.scan_id _diffrn_scan_frame.frame_number\n"
        var data = """
            loop_ _diffrn_data_frame.id _diffrn_data_frame.detector_element_id _diffrn_data_frame.array_id
            _diffrn_data_frame.binary_id\n
            """
        var arrays = "loop_ _array_data.array_id _array_data.binary_id _array_data.external_data_id\n"
        var external = "loop_ _array_data_external_data.id " + items + "\n"
        for (index, row) in rows.enumerated() {
            let frame = index / panels.count
            if index % panels.count == 0 { frames += "f\(frame) \(scan(frame)) \(frame + 1)\n" }
            data += "f\(frame) \(panels[index % panels.count]) a \(index)\n"
            arrays += "a \(index) e\(index)\n"
            external += "e\(index) \(row)\n"
        }
        return readBlocks("data_x\n" + frames + data + arrays + external).first
    }

    private func names(_ items: String...) -> String {
        items.map { "_array_data_external_data." + $0 }.joined(separator: " ")
    }

    /// The name and frame of the store behind each frame of a stack, in the order of its runs.
    private func shown(_ map: FrameMap, _ stack: FrameStack, _ frame: Int) -> [String] {
        stack.content(frame: frame).map { run in
            guard case .stored(let store, let at, _) = run.content,
                let step = Stride(first: (frame - run.frames.first) / run.frames.step, count: 1)
            else { return "-" }
            let position = at.at(step).first
            guard let name = map.stores[store].images?.name(at: position) else { return "section \(position)" }
            let parts = [name.location, name.member, name.path].compactMap { $0 }
            if case .frames? = map.stores[store].images { return (parts + ["\(position + 1)"]).joined(separator: " ") }
            return parts.joined(separator: " ")
        }
    }

    @Test("names that count up are one run and a pattern", arguments: [5, 1])
    func counting(width: Int) throws {
        func number(_ index: Int) -> String {
            String(repeating: "0", count: max(0, width - "\(index)".count)) + "\(index)"
        }
        let rows = (1...20_000).map { "https://a.org/x.zip raw/img_\(number($0)).cbf" }
        let map = try #require(block(names("uri", "archive_path"), rows)).frames.map
        let stack = try #require(map.stacks.first)
        #expect(map.stacks.count == 1 && stack.frames == 20_000)
        #expect(stack.runs.count == 1 && map.stores.count == 1)
        guard case .counting? = map.stores[0].images else {
            Issue.record("no pattern")
            return
        }
        for frame in stride(from: 0, to: 20_000, by: 97) + [9_998, 19_999] {
            #expect(shown(map, stack, frame) == [rows[frame]])
        }
        #expect(!map.mayShareImages)
    }

    @Test("names in no order are one run and a table of bytes")
    func listed() throws {
        var random = SystemRandomNumberGenerator()
        let letters = Array("abcdefghkmn")
        let rows = (0..<5_000).map { index in
            "https://a.org/" + String((0..<9).map { _ in letters.randomElement(using: &random) ?? "x" })
                + "-\(index)x.cbf"
        }
        // The last digits are those of the row, each with another stem: more stems than patterns are kept.
        let map = try #require(block(names("uri"), rows)).frames.map
        let stack = try #require(map.stacks.first)
        #expect(map.stores.count == 4_097)
        #expect(stack.runs.count == 4_097)
        for frame in [0, 4_095, 4_096, 4_999] { #expect(shown(map, stack, frame) == [rows[frame]]) }
        let plain = (0..<3_000).map { index in
            "https://a.org/" + "\(index)".map { String(letters[Int(String($0)) ?? 0]) }.joined() + ".cbf"
        }
        let table = try #require(block(names("uri"), plain)).frames.map
        #expect(table.stores.count == 1 && table.stacks[0].runs.count == 1)
        for frame in [0, 17, 2_999] { #expect(shown(table, table.stacks[0], frame) == [plain[frame]]) }
        #expect(!table.mayShareImages)
    }

    @Test("frames of one file are one run a panel")
    func framesOfFile() throws {
        let rows = (0..<600).map { "a.h5 /entry/data_\($0 % 3) \($0 / 3 + 1)" }
        let map = try #require(block(names("uri", "path", "frame"), rows, panels: ["p", "q", "r"])).frames.map
        let stack = try #require(map.stacks.first)
        #expect(stack.frames == 200 && stack.runs.count == 3 && map.stores.count == 3)
        #expect(stack.runs.map(\.area.planes) == [0..<1, 1..<2, 2..<3])
        for frame in [0, 1, 199] { #expect(shown(map, stack, frame) == Array(rows[(frame * 3)..<(frame * 3 + 3)])) }
    }

    /// What follows: whether two frames share an image.
    @Test(
        "the same image is found whatever stands between, and a like name is another",
        arguments: [
            (["i_0998", "i_0999", "i_1000", "i_998", "i_1000"], true), (["i_1000", "i_0999", "i_999", "i_1000"], true),
            (["i_1", "i_01", "i_001"], false), (["i_9", "i_10", "i_010"], false), (["b", "c", "b"], true),
            (["i_3", "i_2", "i_1"], false), (["i_1", "j_1", "i_2", "j_2", "i_1"], true),
            (["i_0999", "i_1000", "i_999", "i_1000", "i_1001"], true),
            (["i_12345678901234567890", "i_12345678901234567890"], true), (["i_1?a=2", "i_1?a=3"], false),
        ])
    func shared(stems: [String], isShared: Bool) throws {
        let map = try #require(block(names("uri"), stems.map { "'https://a.org/\($0)'" })).frames.map
        #expect(map.mayShareImages == isShared)
        for (frame, stem) in stems.enumerated() {
            #expect(shown(map, map.stacks[0], frame) == ["https://a.org/\(stem)"])
        }
    }

    @Test("of names in any order each frame leads to its own, and what stands twice is found", arguments: 0..<60)
    func anyOrder(seed: Int) throws {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        func name() -> String {
            let number = "\(next(12) * [1, 1, 9, 111][next(4)])"
            let padded = String(repeating: "0", count: next(3) == 0 ? max(0, 4 - number.utf8.count) : 0) + number
            return ["i_", "j", "k7-", ""][next(4)] + (next(9) == 0 ? "x" : padded) + ["", ".cbf", ".cbf.gz"][next(3)]
        }
        let hasFrames = next(2) == 0
        let rows = (0..<(2 + next(40))).map { _ in
            "https://a.org/\(next(3) == 0 ? "z.zip" : "y1.zip") \(name())" + (hasFrames ? " \(1 + next(4))" : "")
        }
        let items = hasFrames ? names("uri", "archive_path", "frame") : names("uri", "archive_path")
        let map = try #require(block(items, rows.map { $0.replacing("  ", with: " . ") })).frames.map
        let isOneFrame = rows.allSatisfy { $0.hasSuffix(" 1") }
        for (frame, row) in rows.enumerated() {
            let wanted = hasFrames && isOneFrame ? String(row.dropLast(2)) : row
            #expect(shown(map, map.stacks[0], frame) == [wanted], "seed \(seed)")
        }
        #expect(map.mayShareImages == (Set(rows).count < rows.count), "seed \(seed)")
    }

    @Test("a default frame is the first, and one that is no number stands in the table")
    func oddFrames() throws {
        func shares(_ frames: [String]) throws -> Bool {
            try #require(block(names("uri", "frame"), frames.map { "a.h5 \($0)" })).frames.map.mayShareImages
        }
        #expect(try shares(["1", "2", "."]))
        #expect(try shares([".", "."]))
        #expect(try !shares(["1", "2", "3"]))
        #expect(try !shares(["S(1:2)", "S(2:3)", "2"]))
        #expect(try shares(["S(1:2)", "3", "S(1:2)"]))
        #expect(try !shares(["0", "-1", "99999999999999999999"]))
    }

    @Test("each scan has its frames by number, and frames without a scan have a stack of their own")
    func scans() throws {
        let rows = (0..<6).map { "https://a.org/i_\($0).cbf" }
        let map = try #require(block(names("uri"), rows, scan: { $0 == 5 ? "." : $0 % 2 == 0 ? "S" : "T" })).frames.map
        #expect(map.stacks.map(\.role) == [.scan("S"), .scan("T"), .scan(nil)])
        #expect(map.stacks.map(\.frames) == [3, 2, 1])
        #expect(shown(map, map.stacks[0], 2) == [rows[4]])
        #expect(shown(map, map.stacks[1], 1) == [rows[3]])
        #expect(shown(map, map.stacks[2], 0) == [rows[5]])
    }

    @Test("a way that ends before the pixels is absent at its step", arguments: LinkStep.allCases)
    func absent(_ step: LinkStep) throws {
        var file = SmallFile()
        switch step {
        case .dataFrame: file.data = file.data.replacing("f2 face A 2", with: "f3 face A 2")
        case .arrayData: file.data = file.data.replacing("f2 face A 2", with: "f2 face A 3")
        case .image: file.data = file.data.replacing("A 2 e2", with: "A 2 e3")
        case .location: file.data = file.data.replacing("e2 HDF5 https://example.org/a.h5", with: "e2 HDF5 ?")
        }
        let map = try #require(readBlocks(file.text).first).frames.map
        let content = map.stacks[0].content(frame: 1).map(\.content)
        guard content.count == 1, case .absent(let loss) = content[0] else {
            Issue.record("\(content)")
            return
        }
        let objects: [LinkStep: String] = [
            .dataFrame: "diffrn_data_frame", .arrayData: "array_data", .image: "array_data_external_data",
            .location: "array_data_external_data.uri",
        ]
        #expect(map.losses[loss].object == objects[step])
        #expect(map.stacks[0].content(frame: 0).count == 1)
    }

    @Test("an area has the pixels that the file states")
    func areas() throws {
        let map = try #require(readBlocks(SmallFile().text).first).frames.map
        #expect(map.stacks[0].whole == Area(slow: 0..<80, fast: 0..<100))
        #expect(map.stacks[0].runs.map(\.area) == [Area(slow: 0..<80, fast: 0..<100)])
    }

    @Test("names that count down are a run each")
    func reversed() throws {
        let rows = (0..<300).reversed().map { "https://a.org/i_\($0).cbf" }
        let map = try #require(block(names("uri"), rows)).frames.map
        #expect(map.stacks[0].runs.count == 300)
        #expect(!map.mayShareImages)
    }
}
