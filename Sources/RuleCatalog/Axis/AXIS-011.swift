// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let axis011 = Rule(
        "AXIS-011", .B, "kappa axis is inclined by an angle taken in radians", applies: .both,
        parameters: [
            Parameter("tolerance", "Distance from the suspect inclination", 0.2, unit: "deg", limits: 0...1)
        ],
        what: """
            The angle between a rotation of the goniometer and the next one outward, folded to 0 to 90 degrees. Kappa \
            goniometers are inclined by 50 or 24 degrees; 15.2 and 64.9 degrees are what comes out when the cosine of \
            these numbers is taken as if they were radians.
            """,
        why: "Every orientation with kappa off zero is wrong, and scans at several kappa do not index together.",
        fix: "Compute the vector of the axis again, with the inclination of the instrument in degrees.",
        references: [
            "COMCIFS/instrument-geometry-info:Tools/imgCIF_Creator/imgCIF_Creator/command_line_interfaces/parser.py"
        ],
        needs: ["AXIS-001", "AXIS-002", "AXIS-003", "AXIS-004", "AXIS-006", "AXIS-013", "AXIS-022"],
        checks: [.experiment(inclinedInRadians)])
}

/// cos(50 rad) and cos(24 rad) are the cosines of these angles, degrees.
private let suspects: [(angle: Double, meant: Double)] = [(15.2113, 50), (64.9013, 24)]

private func inclinedInRadians(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard let goniometer = view.experiment.goniometer else { return }
    let tolerance = verdicts.number("tolerance")
    var told = Set<AxisID>()
    let starts = (goniometer.sampleAxis.map { [$0.value] } ?? []) + goniometer.axes
    let pairs = view.graph.nearestOutward(onChainsFrom: starts) { $0.motion.value == .rotation }
    // From the base inward: the axis on the inclined one makes the same angle with it, which is one cause.
    for (index, outward) in pairs {
        let axis = view.graph.axes[index]
        guard axis.motion.value == .rotation, let other = outward.map({ view.graph.axes[$0] }),
            !told.contains(other.id), verdicts.areSound(verdicts.axes([axis.id, other.id]))
        else { continue }
        let angle = axis.vector.value.angle(to: other.vector.value)
        let folded = min(angle, 180 - angle)
        guard let suspect = suspects.first(where: { abs($0.angle - folded) <= tolerance }) else { continue }
        told.insert(axis.id)
        verdicts.report(
            "axis '\(axis.id)' is inclined by \(Wording.number(folded, digits: 4)) deg to '\(other.id)'; "
                + "\(Wording.number(suspect.meant)) deg would be meant if the cosine was taken in radians",
            at: axis.vectorPlaces,
            values: [
                ("axis", .text(axis.id.text)), ("other", .text(other.id.text)),
                ("angle", .quantity(folded, unit: "deg")), ("meant", .quantity(suspect.meant, unit: "deg")),
            ], subjects: verdicts.axes([axis.id]))
    }
}
