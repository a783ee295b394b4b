// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImgCIF
import RuleEngine

extension Rule {
    static let data010 = Rule(
        "DATA-010", .A, "HDF5 path is not an image dataset", applies: .imgCIF,
        what: """
            Each row of external data in HDF5 has the path of a dataset. By the text: a path that is there, that names \
            something below the root, and that has no part '..', which HDF5 does not follow. Where the file is opened: the \
            path leads to a dataset of numbers with a dimension for frames, or of one frame.
            """,
        why: "An HDF5 file holds many datasets; without the path of the images no program can tell which is meant.",
        fix: "Write the dataset into _array_data_external_data.path, for example /entry/data/data.",
        references: ["imgCIF _array_data_external_data.path"],
        checks: [.text(pathsOfNoImages), .archive(pathsToNoImages)])
}

private func pathsOfNoImages(_ view: TextView, _ verdicts: inout Verdicts) {
    for (reading, block) in zip(view.readings, view.blocks) {
        let data = reading.externalData
        var found = ExternalRows()
        for row in 0..<data.rowCount where data.format(row) == "HDF5" {
            let path = data.text(.path, row)
            let fault: String
            switch path {
            case nil: fault = "is HDF5, and no path leads to its images"
            case let path? where path.allSatisfy { $0 == "/" || $0 == "." || $0 == " " }:
                fault = "is HDF5, and its path '\(Wording.excerpt(path))' names no dataset"
            case let path? where path.split(separator: "/").contains(".."):
                fault = "is HDF5, and its path '\(Wording.excerpt(path))' has '..', which HDF5 does not follow"
            default: continue
            }
            let item: ExternalData.Item = data.column(.path) == nil ? .format : .path
            found.add(path ?? "?", row, at: data.place(item, row), "'\(data.shownFile(row))' \(fault)")
        }
        for group in found.groups {
            verdicts.report(
                group.words + group.number, at: group.places, values: [("n", .integer(group.rows.count))],
                count: group.rows.count, subjects: [Subject(.category, "array_data_external_data", in: block.name)])
        }
    }
}

/// Paths of files that were opened.
private func pathsToNoImages(_ view: ArchiveView, _ verdicts: inout Verdicts) {
    for one in view.pathless {
        let found = one.found.isEmpty ? "" : " but \(one.found)"
        let others = one.others.map { "'\(Wording.excerpt($0))'" }
        verdicts.report(
            "'\(Wording.excerpt(one.file, limit: 80))' has no image dataset at '\(Wording.excerpt(one.path))'\(found)"
                + (others.isEmpty ? "; it has none anywhere" : "; it has \(Wording.list(others, limit: 3))"),
            at: [one.place],
            values: [
                ("file", .text(one.file)), ("path", .text(one.path)),
                ("found", .list(one.others.map { .text($0) })),
            ], subjects: [Subject(.category, "array_data_external_data", in: one.scope)])
    }
}
