// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Foundation
import RuleEngine
import TestSupport
import Testing

@testable import CorpusRecipes

/// Files with one fault each. Oracle: the reviewed table `mutants.tsv`; what it does not name has to be spoken of.
///
/// A seeded sample runs in `make test`, every one in `make mutants`. `IMPRIMATUR_MUTANTS=all` takes all, `3/8` the third
/// of eight parts, and `IMPRIMATUR_MUTANTS_LIST` names a file for the list of the answers.
@Suite struct MutantTests {
    static let seed: UInt64 = 20_261_129
    private static let environment = ProcessInfo.processInfo.environment

    private static let all: [Mutant] = Mutant.names.flatMap { name in
        Mutant.bases[name].map { MutantMaker.all(of: name, $0.tree) } ?? []
    }

    private static let sample: [Mutant] = {
        if let part { return part.of(all) }
        var numbers = SeededNumbers(seed: seed)
        return all.filter { _ in Int.random(in: 0..<sampling, using: &numbers) == 0 }
    }()

    /// Every so many of all from one on, as the environment asks; nil for a sample.
    private struct Part {
        let first: Int
        let step: Int

        init?(_ word: String?) {
            guard let word else { return nil }
            if word == "all" {
                (first, step) = (0, 1)
            } else {
                let numbers = word.split(separator: "/").compactMap { Int($0) }
                guard numbers.count == 2, numbers[0] > 0, numbers[0] <= numbers[1] else { return nil }
                (first, step) = (numbers[0] - 1, numbers[1])
            }
        }

        func of(_ mutants: [Mutant]) -> [Mutant] {
            stride(from: first, to: mutants.count, by: step).map { mutants[$0] }
        }
    }

    private static let part = Part(environment["IMPRIMATUR_MUTANTS"])
    private static let sampling = environment["IMPRIMATUR_MUTANTS"].flatMap(Int.init) ?? 40

    @Test func `the recipes give more than three thousand mutants`() {
        #expect(Mutant.bases.count == Mutant.names.count)
        #expect(Self.all.count > 3000)
    }

    @Test func `what is wrong is spoken of, and what harms nobody is not alarmed about`() async throws {
        let table = try #require(VerdictTable.shared)
        let answers = try await MutantBench().answers(Self.sample)
        try Self.write(answers, table)
        var (due, missed, alarms): (Int, [String], [String]) = (0, [], [])
        var besides: [String] = []
        for answer in answers {
            #expect(answer.fault == nil, "\(answer.mutant)")
            let row = table.row(for: answer.mutant)
            switch row.map({ table.rows[$0].verdict }) ?? .speak {
            case .speak:
                due += 1
                if !answer.isSpoken { missed.append("\(answer.mutant)") }
                if answer.isSpoken, !answer.isNamed { besides.append("\(answer.mutant): \(answer.told.map(\.rule))") }
            case .note:
                due += 1
                if !answer.isSpoken, answer.noted.isEmpty { missed.append("\(answer.mutant)") }
                if answer.isAlarm { alarms.append("\(answer.mutant): \(answer.told.map(\.rule))") }
            case .harmless:
                if answer.isAlarm { alarms.append("\(answer.mutant): \(answer.told.map(\.rule))") }
            case .free, .open: break
            }
        }
        #expect(
            Double(missed.count) <= 0.02 * Double(due), "\(missed.count) of \(due): \(missed.joined(separator: "\n"))")
        #expect(
            Double(missed.count + besides.count) <= 0.04 * Double(due),
            "\(besides.count) told beside what was changed: \(besides.joined(separator: "\n"))")
        #expect(alarms.isEmpty, "\(alarms.joined(separator: "\n"))")
    }

    @Test func `the same facts written otherwise are not alarmed about`() async throws {
        let table = try #require(VerdictTable.shared)
        #expect(Self.sound.count > 500)
        var numbers = SeededNumbers(seed: Self.seed)
        let sample =
            Self.part?.of(Self.sound) ?? Self.sound.filter { _ in Int.random(in: 0..<16, using: &numbers) == 0 }
        let answers = try await MutantBench().answers(sample)
        try Self.write(answers, table, as: ".sound")
        for answer in answers {
            #expect(answer.fault == nil, "\(answer.mutant)")
            if table.row(for: answer.mutant).map({ table.rows[$0].verdict }) == .open { continue }
            #expect(
                !answer.isAlarm, "\(answer.mutant): \(answer.told.map { "\($0.rule) \($0.message)" }) \(answer.status)")
        }
    }

    private static let sound: [Mutant] = Mutant.names.flatMap { name in
        Mutant.bases[name].map { SoundMaker.all(of: name, $0.tree) } ?? []
    }

    private static func write(_ answers: [MutantBench.Answer], _ table: VerdictTable, as ending: String = "") throws {
        guard let path = environment["IMPRIMATUR_MUTANTS_LIST"].map({ $0 + ending }) else { return }
        let lines = answers.map { answer in
            let row = table.row(for: answer.mutant)
            let told = answer.told.map { "\($0.level) \($0.rule) \($0.message)" }.joined(separator: " ; ")
            let named = answer.told.isEmpty ? "-" : answer.isNamed ? "named" : "beside"
            let noted = answer.noted.map { "\($0.rule) \($0.message)" }.joined(separator: " ; ")
            return [
                row.map { table.rows[$0].verdict.rawValue } ?? "speak", row.map(String.init) ?? "-", answer.mutant.base,
                answer.mutant.place, answer.mutant.kind, "\(answer.status)", told, noted, answer.fault ?? "", named,
            ].joined(separator: "\t").replacingOccurrences(of: "\n", with: " ")
        }
        try (lines.joined(separator: "\n") + "\n").write(toFile: path, atomically: false, encoding: .utf8)
    }
}
