// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Frames
import RuleEngine

extension Rule {
    static let image006 = Rule(
        "IMAGE-006", .B, "frame is empty", applies: .both,
        what: """
            The pixels of each frame that --frames chooses, without those under the mask and at flag values: they are not \
            all equal, and there are some. A frame in which every pixel holds the same count above 0 is told at C, and frames \
            of which the description says in words that they are dark, or that the beam was lost, for information.
            """,
        why: "Nothing was measured in this frame, or it was never read out.",
        fix: "Find out why nothing was measured; leave the frame out of the scan, or say that it is a dark frame.",
        references: ["biochem-fan/eiger2cbf#9", "dials/dials#605"],
        needs: ["SCAN-025", "COUNT-009"],
        checks: [.frames(emptyFrames)])
}

private func emptyFrames(_ view: FramesView, _ verdicts: inout Verdicts) {
    for sight in FrameSight.all(view) {
        var empty: [String: [Int]] = [:]
        var even: [(number: Int, value: Double)] = []
        let frames = sight.whole.filter { $0.facts.counts.pixels >= FrameSight.fewestPixels }
        for (number, facts) in frames {
            // A mask that leaves no pixel is a fault of the mask.
            if facts.counts.masked == facts.counts.pixels, verdicts.isTold(by: ["COUNT-009"]) { continue }
            guard let state = emptiness(of: facts.counts) else { continue }
            switch state {
            case .empty(let words): empty[words, default: []].append(number)
            case .even(let value): even.append((number, value))
            }
        }
        for (words, numbers) in empty.sorted(by: { ($0.value.first ?? 0) < ($1.value.first ?? 0) }) {
            let told = StatedDarkness.find(in: view, of: sight.part)
            let excused = numbers.filter { told?.excuses($0) ?? false }
            if let told, !excused.isEmpty {
                verdicts.report(
                    "\(FrameSight.words(excused)) of \(sight.words) \(excused.count == 1 ? "is" : "are") empty: \(words), as "
                        + "\(Wording.excerpt(told.item)) says: '\(Wording.excerpt(told.line, limit: 80))'",
                    at: [sight.place(excused)], values: [("frames", .integer(excused.count))], count: excused.count,
                    subjects: [sight.subject], level: .G)
            }
            let numbers = numbers.filter { !(told?.excuses($0) ?? false) }
            guard !numbers.isEmpty else { continue }
            let all = numbers.count == frames.count && frames.count > 1 ? "; so are all frames that were read" : ""
            verdicts.report(
                "\(FrameSight.words(numbers)) of \(sight.words) \(numbers.count == 1 ? "is" : "are") empty: \(words)\(all)",
                at: [sight.place(numbers)], values: [("frames", .integer(numbers.count))], count: numbers.count,
                subjects: [sight.subject])
        }
        // The same count everywhere was written, not measured; nothing is lost by it.
        if let first = even.first {
            let more = even.count > 1 ? " (first of \(even.count) such frames)" : ""
            verdicts.report(
                "frame \(first.number) of \(sight.words)\(more) is even: all pixels are \(Wording.number(first.value))",
                at: [sight.place(even.map(\.number))], values: [("value", .number(first.value))], count: even.count,
                subjects: [sight.subject], level: .C)
        }
    }
}

private enum Emptiness {
    case empty(String)
    case even(Double)
}

private func emptiness(of counts: FrameCounts) -> Emptiness? {
    if counts.counts == 0 {
        if counts.masked == counts.pixels { return .empty("all pixels are masked") }
        return counts.above > 0 ? nil : .empty("all pixels are flags")
    }
    guard let lowest = counts.lowest, lowest == counts.greatest, counts.above == 0 else { return nil }
    if lowest > 0 { return .even(lowest) }
    let which = counts.counts == counts.pixels ? "all pixels" : "all pixels without a flag"
    return .empty("\(which) are \(Wording.number(lowest))")
}
