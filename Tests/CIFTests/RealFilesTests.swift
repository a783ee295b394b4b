// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Foundation
import TestSupport
import Testing
import Transport

/// Oracle: the files themselves; each was written by a beamline or an archive and is good CIF or CBF unless listed.
@Suite("Real files") struct RealFilesTests {
    static var files: [URL] {
        guard let shared = Folder.shared else { return [] }
        let kinds: Set = ["cif", "cbf", "imgcif", "dic"]
        return ["corpus/real", "corpus/convert", "reference/cif-dictionaries"].flatMap { folder -> [URL] in
            let walk = FileManager.default.enumerator(
                at: shared.appendingPathComponent(folder), includingPropertiesForKeys: nil)
            return (walk?.allObjects ?? []).compactMap { $0 as? URL }.filter { kinds.contains($0.pathExtension) }
        }.sorted { $0.path < $1.path }
    }

    /// Files that do have faults; cod-tools 3.7 names the same two places in test1.cif, misc.cif holds a no-break space.
    static let faulty = [
        "test1.cif": ["56:1 irregularLoop", "123:1 unterminatedText"], "misc.cif": ["62:52 newerSyntax"],
    ]

    @Test("give their own faults and no others", .enabled(if: Folder.shared != nil), arguments: files)
    func realFiles(file: URL) throws {
        let document = Document.parse(try ByteBuffer(mapping: file.path))
        let found = document.faults.map { fault in
            let place = document.position(of: fault.offset)
            return "\(place.line):\(place.column) \(fault.kind)"
        }
        #expect(found == Self.faulty[file.lastPathComponent, default: []])
        #expect(!document.blocks.isEmpty)
        let hasData = document.blocks.contains { $0.column("_array_data.data") != nil }
        #expect(document.binarySections.isEmpty == !hasData)
    }
}
