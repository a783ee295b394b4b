// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Findings
import ImageHeaders
import Transport

/// An experiment list of DIALS with the files of its images.
///
/// - Source: docs/guide/convert.md.
struct ListedImages {
    /// One experiment.
    private struct Entry {
        let number: Int
        let listed: DIALSExperiment
        /// The words of its images, in their order.
        let files: [[String]]
    }

    let path: String
    private let entries: [Entry]
    private let text: [UInt8]
    /// Index of the first of its images among all that were read.
    var first = 0

    /// The words of all images, in the order of the experiments.
    var files: [[String]] { entries.flatMap(\.files) }

    /// A file is a list by its first bytes, and no image.
    static func isList(_ source: Source) throws(Failure) -> Bool {
        let head = try source.bytes(at: 0, count: 4096)
        return head.first { $0 > 0x20 } == 0x7B && !isSMV(head)
    }

    /// Reads a list.
    init(_ source: Source, path: String, request: ConversionRequest) throws(Failure) {
        self.path = path
        let all = try Self.experiments(source)
        let wanted = request.experiment.map { [$0] } ?? Array(1...max(1, all.count))
        var entries: [Entry] = []
        for number in wanted {
            guard all.indices.contains(number - 1) else {
                throw Failure(
                    usage: "'\(path)' has \(all.count) experiments, and --experiment names number \(number)",
                    remedy: "name one of them")
            }
            let listed = all[number - 1]
            entries.append(Entry(number: number, listed: listed, files: try Self.files(listed, of: path)))
        }
        self.entries = entries
        let bytes = try source.mapped()
        text = bytes[0..<bytes.count]
    }

    /// The experiments of a list that `--geometry` names.
    static func experiments(_ source: Source) throws(Failure) -> [DIALSExperiment] {
        let bytes = try source.mapped()
        do {
            return try DIALSExperimentList.read(bytes[0..<bytes.count])
        } catch {
            throw Failure(
                attempt: "read", subject: source.name.text, code: .foreign, words: error.sentence,
                remedy: "name an experiment list of DIALS, or images")
        }
    }

    private static func isSMV(_ head: [UInt8]) -> Bool {
        let text = head.filter { $0 > 0x20 }
        return text.starts(with: Array("{HEADER_BYTES".utf8))
    }

    /// The scans of the list: geometry and settings are its own, everything else comes from the images.
    func scans(_ images: [ConvertedImage]) throws(Failure) -> [ScanToConvert] {
        var scans: [ScanToConvert] = []
        var next = first
        for entry in entries {
            defer { next += entry.files.count }
            guard images.indices.contains(next), let header = images[next].experiments.first else { continue }
            let adopted = AdoptedGeometry(entry.listed.experiment, over: header, file: path, keepsScan: false)
            var experiment = adopted.experiment
            if !experiment.scans.isEmpty {
                experiment.scans[0].frameCount = Sourced(entry.files.count, .derived("the images of the list"))
            }
            let template = entry.listed.template ?? entry.files.first?.first ?? path
            var scan = ScanToConvert(
                name: ScanToConvert.stem(template.contains("#") ? template : SeriesName(path: template).template),
                template: template,
                experiment: experiment,
                frames: entry.files.indices.map { ScanToConvert.FrameOrigin(image: next + $0, scan: nil, frame: 0) })
            scan.hasGeometryOfItsOwn = true
            scan.notes = adopted.notes
            scan.listText = text
            if !entry.listed.leftOut.isEmpty {
                scan.notes.append(
                    ConversionNote(
                        "META-011", "not converted of '\(path)': \(entry.listed.leftOut.joined(separator: ", "))"))
            }
            scans.append(scan)
        }
        return scans
    }

    // MARK: Names of images

    private static let mostImages = 1_000_000

    private static func files(_ listed: DIALSExperiment, of list: String) throws(Failure) -> [[String]] {
        var names = listed.images
        if names.isEmpty, let template = listed.template {
            guard template.contains("#") else {
                throw Failure(
                    attempt: "convert", subject: list, code: .foreign,
                    words: "its images lie in '\(template)', which is HDF5 already",
                    remedy: "'imprimatur describe' describes such images")
            }
            guard let range = listed.imageRange, range.count <= mostImages else {
                throw Failure(
                    attempt: "convert", subject: list, code: .foreign,
                    words: "it says no range of images, or one of more than \(mostImages)", remedy: "mend the list")
            }
            names = range.map { number($0, in: template) }
        }
        guard !names.isEmpty else {
            throw Failure(
                attempt: "convert", subject: list, code: .foreign, words: "it names no images",
                remedy: "name the images, and the list with --geometry")
        }
        let folder = Name(list).folder
        var found: [[String]] = []
        for name in names {
            let own = Name(name)
            let candidates =
                own.isAbsolute
                ? [own, folder.appending(own.last)] : [folder.appending(own), folder.appending(own.last)]
            guard let path = candidates.first(where: { Folder.working.kind(behind: $0) == .file }) else {
                throw Failure(
                    attempt: "find the image", subject: name, code: .absent, words: "'\(list)' names it",
                    remedy: "put the images where the list says, or beside the list")
            }
            found.append([path.text])
        }
        return found
    }

    /// The template with a number for its `#`.
    private static func number(_ number: Int, in template: String) -> String {
        guard let start = template.firstIndex(of: "#"), let end = template.lastIndex(of: "#") else { return template }
        let width = template.distance(from: start, to: end) + 1
        let digits = String(number)
        let filled = String(repeating: "0", count: max(0, width - digits.count)) + digits
        return template[..<start] + filled + template[template.index(after: end)...]
    }
}
