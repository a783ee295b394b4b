// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import ImageHeaders
import Transport

extension DescriptionSource {
    /// Reads an experiment list of DIALS, with the images that it names.
    mutating func readList(_ source: Source, _ id: SourceID) throws(Failure) {
        let bytes = try source.mapped()
        let list: [DIALSExperiment]
        do {
            list = try DIALSExperimentList.read(bytes[0..<bytes.count], as: id)
        } catch {
            throw Failure(attempt: "read", subject: source.name.text, code: .foreign, words: error.sentence)
        }
        experiments = list.map(\.experiment)
        imageNames = list.map(Self.names)
        imageNumbers = list.map { item in
            guard let template = item.template, item.images.isEmpty, !template.contains("#") else { return nil }
            return (item.indices ?? item.imageRange.map { $0.map { $0 - 1 } })?.map { $0 + 1 }
        }
        let files = list.compactMap { $0.template ?? $0.images.first }
        for file in files {
            let found = try Self.format(of: file, in: source.name.text)
            guard file == files.first || found == format else {
                throw Failure(
                    attempt: "describe", subject: source.name.text, code: .form("several formats"),
                    words: "its images are of several formats, \(format) and \(found)", remedy: "describe them apart")
            }
            format = found
        }
        if format == "HDF5" {
            notes.append(
                "Assumed: the images of the HDF5 file are its dataset \(Self.usualPath); the list does not name it.")
        }
        var leftOut: [String] = []
        for word in list.flatMap(\.leftOut) where !leftOut.contains(word) { leftOut.append(word) }
        if !leftOut.isEmpty { notes.append("Left out: \(leftOut.joined(separator: ", ")).") }
    }

    /// The dataset of frames in a NeXus master, where a list does not say.
    static let usualPath = "/entry/data/data"

    /// The names of the images, one a frame; one file may serve for many.
    private static func names(_ item: DIALSExperiment) -> [String] {
        if !item.images.isEmpty { return item.images.map(name) }
        guard let template = item.template else { return [] }
        let file = name(of: template)
        guard template.contains("#") else {
            let count = item.indices?.count ?? item.imageRange?.count ?? 0
            return [String](repeating: file, count: count)
        }
        return item.imageRange?.map { number(in: file, $0) } ?? []
    }

    /// The word of the dictionary for the format that the ending of a name tells.
    private static func format(of file: String, in list: String) throws(Failure) -> String {
        var lower = file.lowercased()[...]
        for packed in [".gz", ".bz2"] where lower.hasSuffix(packed) { lower = lower.dropLast(packed.count) }
        let ending = lower.split(separator: ".").last.map(String.init) ?? ""
        switch ending {
        case "cbf": return "CBF"
        case "h5", "hdf5", "nxs", "nx5", "hdf": return "HDF5"
        case "tif", "tiff": return "TIFF"
        case "img", "smv": return "SMV"
        case "sfrm", "gfrm": return "Bruker"
        case "mccd", "mar2300", "mar3450", "marccd": return "MAR"
        default:
            throw Failure(
                attempt: "describe", subject: list, code: .form(ending),
                words:
                    "'\(name(of: file))' is of no format that imgCIF has a word for (CBF, SMV, HDF5, TIFF, MAR, Bruker)",
                remedy: "convert the images, to CBF or HDF5 for example")
        }
    }

    /// The template with a number for its `#`.
    private static func number(in template: String, _ number: Int) -> String {
        guard let start = template.firstIndex(of: "#"), let end = template.lastIndex(of: "#") else { return template }
        let width = template.distance(from: start, to: end) + 1
        let digits = String(number)
        let filled = String(repeating: "0", count: max(0, width - digits.count)) + digits
        return template[..<start] + filled + template[template.index(after: end)...]
    }
}
