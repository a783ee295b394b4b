// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let scan019 = Rule(
        "SCAN-019", .B, "number of images differs from number of frames", applies: .both,
        what: """
            The number of images that the data hold against the number that the writer states, nimages times ntrigger. \
            What is not there because its file is missing belongs to FILE-004 and FILE-006.
            """,
        why: """
            Images were lost at the end of the scan, or belong to another one: everything that counts frames is wrong.
            """,
        fix: "Find the missing images, or describe the ones that are there.",
        references: [
            "imgCIF _diffrn_scan.frames",
            "xia2/xia2#868",
            "xia2/xia2#870",
            "dials/dials#605",
            "dials/dials#627",
        ],
        needs: ["FILE-004", "FILE-006", "SCAN-006", "FILE-013"],
        reads: [.imageCount],
        checks: [.experiment(imagesAndFrames)])
}

private func imagesAndFrames(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for scan in view.experiment.scans {
        guard let images = scan.imageCount, case .stated = scan.frameCount.origin,
            images.value != scan.frameCount.value,
            images.value > 0, verdicts.areSound([Subject(.dataset, "links"), verdicts.subject(.scan, scan.id)])
        else { continue }
        verdicts.report(
            "scan '\(scan.id)': \(images.value) images in 1 file, \(scan.frameCount.value) frames described",
            at: scan.frameCount.places + images.places,
            values: [
                ("scan", .text(scan.id)), ("images", .integer(images.value)),
                ("frames", .integer(scan.frameCount.value)),
            ], subjects: [verdicts.subject(.category, "images of " + scan.id)])
    }
}
