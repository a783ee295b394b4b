// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import ImageCodecs
import RuleEngine

extension Rule {
    static let file008 = Rule(
        "FILE-008", .B, "image data use a filter that readers commonly lack", applies: .both,
        parameters: [
            Parameter(
                "commonFilters", "Filters that readers have",
                words: ["1", "2", "3", "4", "32000", "32004", "32008", "32015"])
        ],
        what: """
            The filters of each dataset of images, by their registered numbers. Those that readers carry pass: \
            deflate, shuffle, Fletcher32, szip, n-bit, scale-offset, LZF, LZ4, bitshuffle, Zstandard. Bitshuffle with \
            Zstandard in it is told at C: the number is the common one, and many readers were built with LZ4 alone. Behind a number that nobody registered \
            no reader can be expected to find the frames, so that such a file is not checked.
            """,
        why: "A reader without the plugin of the filter cannot open a single frame.",
        fix: "Write the images with bitshuffle and LZ4, or with deflate.",
        references: ["HDF Group registered filter plugins", "dials/dials#133", "h5py/h5py#923"],
        needs: ["FILE-001"],
        checks: [.tree(rareFilters)])
}

private func rareFilters(_ view: TreeView, _ verdicts: inout Verdicts) {
    guard let files = view.files, view.holdsFrames else { return }
    // n-bit and scale-offset are in every HDF5 library.
    let common = Set(verdicts.words("commonFilters").compactMap { Int($0) } + [5, 6])
    for image in view.images(in: files) {
        guard let filter = image.dataset.filters.first(where: { !common.contains($0.id) }) else {
            tellCompressor(of: image, &verdicts)
            continue
        }
        let isKnown = FilterNames.predefined[filter.id] != nil || FilterNames.registered[filter.id] != nil
        if !isKnown {
            let file = image.source == .main ? "" : "\(files.files[Int(image.source.index)].name):"
            verdicts.notChecked(
                .unread("the frames of '\(file)\(image.path)' are behind filter \(filter.id), which nobody registered"))
        }
        verdicts.report(
            "image data use filter \(filter.id) (\(filter.name.isEmpty ? "without a name" : Wording.excerpt(filter.name))); readers without that plugin "
                + "cannot open the frames",
            at: [image.place],
            values: [("id", .integer(filter.id)), ("name", .text(filter.name))],
            subjects: [Subject(.dataset, image.path)])
    }
}

/// Zstandard inside bitshuffle, which its parameters name.
///
/// - Source: bitshuffle, `bshuf_h5filter.h`: the fifth parameter is 0 for none, 2 for LZ4, 3 for Zstandard.
private func tellCompressor(of image: ImageDataset, _ verdicts: inout Verdicts) {
    let zstandard: UInt32 = 3
    for filter in image.dataset.filters
    where filter.id == FilterNumber.bitshuffle && filter.parameters.dropFirst(4).first == zstandard {
        verdicts.report(
            "image data use filter \(filter.id) (bitshuffle) with Zstandard in it; readers whose bitshuffle has LZ4 "
                + "alone cannot open the frames",
            at: [image.place],
            values: [("id", .integer(filter.id)), ("compressor", .text("zstd"))],
            subjects: [Subject(.dataset, image.path)], level: .C)
    }
}
