// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let axis012 = Rule(
        "AXIS-012", .C, "innermost goniometer axis opposes the principal axis", applies: .both,
        parameters: [
            Parameter("limit", "Cosine of the angle that counts as opposite", 0.99, unit: "ratio", limits: 0.9...1)
        ],
        what: """
            In chains of three rotations and more, the direction of the innermost goniometer rotation at zero settings \
            against the principal axis, which kappa goniometers and Euler cradles have parallel.
            """,
        why: """
            Opposite directions are met when vectors of the NeXus frame stand beside vectors of the imgCIF frame: the \
            sample is then turned the wrong way.
            """,
        fix: "Give all vectors of the goniometer in one frame, or confirm that the inner axis runs the other way.",
        references: [
            "jamesrhester/ImgCIFHandler.jl:test/testfiles/b4_master.cif",
            "cctbx/cctbx_project#267",
        ],
        needs: ["AXIS-001", "AXIS-002", "AXIS-003", "AXIS-004", "AXIS-013", "AXIS-022", "AXIS-024"],
        checks: [.experiment(opposingInnerAxis)])
}

private func opposingInnerAxis(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let rotations = view.goniometerRotations.filter { $0.equipment.value != .detector }
    guard rotations.count >= 3, let principal = rotations.first, let inner = rotations.last,
        verdicts.areSound(verdicts.axes(rotations.map(\.id))),
        case .success(let outward) = view.graph.chain(from: inner.id),
        // Each of them carries the next: axes side by side have no innermost one.
        Set(rotations.map(\.id)).isSubset(of: outward.map { view.graph.axes[$0].id }),
        case .success(let one) = view.graph.direction(of: principal),
        case .success(let other) = view.graph.direction(of: inner),
        let first = one.normalised, let last = other.normalised, first.dot(last) < -verdicts.number("limit")
    else { return }
    verdicts.report(
        "axis '\(inner.id)' \(last.words) opposes '\(principal.id)' \(first.words) at zero settings; vectors of two frames "
            + "may be mixed",
        at: inner.vectorPlaces + principal.vectorPlaces,
        values: [("axis", .text(inner.id.text)), ("principal", .text(principal.id.text)), ("vector", last.datum)],
        subjects: [verdicts.subject(.category, "direction of the innermost axis")])
}
