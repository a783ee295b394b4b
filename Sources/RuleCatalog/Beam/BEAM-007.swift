// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let beam007 = Rule(
        "BEAM-007", .C, "polarisation of a synchrotron beam is not given", applies: .both,
        what: "For a synchrotron source: ratio and normal of the polarisation, or Stokes parameters.",
        why: "Programs assume a value of their own, and intensities at high angles are wrong by up to a tenth.",
        fix: """
            Write _diffrn_radiation.polarizn_source_ratio and polarizn_source_norm.
            """,
        fixInNeXus: """
            Write incident_polarization_stokes of the NXbeam, for example 1, 1, 0, 0 for a beam polarised along X.
            """,
        references: [
            "imgCIF _diffrn_radiation.polarizn_source_ratio",
            "NXmx:/NXentry/NXinstrument/NXbeam/incident_polarization_stokes",
        ],
        needs: ["LINK-009"],
        reads: [.polarisation, .places],
        checks: [.experiment(noPolarisation)])
}

private func noPolarisation(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let beam = view.experiment.beam
    guard beam.polarisationRatio == nil, beam.stokes == nil, let source = view.synchrotron,
        verdicts.isSound(verdicts.subject(.category, "polarisation"))
    else { return }
    verdicts.report(
        "no polarisation for the synchrotron source '\(Wording.excerpt(source.value))'", at: source.places,
        values: [("source", .text(source.value))], subjects: [verdicts.subject(.category, "polarisation")])
}
