// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let pixel016 = Rule(
        "PIXEL-016", .B, "pixel size fields are absent", applies: .nxmx,
        what: "x_pixel_size and y_pixel_size of the NXdetector, besides the values of the pixel directions.",
        why: "The plugins that read NXmx for XDS take the pixel size from these fields alone, and stop without them.",
        fix: "Write x_pixel_size and y_pixel_size in the detector group, with units of length.",
        references: [
            "dectris/neggia:src/dectris/neggia/plugin/H5ToXds.cpp",
            "DiamondLightSource/durin:src/file.c",
            "NXdetector/x_pixel_size",
        ],
        checks: [.experiment(pixelSizeFields)])
}

private func pixelSizeFields(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for detector in view.experiment.detectors {
        guard let panel = detector.panels.first else { continue }
        let missing = [("x_pixel_size", panel.statedPixelSize.fast), ("y_pixel_size", panel.statedPixelSize.slow)]
            .filter { $0.1 == nil }.map(\.0)
        guard !missing.isEmpty else { continue }
        verdicts.report(
            "detector has no \(missing.joined(separator: " and no ")); plugins for XDS need them",
            at: [detector.place], values: [("names", .list(missing.map { .text($0) }))],
            subjects: [verdicts.subject(.detector, detector.id)])
    }
}
