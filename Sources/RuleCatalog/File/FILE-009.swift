// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import RuleEngine

extension Rule {
    static let file009 = Rule(
        "FILE-009", .B, "image chunks are not one frame each", applies: .anyNeXus,
        parameters: [
            Parameter(
                "minElements", "Elements of a chunk below which it is named as tiny", 1024, unit: "count",
                limits: 1...1_000_000)
        ],
        what: """
            The chunks of each dataset of images: one frame each, (1, slow, fast), or all channels of one frame. What \
            one frame costs, in chunks read and in bytes, is stated. Data that are not chunked pass.
            """,
        why: "Readers that take one chunk for one frame stop; all others read far more than they show.",
        fix: "Write the images with chunks of one frame.",
        references: ["dectris/neggia:src/dectris/neggia/plugin/H5ToXds.cpp", "DiamondLightSource/durin:src/file.c"],
        needs: ["FILE-001"],
        checks: [.tree(chunks)])
}

private func chunks(_ view: TreeView, _ verdicts: inout Verdicts) {
    guard let files = view.files, view.holdsFrames else { return }
    for image in view.images(in: files) {
        guard case .chunked(let chunking) = image.dataset.layout, let shape = image.dataset.shape,
            chunking.shape.count == shape.count, shape.count >= 3, !chunking.shape.contains(where: { $0 < 1 }),
            !shape.contains(where: { $0 < 1 })
        else { continue }
        let chunk = chunking.shape
        let frame = Array(shape.suffix(2))
        let isWhole =
            Array(chunk.suffix(2)) == frame && chunk[0] == 1
            && (shape.count == 3 || chunk[1] == 1 || chunk[1] == shape[1])
        guard !isWhole, shape[0] > 1 || Array(chunk.suffix(2)) != frame else { continue }
        let reads = zip(frame, chunk.suffix(2)).reduce(1.0) {
            $0 * (Double($1.0) / Double($1.1)).rounded(.up)
        }
        let bytes = reads * chunk.reduce(1.0) { $0 * Double($1) }
        let ratio = bytes / (Double(frame[0]) * Double(frame[1]))
        let elements = chunk.reduce(1.0) { $0 * Double($1) }
        let tiny = elements < verdicts.number("minElements") ? "; chunks of \(Wording.number(elements)) elements" : ""
        verdicts.report(
            "chunks are \(chunk.map(String.init).joined(separator: " x ")) for frames of \(frame[0]) x \(frame[1]): one frame "
                + "costs \(Wording.number(reads)) chunk read\(reads == 1 ? "" : "s") and \(Wording.number(ratio, digits: 3)) times its "
                + "own size\(tiny)",
            at: [image.place],
            values: [
                ("chunk", .list(chunk.map { .integer($0) })), ("reads", .number(reads)), ("ratio", .number(ratio)),
            ],
            subjects: [Subject(.dataset, image.path)])
    }
}
