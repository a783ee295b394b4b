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
    var format: String
    /// The number of each image in its file, from 1, for each experiment; nil where each image is a file.
    var imageNumbers: [[Int]?] = []
    /// Names of the images of each experiment, where the file is not the image itself.
    var imageNames: [[String]?]
    /// `Oscillation_axis` of an image header.
    var oscillationAxis: String?
    /// What was not taken over, one sentence each.
    var notes: [String] = []

    /// The file is one of a series of images.
    var isImage: Bool { format != "HDF5" && imageNames.allSatisfy { $0 == nil } }

    /// Reads a CBF, SMV, NXmx or experiment list, told by its bytes.
    init(_ path: String, settings: ReadingSettings, given: GivenFacts = GivenFacts()) throws(Failure) {
        let source = try Input.open([path], by: settings.opener)
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
            experiments = [given.completing(header.experiment(id: Self.name(of: path)))]
            imageNames = [nil]
        case .other where isList:
            format = "CBF"
            experiments = []
            imageNames = []
            try readList(source, settings.source)
        default:
            let reading = FileReading(source, settings: settings)
            if let failure = reading.failures.first {
                throw failure
            }
            let material = reading.material
            let sections = material.text?.document.binarySections.count ?? 0
            if sections > 1, material.kind != .imgcif {
                throw Failure(
                    attempt: "describe", subject: path, code: .form("several sections"),
                    words: "it holds \(sections) binary sections, and a description names one image a file", remedy: "")
            }
            guard material.kind != .imgcif else {
                throw Failure(
                    attempt: "describe", subject: path, code: .foreign, words: Self.isDescribed,
                    remedy: "name the images, the master file or the experiment list")
            }
            format =
                switch material.kind {
                case .cbf, .minicbf: "CBF"
                case .tiff: "TIFF"
                default: "HDF5"
                }
            experiments = material.experiments.map(\.experiment)
            if material.kind == .minicbf || material.kind == .tiff, !given.isEmpty {
                experiments = experiments.map(given.completing)
            }
            imageNames = experiments.map { _ in nil }
            oscillationAxis = material.experiments.first?.reading?.header?.oscillationAxis?.value
            guard !experiments.isEmpty else {
                throw Failure(
                    attempt: "describe", subject: path, code: .foreign, words: material.withoutExperiment.sentence)
            }
        }
    }

    /// Why a description is not described.
    static let isDescribed = "it is a description already"

    /// The number of each image in its file, for an experiment; nil where each image is a file.
    func numbers(_ experiment: Int) -> [Int]? {
        imageNumbers.indices.contains(experiment) ? imageNumbers[experiment] : nil
    }

    static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
