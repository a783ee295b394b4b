// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let count003 = Rule(
        "COUNT-003", .B, "range of valid counts is empty or beyond the type", applies: .both,
        what: """
            The range of valid counts from the lower to the upper limit: not empty, and within what the stored type of \
            the pixels can hold. An undefined value outside of the range: not among the counts above 0, and 0 only where \
            no lower limit makes it a count (C).
            """,
        why: "A range that is empty or beyond the type masks every pixel, or none that is saturated.",
        fix: "Correct the limits: underload is the lowest valid value, overload the first that is not valid.",
        references: [
            "imgCIF _array_intensities.underload",
            "NXmx:/NXentry/NXinstrument/NXdetector/underload_value",
            "cctbx/cctbx_project#829",
            "xia2/xia2#182",
        ],
        reads: [.saturation, .underload],
        checks: [.experiment(countRange), .experiment(undefinedValueAmongCounts)])
}

private func countRange(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let type = view.experiment.imageData?.value.elementType
    let largest = type.flatMap(largestValue)
    for detector in view.experiment.detectors {
        guard let limit = detector.saturation else { continue }
        let low = detector.underload
        let isEmpty = low.map { $0.value >= limit.value } ?? false
        // A limit may stand one above the type: overload is the first value that is not valid.
        let isBeyond = largest.map { limit.value > $0 + 1 } ?? false
        guard limit.value.isFinite, low?.value.isFinite ?? true else { continue }
        guard isEmpty || isBeyond || limit.value < 1 else { continue }
        let from = low.map { Wording.number($0.value, digits: 10) } ?? "no lower limit"
        let holds = largest.map { "; \(type ?? "the type") holds up to \(Wording.number($0, digits: 12))" } ?? ""
        verdicts.report(
            "valid counts run from \(from) to \(Wording.number(limit.value, digits: 12))\(holds)",
            at: limit.places.isEmpty ? [detector.place] : limit.places,
            values: [("limit", .number(limit.value))],
            subjects: [verdicts.subject(.category, "limit of " + detector.id)])
    }
}

/// A value that stands for no measurement and is a count as well.
private func undefinedValueAmongCounts(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for detector in view.experiment.detectors {
        guard let undefined = detector.undefinedValue, undefined.value.isFinite, undefined.value >= 0,
            undefined.value >= detector.underload?.value ?? 0, undefined.value <= detector.saturation?.value ?? 0
        else { continue }
        // Detectors that write 0 where nothing was measured name no lower limit, as a rule.
        if undefined.value == 0, detector.underload == nil { continue }
        let lowest = detector.underload.map { Wording.number($0.value, digits: 10) } ?? "0"
        let highest = Wording.number(detector.saturation?.value ?? 0, digits: 12)
        verdicts.report(
            "undefined value is \(Wording.number(undefined.value, digits: 12)), which is a valid count: they run from "
                + "\(lowest) to \(highest)",
            at: undefined.places.isEmpty ? [detector.place] : undefined.places,
            values: [("undefined", .number(undefined.value))],
            subjects: [verdicts.subject(.category, "undefined value of " + detector.id)],
            fix: "Write the value that the detector writes where nothing was measured, such as -1, or leave it out.",
            level: undefined.value == 0 ? .C : nil)
    }
}

/// The largest value of an integer type told in words, such as "signed 32-bit integer".
private func largestValue(_ type: String) -> Double? {
    let words = type.lowercased()
    guard words.holds("integer"), let bits = [64, 32, 16, 8].first(where: { words.holds("\($0)-bit") }) else {
        return nil
    }
    var largest = 1.0
    for _ in 0..<(words.holds("unsigned") ? bits : bits - 1) { largest *= 2 }
    return largest - 1
}
