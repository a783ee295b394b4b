// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Frames
import RuleEngine

extension Rule {
    static let image020 = Rule(
        "IMAGE-020", .B, "mask covers other pixels than those without counts", applies: .nxmx,
        what: """
            The pixel mask against the first frame that --frames chooses: half of the pixels under it and more hold counts \
            above 0, and at least half as many as it covers hold flag values, or stand in rows and columns of zeros, outside \
            of it. A mask that covers counts, and no more, may be one of a user.
            """,
        why: "Good counts are thrown away, and gaps between modules are taken for counts.",
        fix: "Write the mask with the slow dimension first, as the images, and from the first pixel on.",
        references: ["NXmx:/NXentry/NXinstrument/NXdetector/pixel_mask", "cctbx/dxtbx#529"],
        needs: ["IMAGE-006", "COUNT-009"],
        checks: [.frames(displacedMasks)])
}

private func displacedMasks(_ view: FramesView, _ verdicts: inout Verdicts) {
    for sight in FrameSight.all(view) {
        guard let found = sight.stack.blank.displacement, verdicts.isSound(sight.subject) else { continue }
        let number = found.frame + 1
        verdicts.report(
            "\(found.counting) of the \(found.masked) pixels that the mask covers hold counts in frame \(number) of "
                + "\(sight.words), and \(found.bare) pixels outside of it hold none",
            at: [sight.place([number])],
            values: [
                ("masked", .integer(found.masked)), ("counting", .integer(found.counting)),
                ("bare", .integer(found.bare)),
            ], subjects: [sight.subject])
    }
}
