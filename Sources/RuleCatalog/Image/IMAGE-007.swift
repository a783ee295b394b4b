// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Frames
import RuleEngine

extension Rule {
    static let image007 = Rule(
        "IMAGE-007", .B, "two frames hold the same image", applies: .both,
        what: """
            Digests of the decoded pixels of the frames that --frames chooses, over all scans of an experiment: no two are \
            alike; nor two images of one file each whose names differ in the number alone. Empty frames are the business of \
            IMAGE-006.
            """,
        why: "One measurement stands for two, and the frame that belongs here is lost.",
        fix: "Find the frame that was meant, and write it in the place of the one that is there twice.",
        references: ["imgCIF _array_data.data", "cctbx/dxtbx#285", "European-XFEL/EXtra-data#485"],
        needs: ["IMAGE-006", "LINK-006"],
        checks: [.frames(sameImages), .series(sameFiles)])
}

private func sameFiles(_ view: SeriesView, _ verdicts: inout Verdicts) {
    var first: [UInt64: Int] = [:]
    var pairs: [(Int, Int)] = []
    for member in view.members {
        guard let pixels = member.facts?.pixels, pixels.counts >= FrameSight.fewestPixels, !pixels.isEven else {
            continue
        }
        if let known = first[pixels.digest] {
            pairs.append((known, member.number))
        } else {
            first[pixels.digest] = member.number
        }
    }
    guard let pair = pairs.first else { return }
    verdicts.report(
        "images \(pair.0) and \(pair.1) of series '\(view.template)' hold the same pixels"
            + (pairs.count > 1 ? " (\(pairs.count) pairs)" : ""),
        at: [.file], values: [("template", .text(view.template)), ("pairs", .integer(pairs.count))],
        count: pairs.count, subjects: [Subject(.category, view.template, in: "")])
}

private func sameImages(_ view: FramesView, _ verdicts: inout Verdicts) {
    // Frames that lead to one place are alike for that reason.
    if verdicts.isTold(by: ["LINK-006"]) { return verdicts.notChecked(.gated("LINK-006")) }
    for part in view.parts {
        var first: [UInt64: (sight: FrameSight, number: Int)] = [:]
        var pairs: [(sight: FrameSight, number: Int, other: FrameSight, second: Int)] = []
        for stack in part.frames.stacks {
            let sight = FrameSight(part: part, stack: stack)
            for (number, facts) in sight.whole {
                // Of images with a handful of different pixels two may be alike.
                guard facts.counts.pixels >= FrameSight.fewestPixels, let lowest = facts.counts.lowest,
                    lowest != facts.counts.greatest
                else { continue }
                if let known = first[facts.digest] {
                    pairs.append((known.sight, known.number, sight, number))
                } else {
                    first[facts.digest] = (sight, number)
                }
            }
        }
        guard let pair = pairs.first else { continue }
        let isOne = pair.sight.stack.name == pair.other.stack.name
        let words =
            isOne
            ? "frames \(pair.number) and \(pair.second) of \(pair.sight.words)"
            : "frame \(pair.number) of \(pair.sight.words) and frame \(pair.second) of \(pair.other.words)"
        verdicts.report(
            "\(words) hold the same image" + (pairs.count > 1 ? " (\(pairs.count) pairs)" : ""),
            at: isOne
                ? [pair.sight.place([pair.number, pair.second])]
                : [pair.sight.place([pair.number]), pair.other.place([pair.second])],
            values: [("pairs", .integer(pairs.count))], count: pairs.count, subjects: [pair.sight.subject])
    }
}
