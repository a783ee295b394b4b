// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Archive
import CIF
import Diffraction
import ImageHeaders
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

    /// Reads a description that was just written.
    init(description bytes: [UInt8], settings: ReadingSettings) {
        let source = Source(memory: ByteBuffer(bytes), name: Name("the description"))
        self.init(document: Document.parse(ByteBuffer(bytes)), source: source, settings: settings)
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
        let readings = document.readBlocks(as: settings.source)
        let kind = Self.kind(of: document, readings)
        let check = DictionaryConformance(document, readings, settings: settings)
        let view = TextView(
            document: document, readings: readings, kind: kind, conformance: check.conformance, dictionary: check.facts,
            instruments: settings.instruments?.ask)
        var failures = check.failure.map { [$0] } ?? []
        if readings.isEmpty {
            failures.append(
                Failure(
                    attempt: "find a description of images in", subject: source.name.text, code: .foreign,
                    words: "no data block holds an item of imgCIF, such as _axis.id or _array_data.data",
                    remedy: "name the file that describes the images"))
        }
        self.init(
            material: Material(
                kind: kind, text: view, experiments: view.experiments,
                withoutExperiment: readings.contains { $0.header?.isOfTable == true }
                    ? .kind("the file holds a table of XDS in the form of an image")
                    : .absent("the file describes no experiment")),
            size: source.size,
            failures: failures)
        if kind == .imgcif { material.kinship.images = Self.namedImages(view.experiments.map(\.experiment)) }
        if readings.isEmpty, !document.blocks.isEmpty { material.kinship.foreignWords = "CIF without images" }
    }

    /// The first and the last image of each scan, as far as they are named.
    private static func namedImages(_ experiments: [Experiment]) -> [String] {
        var names: [String] = []
        for scan in experiments.flatMap(\.scans) {
            for frame in Set([0, max(0, scan.frameCount.value - 1)]).sorted() {
                guard let image = scan.image?(frame)?.value, let location = image.location else { continue }
                names.append([location, image.member, image.path, image.frame].map { $0 ?? "" }.joined(separator: " "))
            }
        }
        return names
    }

    /// External data, or several frames, make a description of a data set; the pixels of one frame make an image,
    /// whatever the first line says. Without either the first line decides.
    private static func kind(of document: Document, _ readings: [BlockReading]) -> FileKind {
        if readings.contains(where: { $0.kind == .imgCIF && $0.externalData.rowCount > 0 }) { return .imgcif }
        if !document.binarySections.isEmpty, readings.allSatisfy({ $0.links.frameCount <= 1 }) {
            return readings.contains { $0.kind == .miniCBF } ? .minicbf : .cbf
        }
        guard case .cbf = document.version else { return .imgcif }
        return readings.contains { $0.kind == .miniCBF } ? .minicbf : .cbf
    }
}
