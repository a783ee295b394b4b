// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let data001 = Rule(
        "DATA-001", .A, "no source of image data", applies: .both,
        what: """
            Somewhere the image data are described: pixels in _array_data.data, rows of ARRAY_DATA_EXTERNAL_DATA, or \
            in NXmx an NXdata whose signal, data or data_NNNNNN is a dataset of numbers with a dimension for frames. A \
            master whose data files are missing is FILE-004.
            """,
        why: "A description without images can be neither processed nor checked against them.",
        fix: "Add ARRAY_DATA_EXTERNAL_DATA with the location of the images.",
        fixInNeXus: "Link the frames into the NXdata, and name them by the attribute signal.",
        references: [
            "imgCIF _array_data.data, _array_data_external_data.uri",
            "NXmx:/NXentry/NXdata/data",
            "dials/dials#605",
            "cctbx/dxtbx#285",
        ],
        needs: ["CIF-002", "FILE-001", "FILE-002", "FILE-004", "FILE-005", "FILE-006", "LINK-010", "FILE-013"],
        checks: [.experiment(noImages), .conformance])
}

private func noImages(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard view.experiment.imageData == nil, verdicts.isSound(Subject(.dataset, "links")) else { return }
    // What lay behind the end of a file may be the images.
    if verdicts.isTold(by: ["FILE-002"]) { return verdicts.notChecked(.gated("FILE-002")) }
    // A text that is never closed swallows what follows.
    if verdicts.isTold(by: ["CIF-002"]) { return verdicts.notChecked(.gated("CIF-002")) }
    let place = view.block == nil ? "entry '\(view.scope)'" : "block '\(Wording.excerpt(view.scope))'"
    let found: String
    if let block = view.block {
        let names = block.categories.map { $0.name.uppercased().drop { $0 == "_" } }.filter { !$0.isEmpty }
        found = Wording.list(names.map(String.init), limit: 6)
    } else {
        let panels = view.experiment.detectors.reduce(0) { $0 + $1.panels.count }
        found =
            "\(view.experiment.detectors.count) detector\(view.experiment.detectors.count == 1 ? "" : "s") with \(panels) "
            + "module\(panels == 1 ? "" : "s") and no dataset of frames"
    }
    verdicts.report(
        "\(place) describes no image data; it has \(found.isEmpty ? "nothing" : found)", at: [view.experiment.place],
        values: [("place", .text(view.scope))], subjects: [verdicts.subject(.category, "images")])
}
