// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import RuleEngine

extension Rule {
    static let file006 = Rule(
        "FILE-006", .A, "source of a virtual dataset is missing", applies: .anyNeXus,
        what: """
            Each source of a virtual dataset of image data or of a value that an experiment needs, through links and \
            virtual datasets of any depth: its file is there and can be read, its dataset is in the file and not made of \
            itself, and is as large as the part that is mapped. Sources that a link of the file itself names belong to \
            FILE-004. Names with a pattern are expanded up to the first that is \
            missing.
            """,
        why: "HDF5 gives the fill value for what is missing, without an error: frames of zeros are taken for data.",
        fix: "Copy the source files beside the file, under the names it uses.",
        references: ["HDF5 virtual datasets", "cctbx/dxtbx#285", "dials/dials#605"],
        needs: ["FILE-001", "FILE-004", "FILE-013"],
        checks: [.tree(missingSources)])
}

private func missingSources(_ view: TreeView, _ verdicts: inout Verdicts) {
    guard let files = view.files else { return }
    for virtual in view.virtualStacks(in: files) where isNeeded(virtual.stack, virtual.block, files) {
        let losses = virtual.losses(view.frames).filter {
            !verdicts.isTold(Subject(.dataset, $0.object)) && !verdicts.isTold(.missingFile($0.name))
                && !verdicts.isTold(Subject(.dataset, "bytes of " + $0.name))
        }
        guard let first = losses.first else { continue }
        let fill = virtual.block.fillValue.map { Wording.number($0) } ?? "0"
        let state = losses.contains { $0.kind == .unreadable } ? "missing, unreadable" : "missing"
        let (count, sources) = (losses.count, virtual.sources)
        let frames = FrameRanges.collapse(virtual.frames(without: losses, view.frames))
        let which = frames.isEmpty ? "their frames" : FrameRanges.words(frames, of: "frame")
        verdicts.report(
            "\(count) of \(sources) sources of the virtual dataset \(count == 1 ? "is" : "are") \(state) "
                + "or too short (first '\(Wording.excerpt(first.name, limit: 80)):\(Wording.excerpt(first.object))'); \(which) "
                + "\(frames.count == 1 && frames[0].count == 1 ? "reads" : "read") as the fill value \(fill)",
            at: [.object(path: virtual.path, attribute: nil)],
            values: [
                ("n", .integer(count)), ("m", .integer(sources)), ("source", .text(first.name)),
            ],
            count: count, subjects: [Subject(.dataset, virtual.path), Subject(.dataset, "links")])
    }
}
