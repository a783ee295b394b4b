// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let pixel010 = Rule(
        "PIXEL-010", .C, "array does not fit the named detector", applies: .both,
        parameters: [
            Parameter("tolerance", "Relative difference of pixel sizes", 0.02, unit: "ratio", limits: 0...0.2)
        ],
        what: """
            Pixel size and number of pixels against those of the detector that the description names, where it is a PILATUS, \
            EIGER or EIGER2 of known size. A rectangle of whole modules passes, as a region of interest does, and so does \
            the size of another detector of these families with pixels of that size. Detectors of several panels are \
            compared by their pixel size alone; headers without axes belong to IMAGE-018. The frames of a DECTRIS master lie \
            within x_pixels_in_detector and y_pixels_in_detector, of which they may be a region.
            """,
        why: "Readers that know the detector lay gaps, masks and flat field for another array over the image.",
        fix: "Name the detector that was used, or write the size of its pixels and of its image.",
        references: [
            "cctbx/dxtbx#663", "nexusformat/definitions#801", "European-XFEL/karabo_data#125",
            "DECTRIS product documentation",
        ],
        needs: ["PIXEL-006", "PIXEL-009", "PIXEL-013"],
        reads: [.detectorName, .pixelSize, .moduleSize],
        checks: [.experiment(unlikeDetectors)])
}

private func unlikeDetectors(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard ![.minicbf, .smv, .tiff].contains(view.kind) else {
        return verdicts.notChecked(.kind("a header without axes is compared by IMAGE-018"))
    }
    tellAnnounced(view, &verdicts)
    for detector in view.experiment.detectors {
        guard let name = detector.description, let family = DetectorFamilies.family(inName: name.value),
            let panel = detector.panels.first, verdicts.isSound(verdicts.subject(.panel, panel.id))
        else { continue }
        var expected: String?
        var found: String?
        if let pixel = family.pixel, let stated = panel.spacing, stated.fast > 0,
            abs(stated.fast / pixel - 1) > verdicts.number("tolerance")
        {
            expected = "pixels of \(Wording.number(pixel)) mm"
            found = "\(Wording.number(stated.fast)) mm"
        } else if detector.panels.count == 1, let size = panel.size, let whole = family.size,
            let pixel = family.pixel, DetectorFamilies.name(size.fast, size.slow) == nil,
            !DetectorFamilies.isOfWholeModules(size.fast, size.slow, pixel: pixel)
        {
            expected = "\(whole.fast) x \(whole.slow) pixels"
            found = "\(size.fast) x \(size.slow)"
        }
        guard let expected, let found else { continue }
        verdicts.report(
            "'\(Wording.excerpt(name.value, limit: 60))' has \(expected); the description has \(found)",
            at: name.places + [panel.place],
            values: [
                ("detector", .text(name.value)), ("expected", .text(expected)), ("found", .text(found)),
            ], subjects: [verdicts.subject(.detector, detector.id)])
    }
}

/// Frames that are larger than what the writer states of the whole detector.
private func tellAnnounced(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard view.block == nil, let shape = view.frameShape, shape.count == 2,
        let detector = view.experiment.detectors.first,
        let stated = detector.announcedSize, stated.value.fast < shape[1] || stated.value.slow < shape[0]
    else { return }
    let isExchanged = stated.value.fast == shape[0] && stated.value.slow == shape[1]
    verdicts.report(
        "the detector has \(stated.value.fast) x \(stated.value.slow) pixels by x_pixels_in_detector and "
            + "y_pixels_in_detector, its frames \(shape[1]) x \(shape[0])\(isExchanged ? ": exchanged" : "")",
        at: stated.places,
        values: [
            ("expected", .text("\(stated.value.fast) x \(stated.value.slow)")),
            ("found", .text("\(shape[1]) x \(shape[0])")),
        ], subjects: [verdicts.subject(.detector, detector.id)])
}
