// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Frames
import RuleEngine

extension Rule {
    static let image012 = Rule(
        "IMAGE-012", .B, "spots contradict the geometry", applies: .both,
        parameters: [
            Parameter("minimum", "part of the predicted spots that passes", 0.5, unit: "ratio", limits: 0...1),
            Parameter("margin", "by how much more has to be found otherwise", 0.25, unit: "ratio", limits: 0.05...1),
            Parameter("spots", "spots that have to be found otherwise", 10, unit: "count", limits: 3...100),
        ],
        what: """
            Strong spots of up to 32 of the frames that --frames chooses, six or more, of one rotation scan. Each is put \
            into reciprocal space by the stated geometry; where it, or its Friedel mate, crosses the sphere of Ewald again \
            in another of these frames, a spot within 3 px is looked for. The same is done with the rotation reversed, \
            with fast and slow exchanged, with fast or slow turned round about the beam centre, and with the swing \
            reversed. A finding names the geometry that foretells more of the spots by the margin, beyond chance. \
            Fewer frames, weak frames and few crossings are not checked, nor is what spots cannot tell: a detector \
            mirrored along the rotation axis shows a crystal of the other hand.
            """,
        why: """
            Programs find a lattice in each frame and none that holds for the scan, or the structure comes out as its \
            mirror image.
            """,
        fix: """
            Correct the direction that is named: the vector of the rotation axis, or of the pixel directions, or the sign \
            of the swing.
            """,
        references: [
            "jamesrhester/ImgCIFHandler.jl:tools/peak_check.jl", "cctbx/cctbx_project#282", "dials/dials#2398",
            "dials/dials#324", "xia2/xia2#177",
        ],
        needs: .placedPanels + ["GEOM-001", "IMAGE-002", "IMAGE-006", "IMAGE-008"],
        checks: [.frames(contradictingSpots)])
}

private func contradictingSpots(_ view: FramesView, _ verdicts: inout Verdicts) {
    let least = verdicts.number("spots")
    for sight in FrameSight.all(view) where !sight.facts.isEmpty {
        let evidence: SpotEvidence
        switch sight.stack.spots {
        case .failure(let thin):
            verdicts.notChecked(.kind("\(sight.words): \(thin.words)"))
            continue
        case .success(let found): evidence = found
        }
        let stated = evidence.stated
        let contradiction = evidence.contradiction(
            minimum: verdicts.number("minimum"), margin: verdicts.number("margin"), spots: least)
        guard let contradiction else {
            if Double(stated.found) < least {
                let seen = "\(stated.found) of \(stated.predicted) predicted spots are there"
                verdicts.notChecked(.kind("\(sight.words): \(seen), which is too few to tell"))
            }
            continue
        }
        guard verdicts.isSound(sight.subject) else { continue }
        let best = contradiction.score
        verdicts.report(
            "\(stated.found) of \(stated.predicted) spots that the geometry of \(sight.words) predicts are there; with "
                + "\(contradiction.hypotheses.map(words).joined(separator: ", or ")) \(best.found) of \(best.predicted) "
                + "would be",
            at: [sight.place(sight.facts.map(\.number))],
            values: [
                ("found", .integer(stated.found)), ("predicted", .integer(stated.predicted)),
                ("found_otherwise", .integer(best.found)), ("predicted_otherwise", .integer(best.predicted)),
                ("frames", .integer(evidence.frames)),
            ], subjects: [sight.subject])
    }
}

private func words(_ hypothesis: SpotEvidence.Hypothesis) -> String {
    switch hypothesis {
    case .stated: "the stated geometry"
    case .rotationReversed: "the rotation reversed"
    case .exchanged: "fast and slow exchanged"
    case .fastReversed: "fast turned round"
    case .slowReversed: "slow turned round"
    case .swingReversed: "the swing reversed"
    }
}
