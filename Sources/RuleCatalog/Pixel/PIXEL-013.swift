// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let pixel013 = Rule(
        "PIXEL-013", .B, "module size is written fast first", applies: .nxmx,
        what: """
            data_size of each module against the image: a size that fits only when its two numbers are exchanged is \
            named, and used exchanged.
            """,
        why: """
            A reader that takes the numbers as they stand cuts a panel of the wrong shape out of the image, or stops.
            """,
        fix: "Write data_size slow first, fast last, in the order of the dimensions of the data.",
        references: [
            "NXdetector_module/data_size",
            "dials/dials#2239",
            "cctbx/dxtbx#676",
            "nexusformat/exampledata:DLS/i03_i04_NXmx",
        ],
        reads: [.moduleSize],
        checks: [.experiment(exchangedModules)])
}

private func exchangedModules(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard let shape = view.frameShape, shape.count == 2 else { return }
    for panel in view.experiment.detectors.flatMap(\.panels) {
        guard let size = panel.dataSize, panel.isExchanged(in: shape) else { continue }
        let words = size.value.map(String.init).joined(separator: ", ")
        verdicts.report(
            "data_size is (\(words)); the image is \(shape[0]) x \(shape[1]) (slow x fast)",
            at: size.places.isEmpty ? [panel.place] : size.places,
            values: [("size", .list(size.value.map { .integer($0) })), ("shape", .list(shape.map { .integer($0) }))],
            subjects: [verdicts.subject(.panel, panel.id)])
    }
}
