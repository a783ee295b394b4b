// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import ImageHeaders
import ImgCIF
import RuleEngine
import Transport

extension FileReading {
    /// Reads the header of an SMV image.
    init(smv source: Source, settings: ReadingSettings) {
        do throws(Failure) {
            let buffer = try source.mapped()
            guard let header = SMVHeader(buffer, as: settings.source) else {
                throw Failure(
                    attempt: "read the header of", subject: source.name.text, code: .damaged,
                    words: "it is no header of SMV", remedy: "write the image again")
            }
            let starts = buffer.withUnsafeBytes { LineStarts(of: $0, limit: header.headerBytes) }
            self.init(
                image: source, kind: .smv,
                header.experiment(id: Self.name(of: source)), header: header.items, lines: .starts(starts), settings)
        } catch {
            self.init(unopened: error, size: source.size)
        }
    }

    /// Reads the header of a TIFF image; one that says nothing of an experiment is passed over.
    init(tiff source: Source, head: [UInt8], settings: ReadingSettings) {
        do throws(Failure) {
            let header = TIFFHeader(try source.mapped(), as: settings.source)
            guard let header, let experiment = header.experiment(id: Self.name(of: source), in: settings.source) else {
                self.init(source, passedOver: .tiff, head: head)
                return
            }
            self.init(image: source, kind: .tiff, experiment, header: header.comments, lines: .none, settings)
        } catch {
            self.init(unopened: error, size: source.size)
        }
    }

    private init(
        image source: Source, kind: FileKind, _ experiment: Experiment, header: ImageHeader?,
        lines: SourceList.Lines, _ settings: ReadingSettings
    ) {
        let name = Self.name(of: source)
        let views = BlockReading.image(named: name, experiment, header: header, in: settings.source).map { image in
            ExperimentView(
                experiment: experiment, kind: kind, scope: name, block: image.block, reading: image.reading)
        }
        self.init(
            material: Material(
                kind: kind, experiments: views.map { [$0] } ?? [],
                sources: SourceList([SourceList.Entry(name: "", role: .main, lines: lines)])),
            size: source.size, failures: [])
    }

    private static func name(of source: Source) -> String {
        source.name.text.split(separator: "/").last.map(String.init) ?? source.name.text
    }
}
