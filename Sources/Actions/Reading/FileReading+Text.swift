// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImgCIF
import RuleEngine
import Transport

extension FileReading {
    /// Reads CIF or CBF text.
    init(text path: String, size: Int) {
        do {
            let document = Document.parse(try ByteBuffer(mapping: path))
            self.init(document: document, path: path, size: size)
        } catch {
            let failure = FileFailure(
                attempt: error.attempt + " the file", subject: error.subject, cause: error.cause, remedy: error.remedy)
            self.init(material: Material(kind: .imgcif), size: size, failures: [failure])
        }
    }

    private init(document: Document, path: String, size: Int) {
        let kind = Self.kind(of: document)
        let readings = document.readBlocks()
        let view = TextView(document: document, readings: readings, kind: kind)
        var failures: [FileFailure] = []
        if readings.isEmpty {
            failures.append(
                FileFailure(
                    attempt: "find a description of images in", subject: path,
                    cause: "no data block holds an item of imgCIF, such as _axis.id or _array_data.data",
                    remedy: "name the file that describes the images"))
        }
        self.init(
            material: Material(kind: kind, text: view, experiments: view.experiments), size: size, failures: failures)
    }

    private static func kind(of document: Document) -> FileKind {
        guard case .cbf = document.version else { return .imgcif }
        return document.blocks.contains { $0.imgCIFKind == .miniCBF } ? .minicbf : .cbf
    }
}
