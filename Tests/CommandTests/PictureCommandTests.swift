// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// `inspect --frame`, `--strip` and `--max`. Oracle: the signature and the sizes in a PNG file, and what reports.md says
/// of exit codes and outputs.
@Suite struct PictureCommandTests {
    private let folder: URL

    init() throws {
        folder = try Folder.temporary()
        try Data(miniCBF(usualHeader)).write(to: folder.appendingPathComponent("a_00001.cbf"))
    }

    private func file(_ name: String) -> URL { folder.appendingPathComponent(name) }

    /// Width and height of a PNG file.
    private func size(_ name: String) throws -> [Int] {
        let bytes = [UInt8](try Data(contentsOf: file(name)))
        #expect(Array(bytes.prefix(8)) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        return [16, 20].map { start in bytes[start..<(start + 4)].reduce(0) { $0 << 8 | Int($1) } }
    }

    @Test("a frame, a strip and the greatest counts are written as PNG files", arguments: [false, true])
    func writesPictures(isIsolated: Bool) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let before = try Data(contentsOf: file("a_00001.cbf"))
        let forms = [["--frame", "1"], ["--strip"], ["--max", "1-1"], ["--frame", "1", "--full"]]
        for (number, form) in forms.enumerated() {
            let words =
                ["inspect"] + form + ["-o", "\(number).png"] + (isIsolated ? ["--isolate"] : []) + ["a_00001.cbf"]
            let result = try BuiltProgram.run(words, in: folder, input: "", environment: [:])
            #expect(result.code == 0 && result.output.isEmpty && result.complaints.isEmpty, "\(result.complaints)")
            let size = try size("\(number).png")
            #expect(size[0] >= 560 && size[1] > 200)
        }
        #expect(try Data(contentsOf: file("a_00001.cbf")) == before)
    }

    @Test(
        "wrong requests end with 2 and write nothing",
        arguments: [
            (["--frame", "2", "-o", "b.png"], "its only frame is 1"), (["--frame", "0", "-o", "b.png"], "from 1"),
            (["--max", "3-2", "-o", "b.png"], "such as 1-100"), (["--frame", "1"], "names the PNG file"),
            (["-o", "b.png"], "go with --frame"), (["--frame", "1", "--strip", "-o", "b.png"], "with one another"),
            (["--frame", "1", "--json", "-o", "b.png"], "print words"),
            (["--frame", "1", "--scan", "S9", "-o", "b.png"], "no scan 'S9'"),
            (["--frame", "1", "-o", "a_00001.cbf", "--force"], "an input of this run"),
            (["--frame", "1", "-o", "old.png"], "there is such a file already"),
            (["--frame", "1", "-o", "other.cbf", "--force"], "holds diffraction data"),
        ])
    func refusals(words: [String], said: String) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("old".utf8).write(to: file("old.png"))
        try Data(miniCBF(usualHeader)).write(to: file("other.cbf"))
        let result = try BuiltProgram.run(
            ["inspect"] + words + ["a_00001.cbf"], in: folder, input: "", environment: [:])
        #expect(result.code == 2 && result.complaints.contains(said), "\(result.code) \(result.complaints)")
        #expect(!FileManager.default.fileExists(atPath: file("b.png").path))
        #expect(try Data(contentsOf: file("old.png")) == Data("old".utf8))
        #expect(try [UInt8](Data(contentsOf: file("other.cbf"))) == miniCBF(usualHeader))
    }

    @Test("a frame that cannot be read ends with 3, says why and writes nothing")
    func unreadFrame() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let whole = miniCBF(usualHeader)
        try Data(whole.prefix(whole.count - 120)).write(to: file("cut.cbf"))
        let words = ["inspect", "--frame", "1", "-o", "b.png", "cut.cbf"]
        let result = try BuiltProgram.run(words, in: folder, input: "", environment: [:])
        #expect(result.code == 3 && result.complaints.contains("frame 1 is not read"), "\(result.complaints)")
        #expect(!FileManager.default.fileExists(atPath: file("b.png").path))
    }
}
