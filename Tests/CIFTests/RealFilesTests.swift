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

    @Test("give no false fault", .enabled(if: Folder.shared != nil), arguments: files)
    func goodFilesAreSilent(file: URL) throws {
        let document = Document.parse(try ByteBuffer(mapping: file.path))
        for fault in document.faults {
            let place = document.position(of: fault.offset)
            print(
                "\(file.lastPathComponent):\(place.line):\(place.column) \(fault.kind) \(fault.count) '\(fault.token)' \(fault.details)"
            )
        }
        #expect(!document.blocks.isEmpty)
    }
}
