// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import ImageHeaders
import RuleEngine

extension Rule {
    static let pixel017 = Rule(
        "PIXEL-017", .B, "sensor thickness is implausible", applies: .both,
        parameters: [
            Parameter("min", "Thinnest sensor", 0.01, unit: "mm", limits: 0.0001...0.1),
            Parameter("max", "Thickest sensor", 5, unit: "mm", limits: 1...50),
        ],
        what: """
            The thickness of the sensor against what detectors have, gas detectors left out; 0 is implausible as well. A unit in which the \
            number would be plausible is named.
            """,
        why: "The thickness enters the correction for absorption in the sensor and for the depth of conversion.",
        fix: "Write the thickness with its unit, for example 0.45 mm.",
        references: [
            "NXmx:/NXentry/NXinstrument/NXdetector/sensor_thickness",
            "imgCIF _diffrn_detector.layer_thickness",
            "dials/dials#126",
            "biochem-fan/eiger2cbf#4",
        ],
        reads: [.sensorThickness, .sensorMaterial],
        checks: [.experiment(sensorThickness)])
}

private func sensorThickness(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let range = verdicts.number("min")...max(verdicts.number("min"), verdicts.number("max"))
    for detector in view.experiment.detectors {
        guard let thickness = detector.sensorThickness, !range.contains(thickness.value) else { continue }
        if thickness.value > 0, thickness.value <= 1000, let material = detector.sensorMaterial,
            SensorWords.namesGas(material.value)
        {
            continue
        }
        let value = thickness.value
        let remark: String
        if view.block == nil {
            let other = [1e-3, 1e-6, 1e3].map { value * $0 }.first(where: range.contains)
            remark = other.map { "; \(Wording.number($0)) mm would be usual" } ?? ""
        } else {
            let hint = UnitHint(value, written: view.unitOfHeader(.sensor)) { range.contains($0) }
            remark = hint.map { "; \(Wording.number($0.value)) mm would be meant in \($0.unit)" } ?? ""
        }
        verdicts.report(
            "sensor thickness is \(Wording.number(value)) mm\(remark)",
            at: thickness.places.isEmpty ? [detector.place] : thickness.places,
            values: [("value", .quantity(value, unit: "mm"))], subjects: [verdicts.subject(.detector, detector.id)])
    }
}
