// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Findings
import Foundation
import RuleEngine
import TestSupport

@testable import CorpusRecipes

/// Checks mutants, two at a time, and compares each report with that on the file it came from.
struct MutantBench: Sendable {
    /// What a mutant was answered with.
    struct Answer: Sendable {
        let mutant: Mutant
        /// Findings of level A to C that the good file does not have, worst first.
        let told: [Finding]
        let noted: [Finding]
        let status: FileStatus
        /// Why the mutant could not be made.
        let fault: String?

        var isSpoken: Bool { !told.isEmpty || status != .pass }
        /// Whether a finding names what was changed: the object, what holds it or what it holds, or a part that contradicts it
        /// in the same group of the instrument or the sample; a file that was not read to its end names it by that.
        var isNamed: Bool {
            status != .pass && told.isEmpty || told.contains { mutant.isNamed(by: $0) }
        }
        var isAlarm: Bool { told.contains { $0.level == .A || $0.level == .B } || status != .pass }
    }

    private let check: FileCheck
    private let good: [String: Set<String>]

    init() throws {
        let check = FileCheck(Bench.settings)
        var good: [String: Set<String>] = [:]
        for (name, recipe) in Mutant.bases {
            let plain = Mutant(base: name, place: "/", kind: "none", tree: recipe.tree)
            let report = try Self.inFolder { check.check(try plain.build(in: $0)) }
            good[name] = Set(report.findings.map(Self.words))
        }
        (self.check, self.good) = (check, good)
    }

    private static func inFolder<Result>(_ work: (URL) throws -> Result) throws -> Result {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        return try work(folder)
    }

    private static func words(_ finding: Finding) -> String {
        "\(finding.rule) \(finding.message) \(finding.places.first?.local ?? "")"
    }

    func answer(_ mutant: Mutant) -> Answer {
        do {
            let report = try Self.inFolder { check.check(try mutant.build(in: $0)) }
            let new = report.findings.filter { !(good[mutant.base]?.contains(Self.words($0)) ?? false) }
            return Answer(
                mutant: mutant, told: new.filter { $0.level != .G }, noted: new.filter { $0.level == .G },
                status: report.status, fault: nil)
        } catch {
            return Answer(mutant: mutant, told: [], noted: [], status: .pass, fault: "\(error)")
        }
    }

    func answers(_ mutants: [Mutant]) async -> [Answer] {
        await withTaskGroup(of: [(Int, Answer)].self) { group in
            let lanes = 2
            for lane in 0..<lanes {
                group.addTask {
                    stride(from: lane, to: mutants.count, by: lanes).map { ($0, answer(mutants[$0])) }
                }
            }
            var found: [(Int, Answer)] = []
            for await part in group { found += part }
            return found.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}
