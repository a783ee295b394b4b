// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let meta009 = Rule(
        "META-009", .B, "temperature is implausible", applies: .both,
        parameters: [
            Parameter("max", "highest temperature of a sample", 1000, unit: "K", limits: 300...10_000)
        ],
        what: """
            The temperature of the sample lies above 0 and not above the limit, in kelvin. A negative one is in degrees \
            Celsius, 0 is what programs write that know none. The temperature of a detector is not taken for it.
            """,
        why: "Thermal parameters, phase and cell are compared at the wrong temperature.",
        fix: "Write the temperature of the sample in kelvin, or ? when it is not known.",
        references: [
            "cif_core _diffrn.ambient_temperature", "NXmx:/NXentry/NXsample/temperature",
            "jamesrhester/ImgCIFHandler.jl:test/testfiles/rsync_test.imgcif",
        ],
        reads: [.temperature],
        checks: [.experiment(implausibleTemperature)])
}

private func implausibleTemperature(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard let temperature = view.experiment.identity.temperature else { return }
    let value = temperature.value
    guard !(value > 0 && value <= verdicts.number("max")) else { return }
    let meant = value < 0 && value >= -273.15 ? "degrees Celsius" : value == 0 ? "a default" : nil
    verdicts.report(
        "temperature of the sample is \(Wording.number(value)) K" + (meant.map { "; \($0) would be meant" } ?? ""),
        at: temperature.places, values: [("value", .quantity(value, unit: "K"))],
        subjects: [verdicts.subject(.category, "temperature")])
}
