// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let scan020 = Rule(
        "SCAN-020", .B, "scan of many frames has one value of its fixed axis", applies: .nxmx,
        what: "A sample whose depends_on names an axis of one value, no axis that varies, and more than one image.",
        why: "Readers count the frames from that axis, and see one image.",
        fix: "Write one value of the axis for each image, also when it stands still.",
        references: ["cctbx/dxtbx:src/dxtbx/nexus/__init__.py", "NXmx:/NXentry/NXsample/depends_on"],
        needs: ["AXIS-024"],
        reads: [.imageCount],
        checks: [.experiment(oneValueForManyFrames)])
}

private func oneValueForManyFrames(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard let sample = view.experiment.goniometer?.sampleAxis else { return }
    for scan in view.experiment.scans {
        let frames = scan.imageCount?.value ?? scan.frameCount.value
        guard frames > 1, let axis = scan.axis(sample.value), axis.valueCount == 1,
            !scan.axes.contains(where: { ($0.valueCount ?? 0) > 1 }), verdicts.areSound(verdicts.axes([sample.value]))
        else { continue }
        verdicts.report(
            "axis '\(sample.value)' has 1 value for \(frames) frames; readers take it for 1 image", at: [axis.place],
            values: [("axis", .text(sample.value.text)), ("frames", .integer(frames))],
            subjects: [verdicts.subject(.scan, scan.id)])
    }
}
