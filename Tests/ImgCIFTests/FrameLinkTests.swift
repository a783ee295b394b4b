// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import ImgCIF
import Testing

/// Oracle: the file itself; each case changes one link and says what follows.
@Suite("frames lead to their data")
struct FrameLinkTests {
    private func links(_ file: SmallFile) throws -> FrameLinks { try #require(readBlocks(file.text).first).links }

    @Test("every frame of a sound file reaches its row of external data")
    func sound() throws {
        let reading = try #require(readBlocks(SmallFile().text).first)
        let links = reading.links
        #expect(links.frameCount == 2)
        #expect(links.images.map(\.externalRow) == [0, 1])
        #expect(links.broken.isEmpty && links.assumptions.isEmpty)
        #expect(links.unused.external.isEmpty && links.unused.arrayData.isEmpty && links.unused.dataFrames.isEmpty)
        #expect(links.frameID(1) == "f2")
        let row = try #require(reading.externalData[1])
        #expect(row.format == "HDF5" && row.frame == "2" && row.path == "/entry/data" && row.archivePath == nil)
    }

    @Test("the first step that fails is named with its frames", arguments: LinkStep.allCases)
    func broken(_ step: LinkStep) throws {
        var file = SmallFile()
        switch step {
        case .dataFrame: file.data = file.data.replacing("f2 face A 2", with: "f3 face A 2")
        case .arrayData: file.data = file.data.replacing("f2 face A 2", with: "f2 face A 3")
        case .image: file.data = file.data.replacing("A 2 e2", with: "A 2 e3")
        case .location: file.data = file.data.replacing("e2 HDF5 https://example.org/a.h5", with: "e2 HDF5 ?")
        }
        let broken = try links(file).broken
        #expect(broken.count == 1)
        #expect(broken.first?.step == step && broken.first?.frames == [1])
    }

    @Test("one value that meets one unlike value is taken to mean it, and said so")
    func onlyRow() throws {
        var file = SmallFile()
        file.data = file.data.replacing("A 1 e1\nA 2 e2", with: "1 1 e1\n1 2 e2")
        let links = try links(file)
        #expect(links.broken.isEmpty)
        #expect(
            links.assumptions.map { [$0.kind.rawValue, $0.child, $0.childValue, $0.parentValue] } == [
                ["onlyRow", "_diffrn_data_frame.array_id", "A", "1"]
            ])
    }

    @Test("frames that name one other scan belong to the only scan")
    func otherScan() throws {
        var file = SmallFile()
        file.scans = file.scans.replacing("f1 S1 1", with: "f1 SCAN 1").replacing("f2 S1 2", with: "f2 SCAN 2")
        let links = try links(file)
        #expect(links.scans.map(\.id) == ["S1"])
        #expect(links.assumptions.map(\.kind) == [.onlyRow])
    }

    @Test("frames without DIFFRN_SCAN make scans of their own")
    func noScan() throws {
        var file = SmallFile()
        file.scans = """
            loop_ _diffrn_scan_frame.frame_id _diffrn_scan_frame.scan_id _diffrn_scan_frame.frame_number
            f1 X 1
            f2 Y 1
            """
        let links = try links(file)
        #expect(links.scans.map(\.id) == ["X", "Y"])
        #expect(links.assumptions.map(\.kind) == [.absentCategory])
    }

    @Test("a frame of several panels has several images")
    func panels() throws {
        var file = SmallFile()
        file.data = file.data.replacing("f2 face A 2", with: "f1 face A 2\nf2 face A 2")
        let links = try links(file)
        #expect(links.images(ofFrame: 0).map(\.arrayDataRow) == [0, 1])
        #expect(links.images(ofFrame: 1).map(\.arrayDataRow) == [1])
    }

    @Test("rows that nothing leads to are counted")
    func unused() throws {
        var file = SmallFile()
        file.data = file.data.replacing("f2 face A 2\n", with: "f2 face A 2\nf9 face A 1\n") + "\ne7 HDF5 x /d 1\n"
        let unused = try links(file).unused
        #expect(unused.dataFrames == [2] && unused.external == [2] && unused.arrayData.isEmpty)
    }

    @Test("ids that repeat everywhere do not multiply without end")
    func product() throws {
        var file = SmallFile()
        let frames = (1...400).map { "f S1 \($0) 0.1" }.joined(separator: "\n")
        file.scans = file.scans.replacing("f1 S1 1 0.1\nf2 S1 2 0.1", with: frames)
        file.data = file.data.replacing(
            "f1 face A 1\nf2 face A 2", with: (1...400).map { "f face A \($0)" }.joined(separator: "\n"))
        #expect(try links(file).images.count <= 16 * 800 + 400)
    }
}
