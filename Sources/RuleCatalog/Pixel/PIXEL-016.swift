// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import RuleEngine

extension Rule {
    static let pixel016 = Rule(
        "PIXEL-016", .B, "pixel size fields are absent", applies: .nxmx,
        what: """
            x_pixel_size and y_pixel_size of the NXdetector with a unit of length, besides the values of the pixel \
            directions.
            """,
        why: "The plugins that read NXmx for XDS take the pixel size from these fields alone, and stop without them.",
        fix: "Write x_pixel_size and y_pixel_size in the detector group, with units of length.",
        references: [
            "dectris/neggia:src/dectris/neggia/plugin/H5ToXds.cpp",
            "DiamondLightSource/durin:src/file.c",
            "NXdetector/x_pixel_size",
        ],
        checks: [.file(pixelSizeFields)])
}

private func pixelSizeFields(_ material: Material, _ verdicts: inout Verdicts) {
    guard let files = material.tree?.files else { return }
    for view in material.experiments {
        for detector in view.experiment.detectors {
            guard let panel = detector.panels.first else { continue }
            let sizes = [("x_pixel_size", panel.statedPixelSize.fast), ("y_pixel_size", panel.statedPixelSize.slow)]
            // That a size has no units at all is NX-014.
            let missing = sizes.filter { $0.1 == nil }.map(\.0).filter { name in
                !isWithoutUnits(name, of: detector.id, files) && !isUnread(name, of: detector.id, files, &verdicts)
            }
            guard !missing.isEmpty else { continue }
            let isThere = missing.allSatisfy { field($0, of: detector.id, files) != nil }
            let words =
                isThere
                ? "gives \(missing.joined(separator: " and ")) without a unit of length"
                : "has no \(missing.joined(separator: " and no "))"
            verdicts.report(
                "detector \(words); plugins for XDS need them", at: [detector.place],
                values: [("names", .list(missing.map { .text($0) }))],
                subjects: [Subject(.detector, detector.id, in: view.scope)])
        }
    }
}

private func field(_ name: String, of detector: String, _ files: FileSet) -> Dataset? {
    guard case .object(let id, let file) = files.resolve(name, from: detector) else { return nil }
    return files.files[file].snapshot?[id].dataset
}

private func isWithoutUnits(_ name: String, of detector: String, _ files: FileSet) -> Bool {
    guard case .object(let id, let file) = files.resolve(name, from: detector),
        let object = files.files[file].snapshot?[id], object.dataset?.type.isNumeric == true
    else { return false }
    return object.attribute("units") == nil
}

private func isUnread(_ name: String, of detector: String, _ files: FileSet, _ verdicts: inout Verdicts) -> Bool {
    guard case .notRead(let reason)? = field(name, of: detector, files)?.value, reason != .type else { return false }
    verdicts.notChecked(.unread("the value of '\(detector)/\(name)' was not read"))
    return true
}
