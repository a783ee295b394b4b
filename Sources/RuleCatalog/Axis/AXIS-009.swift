// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let axis009 = Rule(
        "AXIS-009", .C, "principal axis is not along X", applies: .imgCIF,
        parameters: [
            Parameter("tolerance", "Angle to X that passes", 0.1, unit: "deg", limits: 0...5)
        ],
        what: """
            The angle between +X and the goniometer rotation nearest the base, with the vectors as they are stated. An \
            axis within 22.5 degrees of the beam passes, since X is then not defined by it.
            """,
        why: """
            The laboratory frame of imgCIF has X along the principal axis; programs that rely on that turn the \
            detector against the goniometer.
            """,
        fix: """
            Turn all vectors and offsets into the frame whose X runs along the principal axis, or state the frame in \
            the description.
            """,
        references: ["imgCIF AXIS, laboratory coordinate system", "yayahjb/cbflib templates (-1 0 0)"],
        needs: ["AXIS-001", "AXIS-002", "AXIS-003", "AXIS-004", "AXIS-006"],
        checks: [.experiment(principalAxis)])
}

private func principalAxis(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard let principal = view.principalAxis else { return }
    guard verdicts.areSound(verdicts.axes([principal.id])) else { return }
    let vector = principal.vector.value
    guard !(vector.angle(to: view.experiment.beam.direction.value) <= 22.5),
        !(vector.angle(to: -view.experiment.beam.direction.value) <= 22.5)
    else { return }
    let angle = vector.angle(to: .unitX)
    guard angle > verdicts.number("tolerance") else { return }
    let antiparallel = 180 - angle <= verdicts.number("tolerance") ? ", antiparallel" : ""
    verdicts.report(
        "principal axis '\(principal.id)' is \(Wording.number(angle, digits: 5)) deg from +X\(antiparallel)",
        at: principal.vectorPlaces,
        values: [("axis", .text(principal.id.text)), ("angle", .quantity(angle, unit: "deg"))],
        subjects: verdicts.axes([principal.id]))
}
