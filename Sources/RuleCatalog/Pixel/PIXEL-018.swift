// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let pixel018 = Rule(
        "PIXEL-018", .B, "sensor material is not understood", applies: .nxmx,
        parameters: [
            Parameter("materials", "Words that readers know", words: ["Si", "Silicon", "CdTe", "GaAs"])
        ],
        what: """
            The word for the material of the sensor. The case of letters does not matter here, though readers want it \
            exact. Scintillators and gas detectors pass when the text says so; absorption in the sensor is then not \
            corrected.
            """,
        why: "Readers look the material up to correct for absorption, and stop at a word they do not know.",
        fix: "Write Si, CdTe or GaAs.",
        references: [
            "NXmx:/NXentry/NXinstrument/NXdetector/sensor_material",
            "cctbx/dxtbx:src/dxtbx/nexus/__init__.py",
            "cctbx/cctbx_project#214",
        ],
        reads: [.sensorMaterial],
        checks: [.experiment(sensorMaterial)])
}

private func sensorMaterial(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let known = verdicts.words("materials")
    for detector in view.experiment.detectors {
        guard let material = detector.sensorMaterial else { continue }
        let word = material.value.lowercased()
        guard !known.contains(where: { $0.lowercased() == word }), !SensorWords.namesNoSemiconductor(word) else {
            continue
        }
        verdicts.report(
            "sensor_material is '\(Wording.excerpt(material.value))'; readers know \(Wording.list(known, limit: 8))",
            at: material.places.isEmpty ? [detector.place] : material.places,
            values: [("value", .text(material.value)), ("list", .list(known.map { .text($0) }))],
            subjects: [verdicts.subject(.detector, detector.id)])
    }
}
