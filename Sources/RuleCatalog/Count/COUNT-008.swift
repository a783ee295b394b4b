// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import RuleEngine

extension Rule {
    static let count008 = Rule(
        "COUNT-008", .C, "no mask for a detector with gaps", applies: .nxmx,
        what: """
            A pixel_mask, in the detector or in detectorSpecific, for detectors that are built of several modules with \
            gaps between them: by the number of pixels of a known family.
            """,
        why: """
            Pixels in the gaps are taken for counts of zero, which bends the background and the profiles beside them.
            """,
        fix: "Write pixel_mask in the NXdetector, with bit 0 set for gaps.",
        references: ["NXmx:/NXentry/NXinstrument/NXdetector/pixel_mask", "silx-kit/fabio#596", "cctbx/dxtbx#529"],
        needs: ["FILE-004", "LINK-010"],
        checks: [.file(missingMasks)])
}

private func missingMasks(_ material: Material, _ verdicts: inout Verdicts) {
    guard let tree = material.tree, let files = tree.files else { return }
    for view in material.experiments {
        for detector in view.experiment.detectors {
            guard let shape = view.frameShape, shape.count == 2,
                let family = DetectorFamilies.name(shape[1], shape[0]), DetectorFamilies.hasGaps(shape[1], shape[0]),
                PixelArray.mask(of: detector.id, tree, files).isAbsent,
                verdicts.isSound(Subject(.dataset, detector.id + "/pixel_mask"))
            else { continue }
            verdicts.report(
                "\(family) has gaps between modules and no pixel_mask",
                at: [.object(path: detector.id, attribute: nil)],
                values: [("detector", .text(family))], subjects: [Subject(.dataset, detector.id)])
        }
    }
}
