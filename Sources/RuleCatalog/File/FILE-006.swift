// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import RuleEngine

extension Rule {
    static let file006 = Rule(
        "FILE-006", .A, "source of a virtual dataset is missing", applies: .anyNeXus,
        what: """
            Each source of a virtual dataset of image data: its file is there, its dataset is in the file, and that \
            dataset is as large as the part that is mapped. Sources that a link of the file itself names belong to FILE-004. Names with a pattern are expanded up to the first that is \
            missing.
            """,
        why: "HDF5 gives the fill value for what is missing, without an error: frames of zeros are taken for data.",
        fix: "Copy the source files beside the file, under the names it uses.",
        references: ["HDF5 virtual datasets", "cctbx/dxtbx#285", "dials/dials#605"],
        needs: ["FILE-001", "FILE-004"],
        checks: [.tree(missingSources)])
}

private func missingSources(_ view: TreeView, _ verdicts: inout Verdicts) {
    guard let files = view.files else { return }
    for sight in VirtualSight.all(files) {
        let lost = sight.missing(files).filter { !verdicts.isTold(Subject(.dataset, $0.dataset)) }
        guard let first = lost.first else { continue }
        let fill = sight.fillValue.map { Wording.number($0) } ?? "0"
        verdicts.report(
            "\(lost.count) of \(sight.mappings.count) sources of the virtual dataset \(lost.count == 1 ? "is" : "are") missing "
                + "or too short (first '\(Wording.excerpt(first.file, limit: 80)):\(Wording.excerpt(first.dataset))'); their frames read as the "
                + "fill value \(fill)",
            at: [.object(path: sight.path, attribute: nil)],
            values: [
                ("n", .integer(lost.count)), ("m", .integer(sight.mappings.count)), ("source", .text(first.file)),
            ],
            count: lost.count, subjects: [Subject(.dataset, sight.path), Subject(.dataset, "links")])
    }
}
