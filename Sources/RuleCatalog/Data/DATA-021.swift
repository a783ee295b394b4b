// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import HDF5
import RuleEngine

extension Rule {
    static let data021 = Rule(
        "DATA-021", .G, "no checksum protects the image data", applies: .both,
        what: """
            The metadata alone: binary sections of imgCIF and CBF without Content-MD5, and datasets of frames in HDF5 \
            files without the filter Fletcher-32. Frames whose files a manifest lists, as in a package, are covered by \
            its digests; 'imprimatur check' sees one file and looks for no manifest.
            """,
        why:
            "Bitshuffle with LZ4 decodes most faults of a single bit without notice: wrong counts look measured.",
        fix: "Keep the table of 'imprimatur checksum --chunks' beside the data, and compare by 'imprimatur verify'.",
        references: ["imgCIF _array_data.data (Content-MD5)", "HDF5 Fletcher32 filter"],
        needs: ["FILE-001"],
        checks: [.text(sectionsWithoutSums), .tree(datasetsWithoutSums)])
}

private func sectionsWithoutSums(_ view: TextView, _ verdicts: inout Verdicts) {
    let sections = view.document.binarySections
    guard let first = sections.first(where: { ($0.header("Content-MD5") ?? "").allSatisfy(\.isWhitespace) }) else {
        return
    }
    tell(
        ["the file itself"], .text(offset: first.offset, item: nil, row: nil),
        sections.count == 1
            ? "; its binary section has no Content-MD5"
            : "; of \(sections.count) binary sections some have no Content-MD5",
        &verdicts)
}

private func datasetsWithoutSums(_ view: TreeView, _ verdicts: inout Verdicts) {
    guard let files = view.files, view.holdsFrames else { return }
    let bare = view.images(in: files).filter { image in
        !image.dataset.filters.contains { $0.id == fletcher32 }
    }
    guard let first = bare.first else { return }
    var names: [String] = []
    for image in bare {
        let number = Int(image.source.index)
        let name =
            image.source == .main || !files.files.indices.contains(number)
            ? "the file itself" : files.files[number].name
        if !names.contains(name) { names.append(name) }
    }
    tell(names, first.place, "", &verdicts)
}

/// Number of the filter in every HDF5 library.
private let fletcher32 = 3

private func tell(_ files: [String], _ place: Place, _ words: String, _ verdicts: inout Verdicts) {
    guard let first = files.first else { return }
    let subject =
        files.count == 1 ? "1 file with image data carries" : "\(files.count) files with image data carry"
    let name = first == "the file itself" ? first : "'\(Wording.excerpt(first, limit: 100))'"
    verdicts.report(
        "\(subject) no checksum (first \(name))\(words)", at: [place],
        values: [("n", .integer(files.count)), ("file", .text(first))], count: files.count)
}
