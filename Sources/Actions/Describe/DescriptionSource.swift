// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImageHeaders
import ImgCIF
import JSON
import NeXus
import RuleEngine
import Transport

/// A file that an imgCIF description can be made from, read into models.
struct DescriptionSource {
    let path: String
    var experiments: [Experiment]
    /// Word of `_array_data_external_data.format` for the images.
    let format: String
    /// Names of the images of each experiment, where the file is not the image itself.
    var imageNames: [[String]?]
    /// `Oscillation_axis` of an image header.
    var oscillationAxis: String?
    /// What was not taken over, one sentence each.
    var notes: [String] = []

    /// The file is one of a series of images.
    var isImage: Bool { format != "HDF5" && imageNames.allSatisfy { $0 == nil } }

    /// Reads a CBF, SMV, NXmx or experiment list, told by its bytes.
    init(_ path: String, settings: ReadingSettings) throws(Failure) {
        let source = try Source.open(Name(path))
        let head = try source.bytes(at: 0, count: 4096)
        self.path = path
        let isList = head.first { $0 > 0x20 } == 0x7B && !head.starts(with: "{\nHEADER_BYTES".utf8)
        switch ContentKind.of(head, hasSuperblock: false) {
        case .smv:
            format = "SMV"
            guard let header = SMVHeader(try source.mapped(), as: settings.source) else {
                throw Failure(
                    attempt: "read the header of", subject: path, code: .damaged, words: "it is no header of SMV")
            }
            experiments = [header.experiment(id: Self.name(of: path))]
            imageNames = [nil]
        case .other where isList:
            format = "CBF"
            (experiments, imageNames, notes) = try Self.list(source, settings.source)
        default:
            let reading = FileReading(source, settings: settings)
            if let failure = reading.failures.first {
                throw failure
            }
            let material = reading.material
            guard material.kind != .imgcif else {
                throw Failure(
                    attempt: "describe", subject: path, code: .foreign, words: "it is a description already",
                    remedy: "name the images, the master file or the experiment list")
            }
            format = material.kind == .cbf || material.kind == .minicbf ? "CBF" : "HDF5"
            experiments = material.experiments.map(\.experiment)
            imageNames = experiments.map { _ in nil }
            oscillationAxis = material.text?.readings.first?.header?.oscillationAxis?.value
            guard !experiments.isEmpty else {
                throw Failure(
                    attempt: "describe", subject: path, code: .foreign, words: material.withoutExperiment.sentence)
            }
        }
    }

    /// An experiment list of DIALS, with the images that it names.
    private static func list(_ source: Source, _ id: SourceID) throws(Failure)
        -> ([Experiment], [[String]?], [String])
    {
        let bytes = try source.mapped()
        let list: [DIALSExperiment]
        do {
            list = try DIALSExperimentList.read(bytes[0..<bytes.count], as: id)
        } catch {
            throw Failure(attempt: "read", subject: source.name.text, code: .foreign, words: error.sentence)
        }
        let names = list.map { item -> [String] in
            if !item.images.isEmpty { return item.images.map(name) }
            guard let template = item.template, let range = item.imageRange else { return [] }
            return range.map { number(in: name(of: template), $0) }
        }
        var leftOut: [String] = []
        for word in list.flatMap(\.leftOut) where !leftOut.contains(word) { leftOut.append(word) }
        let notes = leftOut.isEmpty ? [] : ["Left out: \(leftOut.joined(separator: ", "))."]
        return (list.map(\.experiment), names, notes)
    }

    /// The template with a number for its `#`.
    private static func number(in template: String, _ number: Int) -> String {
        guard let start = template.firstIndex(of: "#"), let end = template.lastIndex(of: "#") else { return template }
        let width = template.distance(from: start, to: end) + 1
        let digits = String(number)
        let filled = String(repeating: "0", count: max(0, width - digits.count)) + digits
        return template[..<start] + filled + template[template.index(after: end)...]
    }

    static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
