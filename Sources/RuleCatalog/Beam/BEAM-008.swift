// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let beam008 = Rule(
        "BEAM-008", .B, "polarisation contradicts itself or the source", applies: .both,
        parameters: [
            Parameter("tolerance", "Difference of ratio and degree that passes", 0.01, unit: "ratio", limits: 0...0.2)
        ],
        what: """
            The ratio lies between -1 and 1 and the normal between -90 and 90 degrees; the polarised part of Stokes \
            parameters is not greater than their intensity; a ratio and Stokes parameters that stand beside each other \
            give one degree of polarisation. The direction alone is BEAM-015.
            """,
        why: "Intensities are corrected by a factor that no beam has.",
        fix: "Correct the ratio, as a number between -1 and 1, or the normal, in degrees.",
        fixInNeXus: "Correct incident_polarization_stokes: I, Q, U, V with Q^2 + U^2 + V^2 not above I^2.",
        references: [
            "imgCIF _diffrn_radiation.polarizn_source_ratio, .polarizn_source_norm",
            "NXmx:/NXentry/NXinstrument/NXbeam/incident_polarization_stokes",
        ],
        reads: [.polarisation],
        checks: [.experiment(contradictingPolarisation)])
}

private func contradictingPolarisation(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let beam = view.experiment.beam
    guard let (fault, places) = fault(of: beam, verdicts.number("tolerance")) else { return }
    verdicts.report(
        "polarisation \(fault)", at: places, values: [("description", .text(fault))],
        subjects: [verdicts.subject(.category, "polarisation")])
}

private func fault(of beam: Beam, _ tolerance: Double) -> (String, [Place])? {
    if let ratio = beam.polarisationRatio, !(abs(ratio.value) <= 1 + 1e-9) {
        return ("has the ratio \(Wording.number(ratio.value)), which lies outside -1 to 1", ratio.places)
    }
    if let normal = beam.polarisationNormal, !(abs(normal.value) <= 90 + 1e-9) {
        return ("has its normal at \(Wording.number(normal.value)) deg, which lies outside -90 to 90", normal.places)
    }
    guard let stokes = beam.stokes, let parameters = StokesParameters(stokes.value) else { return nil }
    let values = stokes.value
    let shown = "(" + values.map { Wording.number($0) }.joined(separator: ", ") + ")"
    guard values.allSatisfy(\.isFinite) else { return ("is \(shown), which are not four numbers", stokes.places) }
    let polarised = parameters.polarised
    if values[0] < 0 { return ("is \(shown) with a negative intensity", stokes.places) }
    if values[0] == 0, polarised == 0 { return ("is \(shown), a beam of no intensity", stokes.places) }
    if !parameters.isWithinIntensity {
        return (
            "is \(shown): the polarised part \(Wording.number(polarised)) is greater than the intensity "
                + Wording.number(values[0]), stokes.places
        )
    }
    guard let ratio = beam.polarisationRatio, values[0] > 0 else { return nil }
    let degree = parameters.linear / values[0]
    guard abs(degree - abs(ratio.value)) > tolerance else { return nil }
    return (
        "has the ratio \(Wording.number(ratio.value)), and Stokes parameters \(shown) of degree "
            + Wording.number(degree, digits: 3), ratio.places + stokes.places
    )
}
