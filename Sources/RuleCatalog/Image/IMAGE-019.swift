// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Frames
import RuleEngine

extension Rule {
    static let image019 = Rule(
        "IMAGE-019", .B, "part of the detector holds nothing but zeros", applies: .both,
        what: """
            Rectangles of pixels that no mask covers and that are 0 throughout, in up to three of the frames that --frames \
            chooses: of 48 pixels and more along each side and of three thousandths of the image, while the pixels on two \
            sides of them hold counts. Gaps between modules are narrower, and shadows are no rectangles.
            """,
        why: "Reflections that fall on a module that was not read out are taken for reflections of intensity 0.",
        fix: """
            Find out since when the module has been silent, and describe its pixels as undefined by \
            _array_intensities.undefined_value or a mask.
            """,
        fixInNeXus: "Find out since when the module has been silent, and set its pixels in pixel_mask.",
        references: ["NXmx:/NXentry/NXinstrument/NXdetector/pixel_mask", "cctbx/dxtbx#529"],
        needs: ["IMAGE-006", "COUNT-009"],
        checks: [.frames(silentModules)])
}

private func silentModules(_ view: FramesView, _ verdicts: inout Verdicts) {
    for sight in FrameSight.all(view) {
        // A mask that was not read may cover them.
        if case .unread = sight.part.frames.mask { continue }
        let blank = sight.stack.blank
        guard let first = blank.areas.first, verdicts.isSound(sight.subject) else { continue }
        let numbers = first.frames.map { $0 + 1 }
        let area = first.area
        let more = blank.areas.count > 1 ? " (the largest of \(blank.areas.count) such areas)" : ""
        let loud = blank.frames.filter { !first.frames.contains($0) }.map { $0 + 1 }
        let elsewhere = loud.isEmpty ? "" : ", and counts in \(FrameSight.words(loud))"
        verdicts.report(
            "\(area.pixels) pixels of \(sight.words), fast \(area.fast.lowerBound) to \(area.fast.upperBound - 1) and slow "
                + "\(area.slow.lowerBound) to \(area.slow.upperBound - 1)\(more), are 0 in \(FrameSight.words(numbers))\(elsewhere)",
            at: [sight.place(numbers)],
            values: [
                ("pixels", .integer(area.pixels)), ("fast", .integer(area.fast.lowerBound)),
                ("slow", .integer(area.slow.lowerBound)), ("areas", .integer(blank.areas.count)),
            ], count: blank.areas.count, subjects: [sight.subject])
    }
}
