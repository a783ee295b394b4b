// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine
import Testing

/// Order, gates and aggregation. Oracle: rules.md, Evaluation.
@Suite struct EngineTests {
    @Test("findings stand in the order of areas, then of levels, then of numbers")
    func order() {
        let rules = [
            Made.rule("BEAM-002", .A) { $1.report("beam", at: [.file]) },
            Made.rule("AXIS-009", .C) { $1.report("nine", at: [.file]) },
            Made.rule("AXIS-010", .A) { $1.report("ten", at: [.file]) },
            Made.rule("FILE-005", .G) { $1.report("file", at: [.file]) },
        ]
        #expect(Made.run(rules).findings.map(\.rule) == ["FILE-005", "AXIS-010", "AXIS-009", "BEAM-002"])
    }

    @Test("a rule does not look at an object where a rule it needs has a finding")
    func gate() {
        let axis = Subject(.axis, "omega")
        let cause = Made.rule("SCAN-001") { $1.report("cause", at: [.file], subjects: [axis]) }
        let effect = Made.rule("AXIS-001", needs: ["SCAN-001"]) { _, verdicts in
            if verdicts.isSound(axis) { verdicts.report("effect on omega", at: [.file]) }
            if verdicts.isSound(Subject(.axis, "phi")) { verdicts.report("effect on phi", at: [.file]) }
        }
        let outcome = Made.run([effect, cause])
        #expect(outcome.findings.map(\.message) == ["effect on phi", "cause"])
        #expect(outcome.notChecked == [NotChecked(rule: "AXIS-001", .gated("SCAN-001", at: "axis 'omega'"))])
    }

    @Test("a finding without subjects gates everything")
    func wholeFile() {
        let cause = Made.rule("FILE-001") { $1.report("cause", at: [.file]) }
        let effect = Made.rule("AXIS-001", needs: ["FILE-001"]) { _, verdicts in
            if verdicts.isSound(Subject(.axis, "phi")) { verdicts.report("effect", at: [.file]) }
        }
        #expect(Made.run([cause, effect]).findings.map(\.message) == ["cause"])
    }

    @Test("one sentence is one finding, with its cases counted and its places in order")
    func aggregation() throws {
        let rule = Made.rule("NX-001", applies: .both) { _, verdicts in
            for name in ["c", "a", "b", "a", "d", "e", "f", "g"] {
                verdicts.report("the same", at: [.object(path: "/\(name)", attribute: nil)])
            }
        }
        let finding = try #require(Made.run([rule]).findings.first)
        #expect(finding.count == 8)
        #expect(finding.places.map(\.local) == ["/a", "/b", "/c", "/d", "/e"])
    }

    @Test("a rule of another container is not run and not listed")
    func applicability() {
        let rule = Made.rule("NX-001", applies: .nxmx) { $1.report("never", at: [.file]) }
        let outcome = Made.run([rule])
        #expect(outcome.findings.isEmpty && outcome.notChecked.isEmpty)
    }

    @Test("a rule that is switched off is not checked, with the reason of the profile")
    func off() {
        let rule = Made.rule("AXIS-009") { $1.report("never", at: [.file]) }
        let profile = Profile(name: "test", rules: ["AXIS-009": Profile.Setting(off: "no goniometer here")])
        let outcome = Made.run([rule], profile: profile)
        #expect(outcome.findings.isEmpty)
        #expect(outcome.notChecked.map(\.because) == ["switched off by the profile: no goniometer here"])
    }

    @Test("a profile moves levels and parameters")
    func tuning() throws {
        let tolerance = Parameter("tolerance", "t", 2, unit: "px", limits: 0...10)
        let rule = Made.rule("GEOM-008", .B, parameters: [tolerance]) { _, verdicts in
            verdicts.report("tolerance \(verdicts.number("tolerance"))", at: [.file])
        }
        let setting = Profile.Setting(level: .A, parameters: ["tolerance": .number(1)])
        let finding = try #require(
            Made.run([rule], profile: Profile(name: "test", rules: ["GEOM-008": setting])).findings.first)
        #expect(finding.level == .A && finding.message == "tolerance 1.0")
    }

    @Test("a rule in preview shows and fails no run")
    func preview() throws {
        let rule = Made.rule("AXIS-009", .A, status: .preview) { $1.report("new", at: [.file]) }
        let finding = try #require(Made.run([rule]).findings.first)
        #expect(!Profile(name: "test").isFailing(finding))
    }

    @Test("an answer stands beside its finding, and one that meets none is named")
    func answers() throws {
        let rule = Made.rule("GEOM-003", .A) { $1.report("upstream", at: [.object(path: "/entry", attribute: nil)]) }
        func answer(_ rule: RuleID, _ place: String?, _ expires: String? = nil) -> Answer {
            Answer(rule: rule, place: place, answer: "back-scattering", author: nil, date: nil, expires: expires)
        }
        let outcome = Made.run(
            [rule],
            answers: [
                answer("GEOM-003", "/entry"), answer("GEOM-003", "/other"), answer("GEOM-003", nil, "2026-01-01"),
            ])
        let finding = try #require(outcome.findings.first)
        #expect(finding.answer?.place == "/entry")
        #expect(outcome.answersMet == [0])
        #expect(Profile(name: "test", answeredFails: true).isFailing(finding))
        #expect(!Profile(name: "test", answeredFails: false).isFailing(finding))
    }

    @Test("a rule of a view that no run asked for is not checked, with its reason")
    func viewsToCome() {
        let checks: [Check] = [
            .frames { $1.report("seen", at: [.file]) }, .archive { $1.report("seen", at: [.file]) },
            .package { $1.report("seen", at: [.file]) },
        ]
        for check in checks {
            let rule = Rule(
                "PIXEL-001", .A, "made for a test", applies: .both, what: "What.", why: "Why.", fix: "Fix.",
                references: ["none"], checks: [check])
            let engine = Engine(rules: [rule], profile: Profile(name: "test"))
            var material = Material(kind: .imgcif)
            let words =
                [
                    "frames": "no frames were decoded", "archive": "the file names no other files by their locations",
                ][check.view] ?? "no \(check.view) view was asked for"
            #expect(engine.run(on: material).notChecked.map(\.because) == [words])
            material.frames = FramesView([])
            (material.archive, material.package) = (ArchiveView(), PackageView())
            #expect(engine.run(on: material).findings.map(\.message) == ["seen"])
        }
    }

    @Test("what a profile sets for a generic checker comes from the engine, whichever rule has the parameter")
    func checkerParameters() {
        let rules = [
            Made.rule(
                "SCAN-001",
                parameters: [
                    Parameter("most", "a number", 7, unit: "count", limits: 1...9, checker: .mostValues),
                    Parameter("own", "a number of the rule", 3, unit: "count", limits: 1...9),
                ]
            ) { _, _ in },
            Made.rule(
                "SCAN-002", parameters: [Parameter("list", "some words", words: ["a"], checker: .releases)]
            ) { _, _ in },
        ]
        let plain = Engine(rules: rules, profile: Profile(name: "test")).checkerParameters
        #expect(plain.mostValues == 7)
        #expect(plain.releases == ["a"])
        #expect(plain.nearestName == nil)
        let settings: [RuleID: Profile.Setting] = [
            "SCAN-001": .init(parameters: ["most": .number(8)]), "SCAN-002": .init(parameters: ["list": .words(["b"])]),
        ]
        let set = Engine(rules: rules, profile: Profile(name: "test", rules: settings)).checkerParameters
        #expect(set.mostValues == 8)
        #expect(set.releases == ["b"])
    }
}
