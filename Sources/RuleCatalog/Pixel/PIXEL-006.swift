// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let pixel006 = Rule(
        "PIXEL-006", .B, "pixel spacing disagrees with pixel size", applies: .both,
        parameters: [
            Parameter("absolute", "Difference that passes", 0.000001, unit: "mm", limits: 0...0.01),
            Parameter("relative", "Difference relative to the size that passes", 0.001, unit: "ratio", limits: 0...0.1),
        ],
        what: """
            The step of one pixel along its axis against the pixel size stated elsewhere: in imgCIF \
            displacement_increment (mm) against _array_element_size.size (metres) and the bin sizes, in NXmx the value \
            of fast_pixel_direction and slow_pixel_direction against x_pixel_size and y_pixel_size. A factor of 1000, \
            exchanged directions and binning are named.
            """,
        why: "Programs take one or the other for the pixel size, and distances on the image are wrong by the ratio.",
        fix: "Make both the true distance between neighbouring pixels; sizes of ARRAY_ELEMENT_SIZE are in metres.",
        fixInNeXus: "Make both the true distance between neighbouring pixels, each in the units that stand beside it.",
        references: [
            "imgCIF _array_element_size.size, _array_intensities.pixel_fast_bin_size",
            "NXmx:/NXentry/NXinstrument/NXdetector/x_pixel_size",
            "cctbx/cctbx_project#280",
        ],
        reads: [.pixelSize],
        checks: [.experiment(sizesAgainstSpacing)])
}

private func sizesAgainstSpacing(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for detector in view.experiment.detectors {
        for panel in detector.panels {
            guard let spacing = panel.spacing else { continue }
            let stated = panel.statedPixelSize
            let bins = binning(view.block)
            let lengths = panel.directionLengths
            let pairs = [
                ("fast", spacing.fast, stated.fast, (spacing.slow, stated.slow?.value), bins.fast),
                ("slow", spacing.slow, stated.slow, (spacing.fast, stated.fast?.value), bins.slow),
            ]
            var told: [(direction: String, words: String, explanation: String, size: Sourced<Double>, own: Double)] = []
            for (direction, own, size, other, bin) in pairs {
                guard let size, own > 0, own.isFinite || view.block != nil else { continue }
                let length = direction == "fast" ? lengths.fast : lengths.slow
                let isSound =
                    size.value.isFinite
                    && (agree(own, size.value, verdicts) || agree(own, size.value * bin, verdicts))
                guard !isSound || abs(length - 1) > verdicts.number("relative") else { continue }
                let explanation =
                    isSound
                    ? ": the vector has the length \(Wording.number(length)), and the step is their product"
                    : size.value > 0 && size.value.isFinite
                        ? remark(own, size.value, other: other, bin: bin, verdicts) : ", which is no size"
                let words = "\(Wording.number(own)) mm, pixel size \(Wording.number(size.value)) mm"
                told.append((direction, words, explanation, size, own))
            }
            // Both directions with one cause are one finding.
            if told.count == 2, told[0].explanation == told[1].explanation {
                if told[0].words == told[1].words {
                    told[0].direction = "fast and slow"
                } else {
                    told[0].words += "; that of slow \(told[1].words)"
                }
                told.removeLast()
            }
            for fault in told {
                verdicts.report(
                    "spacing of \(fault.direction) is \(fault.words)\(fault.explanation)",
                    at: fault.size.places.isEmpty ? [panel.place] : fault.size.places,
                    values: [
                        ("spacing", .quantity(fault.own, unit: "mm")),
                        ("size", .quantity(fault.size.value, unit: "mm")),
                    ], subjects: [verdicts.subject(.panel, panel.id)])
            }
        }
    }
}

private func agree(_ a: Double, _ b: Double, _ verdicts: Verdicts) -> Bool {
    abs(a - b) <= max(verdicts.number("absolute"), verdicts.number("relative") * b)
}

private func remark(
    _ own: Double, _ size: Double, other: (spacing: Double, size: Double?), bin: Double, _ verdicts: Verdicts
) -> String {
    if agree(own * 1000, size, verdicts) || agree(own, size * 1000, verdicts) { return ": factor 1000" }
    if agree(other.spacing, size, verdicts), let across = other.size, agree(own, across, verdicts) {
        return ": fast and slow exchanged"
    }
    if bin != 1 { return ": bin \(Wording.number(bin))" }
    let agrees = other.size.map { agree(other.spacing, $0, verdicts) } ?? false
    return ": the step is \(Wording.number(own / size, digits: 3)) times the size"
        + (agrees ? ", and the other direction agrees" : "")
}

/// Pixels of the detector for each pixel of the image, 1 where the file does not say.
private func binning(_ block: CIF.Block?) -> (fast: Double, slow: Double) {
    func size(_ item: String) -> Double {
        guard let bin = block?.column("_array_intensities.\(item)")?.number(0)?.value, bin >= 1 else { return 1 }
        return bin
    }
    return (size("pixel_fast_bin_size"), size("pixel_slow_bin_size"))
}
