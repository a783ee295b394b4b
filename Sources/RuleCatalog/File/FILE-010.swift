// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import RuleEngine

extension Rule {
    static let file010 = Rule(
        "FILE-010", .B, "image data pass through a second filter", applies: .anyNeXus,
        what: """
            The number of filters that each dataset of images passes through, for example shuffle or a checksum beside \
            the compression.
            """,
        why: "Readers that take raw chunks decode one filter only, and give noise or stop.",
        fix: "Write the images with one filter, such as bitshuffle with LZ4.",
        references: ["dectris/neggia:src/dectris/neggia/user/Dataset.cpp", "DiamondLightSource/durin:src/file.c"],
        needs: ["FILE-001"],
        checks: [.tree(severalFilters)])
}

private func severalFilters(_ view: TreeView, _ verdicts: inout Verdicts) {
    guard let files = view.files, view.holdsFrames else { return }
    for image in view.images(in: files) where image.dataset.filters.count > 1 {
        let names = image.dataset.filters.map(\.name).joined(separator: ", ")
        verdicts.report(
            "image data pass through \(image.dataset.filters.count) filters (\(Wording.excerpt(names))); readers that take raw "
                + "chunks expect one",
            at: [image.place],
            values: [("n", .integer(image.dataset.filters.count)), ("names", .text(names))],
            subjects: [Subject(.dataset, image.path)])
    }
}
