// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let count007 = Rule(
        "COUNT-007", .B, "upper limit belongs to another bit depth", applies: .both,
        what: """
            An upper limit that is the largest value of another width than that of the stored pixels: 2^n - 1, 2^n - 2 \
            or 2^n for 8, 16 and 32 bit, and for 12 bit beside 32-bit pixels. Detectors named whose counters have other \
            widths pass at 65535, not at 255, and at 4095 those that count to it whatever the file stores.
            """,
        why: "The limit was copied from another mode of the detector: saturated pixels pass, or good ones are masked.",
        fix: "Write the limit of the mode in which the images were taken.",
        references: [
            "cctbx/dxtbx#652",
            "imgCIF _array_structure.encoding_type",
            "NXmx:/NXentry/NXinstrument/NXdetector/bit_depth_readout",
        ],
        needs: ["COUNT-003"],
        reads: [.saturation, .bitDepth, .detectorName],
        checks: [.experiment(limitOfOtherDepth)])
}

private func limitOfOtherDepth(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard let type = view.experiment.imageData?.value.elementType, type.lowercased().holds("integer"),
        let width = [32, 16, 8].first(where: { type.holds("\($0)-bit") })
    else { return }
    var limits: [(bits: Int, largest: Double)] = [(8, 255), (16, 65_535), (32, 4_294_967_295)]
    // Counters of 12 bit are stored in 16.
    if width == 32 { limits.append((12, 4_095)) }
    for detector in view.experiment.detectors {
        // Counters narrower than the stored type are usual: a stated depth explains the limit.
        guard let limit = detector.saturation, verdicts.isSound(verdicts.subject(.category, "limit of " + detector.id)),
            let other = limits.first(where: { $0.bits != width && (-1...1).contains(limit.value - $0.largest) }),
            detector.bitDepth?.value != other.bits, !explains(other.bits, detector)
        else { continue }
        verdicts.report(
            "upper limit \(Wording.number(limit.value, digits: 12)) is that of \(other.bits)-bit data; the stored type is \(type)",
            at: limit.places.isEmpty ? [detector.place] : limit.places,
            values: [("value", .number(limit.value)), ("n", .integer(other.bits))],
            subjects: [verdicts.subject(.category, "depth of limit")])
    }
}

/// The name is that of a detector whose counter or converter may have so many bits, whatever the file stores.
private func explains(_ bits: Int, _ detector: Detector) -> Bool {
    let name = "\(detector.description?.value ?? "") \(detector.id)".lowercased()
    if bits == 8 { return false }
    if bits == 12 { return ["eiger", "medipix", "merlin", "lambda", "xspad", "timepix"].contains { name.holds($0) } }
    return [
        "rayonix", "mar", "adsc", "quantum", "q315", "q210", "q270", "saturn", "ccd", "axis", "image plate", "eiger",
        "pilatus", "jungfrau",
        "medipix", "lambda", "xspad", "singla", "eiger2", "pilatus3",
    ].contains {
        name.holds($0)
    }
}
