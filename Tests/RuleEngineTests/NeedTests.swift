// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine
import Testing

/// What was not read is asked before a rule looks. Oracle: rules.md, Evaluation 2.
@Suite struct NeedTests {
    @Test func `a rule that reads an item and is not told by it is seen`() {
        let beam = Beam(direction: Sourced(Vector3(0, 0, 1), .assumed("test")))
        var experiment = Experiment(
            id: "e", frame: .mcStas, beam: beam, gravity: Sourced(Vector3(0, -1, 0), .assumed("test")), place: .file)
        experiment.unread["incident_wavelength"] = UnreadItem("/e/beam/incident_wavelength", "behind filter 32999")
        let view = ExperimentView(experiment: experiment, kind: .nexus, scope: "e")
        func report(reads: [Need], level: Level = .C) -> FileReport {
            let rule = Rule(
                "BEAM-001", level, "no wavelength", applies: .both, what: "", why: "", fix: "", references: [],
                reads: reads,
                checks: [
                    .experiment { view, verdicts in
                        if view.experiment.beam.wavelengths == nil { verdicts.report("no wavelength", at: [.file]) }
                    }
                ])
            return Engine(rules: [rule], profile: Profile(name: "one"))
                .run(on: Material(kind: .nexus, experiments: [view]))
        }
        #expect(report(reads: []).findings.count == 1)
        let asked = report(reads: [.wavelength])
        #expect(asked.findings.isEmpty && asked.status == .indeterminate && asked.isUnread)
        #expect(asked.notChecked.map(\.because) == ["'/e/beam/incident_wavelength' is behind filter 32999"])
        #expect(report(reads: [.wavelength], level: .G).status == .pass)
    }
}
