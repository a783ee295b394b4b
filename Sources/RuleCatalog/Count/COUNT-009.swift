// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Frames
import HDF5
import RuleEngine

extension Rule {
    static let count009 = Rule(
        "COUNT-009", .B, "mask does not fit the image or masks all or nothing", applies: .nxmx,
        what: """
            The pixel mask of each detector: integers, of the shape of a frame, or one such mask for each frame, and at \
            least half of the pixels free; some pixel masked where a known detector has gaps. A type that NX-011 tells is not \
            told again. A mask, or a flat field, that cannot be laid over the frames, was never written or is behind a \
            filter that nobody registered leaves open which pixels count: such a file is not checked to its end.
            """,
        why: """
            A mask of another shape masks the wrong pixels or ends the program; one that masks everything leaves \
            nothing to integrate.
            """,
        fix: "Write pixel_mask with the slow and the fast dimension of the images, 0 for pixels that count.",
        references: [
            "NXmx:/NXentry/NXinstrument/NXdetector/pixel_mask",
            "dials/dials#2239",
            "cctbx/dxtbx#529",
            "dials/dials#45",
        ],
        needs: ["FILE-004", "LINK-010", "NX-011"],
        checks: [.file(unfitMasks), .frames(mostlyMasked)])
}

/// Masks that are larger than what is read with the tree, by the frames that were decoded.
private func mostlyMasked(_ view: FramesView, _ verdicts: inout Verdicts) {
    for sight in FrameSight.all(view) where sight.part.view.experiment.detectors.count == 1 {
        guard let detector = sight.part.view.experiment.detectors.first,
            let one = sight.whole.first(where: { $0.facts.counts.pixels >= FrameSight.fewestPixels }),
            4 * one.facts.counts.pixels > Limits.default.smallValueBytes,
            2 * one.facts.counts.masked > one.facts.counts.pixels
        else { continue }
        let subject = Subject(.dataset, detector.id + "/pixel_mask")
        guard verdicts.isSound(subject) else { continue }
        verdicts.report(
            "pixel_mask masks \(FrameSight.percent(one.facts.counts.masked, of: one.facts.counts.pixels)) % of the pixels",
            at: [.object(path: detector.id + "/pixel_mask", attribute: nil)],
            values: [("masked", .integer(one.facts.counts.masked)), ("pixels", .integer(one.facts.counts.pixels))],
            subjects: [subject, sight.subject])
    }
}

private func unfitMasks(_ material: Material, _ verdicts: inout Verdicts) {
    guard let tree = material.tree, let files = tree.files else { return }
    for view in material.experiments {
        for detector in view.experiment.detectors {
            guard let frame = files.frameShape(ofDetector: detector.id) ?? view.frameShape, frame.count == 2 else {
                continue
            }
            let image = "\(frame[0]) x \(frame[1])"
            let stored = view.experiment.imageData?.value.shape ?? []
            func isFitting(_ shape: [Int]) -> Bool {
                // Data of several modules in a stack may have a mask for each; a mask for each frame is legal, though
                // common readers do not take it.
                let isForEach = shape.count == 3 && (stored.count == 4 || stored.first == shape.first)
                return (shape.count == 2 || isForEach) && Array(shape.suffix(2)) == frame
            }
            for array in PixelArray.all(of: detector.id, tree, files) {
                if let reason = array.obstacle(isFitting: isFitting) { verdicts.notChecked(reason) }
            }
            guard case .found(let mask, _) = PixelArray.mask(of: detector.id, tree, files).state,
                let shape = mask.shape
            else { continue }
            let isShaped = isFitting(shape)
            let values = mask.value.doubles ?? []
            let masked = values.count == mask.elements ? values.count { $0 != 0 } : 0
            let isFull = 2 * masked > values.count
            let isEmpty =
                !values.isEmpty && values.count == mask.elements && values.allSatisfy { $0 == 0 }
                && DetectorFamilies.hasGaps(frame[1], frame[0])
            let subject = Subject(.dataset, detector.id + "/pixel_mask")
            let isWhole = mask.type.isInteger || mask.type.isBoolean || verdicts.isTold(subject)
            guard !isShaped || isFull || isEmpty || !isWhole else { continue }
            let words = shape.isEmpty ? "one number" : shape.map(String.init).joined(separator: " x ")
            let remark =
                isFull
                ? "; it masks \(Wording.number(Double(masked) / Double(values.count) * 100, digits: 3)) % of the pixels"
                    + (masked < values.count ? ", where few would be masked if 0 and 1 were exchanged" : "")
                : isEmpty
                    ? "; it masks none, and the detector has gaps" : isWhole ? "" : "; its type is \(mask.type.words)"
            verdicts.report(
                "pixel_mask is \(words) for images of \(image)\(remark)",
                at: [.object(path: detector.id + "/pixel_mask", attribute: nil)],
                values: [("shape", .list(shape.map { .integer($0) })), ("image", .text(image))],
                subjects: [subject])
        }
    }
}
