// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CorpusRecipes
import Foundation
import Glibc
import Report
import TestSupport
import Testing

/// Oracle: inotify(7), which tells each open of a file, in whatever process.
@Suite final class OpenedOnceTests {
    private let folder: URL

    init() throws {
        folder = try Folder.temporary()
        let recipe = Folder.checkout.appendingPathComponent("corpora/FILE-007/pass-all-frames.nxs.json").path
        try Recipe(reading: recipe).build(at: folder.appendingPathComponent("a.nxs").path)
        for (name, text) in [("b.cif", SmallFiles.good), ("c.cif", SmallFiles.circle)] {
            try Data(text.utf8).write(to: folder.appendingPathComponent(name))
        }
        try Data(miniCBF([])).write(to: folder.appendingPathComponent("d_00001.cbf"))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private static let names = ["a.nxs", "a_000001.h5", "a_000002.h5", "b.cif", "c.cif", "d_00001.cbf"]

    private static let inputs = [["a.nxs"], ["b.cif"], ["d_00001.cbf"], ["a.nxs", "b.cif", "c.cif", "d_00001.cbf"]]

    private static let commands: [[String]] =
        Formats.all.flatMap { form in inputs.map { ["check", "-f", form.row.name] + $0 } }
        + inputs.map { ["check", "--isolate", "--all"] + $0 }
        + inputs.map { ["check", "-f", "jsonl", "--compat", "checkimgcif"] + $0 }
        + inputs.map { ["check", "--frames", "all", "-f", "html"] + $0 }
        + inputs.flatMap { [["inspect"] + $0, ["inspect", "--json"] + $0, ["inspect", "--layout"] + $0] }
        + inputs.map { ["inspect", "--table", "raw-data"] + $0 } + inputs.map { ["checksum"] + $0 }
        + [["compare", "a.nxs", "b.cif"], ["compare", "b.cif", "c.cif"], ["describe", "d_00001.cbf"]]

    @Test(arguments: commands) func `each input is opened once, whatever is printed of it`(command: [String]) throws {
        let watch = inotify_init1(Int32(IN_NONBLOCK))
        #expect(watch >= 0)
        defer { close(watch) }
        let marks = Self.names.map { inotify_add_watch(watch, folder.appendingPathComponent($0).path, UInt32(IN_OPEN)) }
        #expect(marks.allSatisfy { $0 >= 0 })
        let result = try BuiltProgram.run(
            command, in: folder, input: "",
            environment: ["IMPRIMATUR_RULES": Folder.checkout.appendingPathComponent("rules").path])
        var counts: [Int32: Int] = [:]
        var bytes = [UInt8](repeating: 0, count: 65_536)
        // An event is a watch, a mask, a cookie and the length of a name, which a watched file does not have.
        let count = max(0, Glibc.read(watch, &bytes, bytes.count))
        for start in stride(from: 0, to: count - count % 16, by: 16) {
            let mark = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: start, as: Int32.self) }
            counts[mark, default: 0] += 1
        }
        let linked: Set<String> = command.contains("a.nxs") ? ["a_000001.h5", "a_000002.h5"] : []
        for (name, mark) in zip(Self.names, marks) {
            let count = counts[mark, default: 0]
            // Digests and a look at the bytes of a file follow no link.
            let mayStayShut = linked.contains(name) && (command[0] == "checksum" || command.contains("--layout"))
            let wanted = command.contains(name) || linked.contains(name) ? 1 : 0
            #expect(count == wanted || count == 0 && mayStayShut, "\(name): \(count), \(result.complaints)")
        }
    }
}
