// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine
import Transport

extension Rule {
    static let beam015 = Rule(
        "BEAM-015", .C, "plane of polarisation is unusual", applies: .nxmx,
        parameters: [
            Parameter("limit", "Angle to the horizontal that passes", 20, unit: "deg", limits: 0...90)
        ],
        what: """
            The direction of the electric vector that Stokes parameters give, at a synchrotron, against the horizontal. \
            A beam that is mostly round or hardly polarised passes, and so does one whose source or instrument names a \
            phase plate or a helical undulator.
            """,
        why: "The beam of a bending magnet or a planar undulator is polarised in the plane of the ring.",
        fix: "Write I, Q, U, V with Q along the horizontal X axis, for example 1, 1, 0, 0.",
        references: ["NXmx:/NXentry/NXinstrument/NXbeam/incident_polarization_stokes"],
        needs: ["BEAM-008"],
        reads: [.places, .polarisation],
        checks: [.experiment(planeOfPolarisation)])
}

private func planeOfPolarisation(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let identity = view.experiment.identity
    guard let stokes = view.experiment.beam.stokes, stokes.value.count == 4, stokes.value.allSatisfy(\.isFinite),
        stokes.value[0] > 0, verdicts.isSound(verdicts.subject(.category, "polarisation"))
    else { return }
    let (q, u) = (stokes.value[1] / stokes.value[0], stokes.value[2] / stokes.value[0])
    guard (q * q + u * u).squareRoot() > 0.5 else { return }
    // The vector stands at half the angle of (Q, U).
    let angle = Vector3(q, u, 0).angle(to: .unitX) / 2
    guard angle > verdicts.number("limit"),
        identity.sourceType?.value.holds("synchrotron", ignoringCase: true) == true
    else { return }
    let words = [identity.instrument?.value, identity.beamline?.value, identity.sourceType?.value].compactMap { $0 }
        .joined(separator: " ").lowercased()
    guard !["phase", "helical", "apple", "elliptical"].contains(where: words.contains) else { return }
    verdicts.report(
        "polarisation lies \(Wording.number(angle, digits: 3)) deg from the horizontal", at: stokes.places,
        values: [("angle", .quantity(angle, unit: "deg"))],
        subjects: [verdicts.subject(.category, "plane of polarisation")])
}
