// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let count003 = Rule(
        "COUNT-003", .B, "range of valid counts is empty or beyond the type", applies: .both,
        what: """
            The range of valid counts from the lower to the upper limit: not empty, and within what the stored type of \
            the pixels can hold.
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
        checks: [.experiment(countRange)])
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
