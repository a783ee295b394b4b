// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Archive
import CIF
import Diffraction
import ImgCIF
import RuleEngine
import Transport

extension FileReading {
    /// Reads CIF or CBF text.
    init(text source: Source, settings: ReadingSettings) {
        do throws(Failure) {
            let document = Document.parse(try source.mapped())
            self.init(document: document, source: source, settings: settings)
        } catch {
            self.init(unread: error, kind: .imgcif, size: source.size)
        }
    }

    /// Reads CIF or CBF text inside a compression; an HDF5 file would have to be unpacked to be of use to anybody.
    init(wrapped source: Source, in wrapper: Wrapper, settings: ReadingSettings) {
        do throws(Failure) {
            let contents = try Wrapper.contents(of: source)
            let head = contents[0..<4096]
            guard ContentKind.of(head, hasSuperblock: false) == .cif else {
                throw Failure(
                    attempt: "read", subject: source.name.text, code: .foreign,
                    words: "what \(wrapper.rawValue) holds is not CIF text",
                    remedy: "decompress the file and name what comes out")
            }
            self.init(document: Document.parse(contents), source: source, settings: settings)
        } catch {
            self.init(unread: error, kind: .unknown, size: source.size)
        }
    }

    private init(unread error: Failure, kind: FileKind, size: Int) {
        let failure = Failure(
            attempt: error.attempt + " the file", subject: error.subject, code: error.code, words: error.cause,
            remedy: error.remedy)
        self.init(material: Material(kind: kind), size: size, failures: [failure])
    }

    private init(document: Document, source: Source, settings: ReadingSettings) {
        let kind = Self.kind(of: document)
        let readings = document.readBlocks(as: settings.source)
        let check = DictionaryConformance(document, readings, settings: settings)
        let view = TextView(
            document: document, readings: readings, kind: kind, conformance: check.conformance, dictionary: check.facts)
        var failures = check.failure.map { [$0] } ?? []
        if readings.isEmpty {
            failures.append(
                Failure(
                    attempt: "find a description of images in", subject: source.name.text, code: .foreign,
                    words: "no data block holds an item of imgCIF, such as _axis.id or _array_data.data",
                    remedy: "name the file that describes the images"))
        }
        self.init(
            material: Material(kind: kind, text: view, experiments: view.experiments), size: source.size,
            failures: failures)
    }

    private static func kind(of document: Document) -> FileKind {
        guard case .cbf = document.version else { return .imgcif }
        return document.blocks.contains { $0.imgCIFKind == .miniCBF } ? .minicbf : .cbf
    }
}
