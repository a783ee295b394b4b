// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine
import Transport

extension Rule {
    static let beam015 = Rule(
        "BEAM-015", .C, "plane of polarisation is unusual", applies: .both,
        parameters: [
            Parameter("limit", "Angle to the horizontal that passes", 20, unit: "deg", limits: 0...90)
        ],
        what: """
            The direction of the electric vector that Stokes parameters give, or in an imgCIF the ratio and normal of \
            the polarisation with an axis of gravity, at a synchrotron, against the horizontal. A beam that is mostly round or hardly polarised passes, and so does one whose source or instrument names a \
            phase plate or a helical undulator.
            """,
        why: "The beam of a bending magnet or a planar undulator is polarised in the plane of the ring.",
        fix: """
            Write in _diffrn_radiation.polarizn_source_norm the angle between Y and the normal of the plane of the \
            polarisation: 0 where Y is vertical, 90 where X is.
            """,
        fixInNeXus: "Write I, Q, U, V with Q along the horizontal X axis, for example 1, 1, 0, 0.",
        references: [
            "NXmx:/NXentry/NXinstrument/NXbeam/incident_polarization_stokes",
            "imgCIF _diffrn_radiation.polarizn_source_norm", "geometry.md section 13",
        ],
        needs: ["BEAM-008"],
        reads: [.places, .polarisation],
        checks: [.experiment(planeOfPolarisation)])
}

private func planeOfPolarisation(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard let plane = LinearPart(view.experiment), plane.degree > 0.5, view.synchrotron != nil,
        verdicts.isSound(verdicts.subject(.category, "polarisation"))
    else { return }
    let angle = plane.angle
    guard angle > verdicts.number("limit") else { return }
    let identity = view.experiment.identity
    let words = [identity.instrument?.value, identity.beamline?.value, identity.sourceType?.value].compactMap { $0 }
        .joined(separator: " ").lowercased()
    guard !["phase", "helical", "apple", "elliptical"].contains(where: words.contains) else { return }
    verdicts.report(
        "polarisation lies \(Wording.number(angle, digits: 3)) deg from the horizontal", at: plane.places,
        values: [("angle", .quantity(angle, unit: "deg"))],
        subjects: [verdicts.subject(.category, "plane of polarisation")])
}

/// The linearly polarised part of a beam.
///
/// - Source: geometry.md section 13.
private struct LinearPart {
    /// Share of the intensity, from 0 to 1.
    let degree: Double
    /// Of the electric vector to the horizontal, in degrees from 0 to 90.
    let angle: Double
    let places: [Place]

    /// Nil where the beam is not described, or nothing states where the horizontal lies.
    init?(_ experiment: Experiment) {
        let beam = experiment.beam
        let stokes: StokesParameters
        if let stated = beam.stokes {
            guard let given = StokesParameters(stated.value), stated.value.allSatisfy(\.isFinite), given.i > 0 else {
                return nil
            }
            (stokes, places) = (given, stated.places)
        } else {
            guard let ratio = beam.polarisationRatio, let normal = beam.polarisationNormal,
                case .stated = experiment.gravity.origin, case .success(let rotation) = experiment.rotationToMcStas()
            else { return nil }
            stokes = StokesParameters(ratio: ratio.value, normal: normal.value, rotation: rotation)
            places = normal.places + ratio.places
        }
        degree = stokes.linear / stokes.i
        // The vector stands at half the angle of (Q, U).
        angle = Vector3(stokes.q, stokes.u, 0).angle(to: .unitX) / 2
    }
}
