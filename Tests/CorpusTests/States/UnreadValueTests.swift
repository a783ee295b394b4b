// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Findings
import Foundation
import RuleCatalog
import RuleEngine
import TestSupport
import Testing

@testable import CorpusRecipes

/// Each value of the complete files, one at a time behind a filter that nobody has.
///
/// Oracle: the same file with the value; whatever a rule says otherwise, it says because it could not read.
@Suite struct UnreadValueTests {
    private static let unknown = 32_099

    private struct Case: Sendable {
        let base: String
        let path: [String]
        let tree: RecipeGroup

        var name: String { "\(base) /" + path.joined(separator: "/") }
    }

    private static let cases: [Case] = Mutant.names.flatMap { base in
        Mutant.bases[base].map { cases(of: $0.tree, $0.tree, [], base) } ?? []
    }

    private static func cases(of group: RecipeGroup, _ tree: RecipeGroup, _ path: [String], _ base: String) -> [Case] {
        group.members.entries.flatMap { name, node -> [Case] in
            switch node {
            case .group(let inner): return cases(of: inner, tree, path + [name], base)
            case .field(let field):
                guard let hidden = hidden(field) else { return [] }
                return [Case(base: base, path: path + [name], tree: tree.with(.field(hidden), at: path + [name]))]
            case .link: return []
            }
        }
    }

    /// The field in chunks; numbers behind the filter at once, texts behind one that `hide` renames in the file.
    private static func hidden(_ field: RecipeField) -> RecipeField? {
        var copy = field
        switch field.value.elements {
        case .virtual, .unwritten, .null, .diffraction, .counts, .gaps: return nil
        case .texts:
            copy.value.type = TypeWord("string[60]")
            copy.storage = RecipeStorage(stages: [.init(id: 3)])
        case .booleans: copy.storage = RecipeStorage(stages: [.init(id: 3)])
        default: copy.storage = RecipeStorage(stages: [.init(id: unknown, isOptional: true)])
        }
        if copy.value.shape.isEmpty { copy.value.shape = [1] }
        copy.storage.chunk = [1] + copy.value.shape.dropFirst()
        return copy
    }

    /// Renames the filter Fletcher32 of messages of version 1.
    private static func hide(_ path: String) throws {
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let name = Array("fletcher32\0".utf8)
        for start in bytes.indices.dropFirst(8) where bytes[start...].starts(with: name) && bytes[start - 8] == 3 {
            bytes[start - 8] = UInt8(unknown & 0xFF)
            bytes[start - 7] = UInt8(unknown >> 8)
        }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    private static let behind: [RuleID: [RuleID]] = Dictionary(
        uniqueKeysWithValues: catalogue.map { ($0.id, $0.needs) })

    private static let weighing = Set(catalogue.filter { $0.level != .G && $0.status == .stable }.map(\.id))

    private static func told(_ report: FileReport) -> [RuleID: Set<String>] {
        Dictionary(grouping: report.findings, by: \.rule).mapValues { Set($0.map(\.message)) }
    }

    /// What is wrong with the report on a file that lacks a value.
    private static func faults(_ report: FileReport, beside whole: FileReport, _ one: Case) -> [String] {
        let silent = Set(report.notChecked.filter { $0.reason.word.isUnread || $0.reason.word == .gated }.map(\.rule))
        let (before, after) = (told(whole), told(report))
        let names = Set(before.keys).union(after.keys)
        // What is told of NXmx alone is not asked of a file of which nobody knows that it is one.
        let isKnown = one.path.last != "definition" || !silent.contains("NX-002")
        let changed = names.filter {
            before[$0] != after[$0] && !silent.contains($0) && (isKnown || weighing.contains($0))
        }
        var faults = changed.filter { rule in
            !(after[rule] ?? []).contains { $0.contains("filter") } && silent.isDisjoint(with: behind[rule] ?? [])
        }.map { "\($0) speaks otherwise: \(before[$0] ?? []) -> \(after[$0] ?? [])" }
        let unread = report.notChecked.filter { $0.reason.word.isUnread && weighing.contains($0.rule) }
        if !unread.isEmpty, report.status == .pass { faults.append("passes, though unread: \(unread.map(\.rule))") }
        return faults.map { "\(one.name): \($0)" }
    }

    @Test func `no rule speaks otherwise about a value that was not read`() throws {
        let root = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: root) }
        let check = FileCheck(Bench.settings)
        func report(_ tree: RecipeGroup, _ base: String, _ number: Int) throws -> FileReport {
            let folder = root.appendingPathComponent("\(number)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let path = try Mutant(base: base, place: "/", kind: "hidden", tree: tree).build(in: folder)
            if number >= 0 { try Self.hide(path) }
            return check.check(path)
        }
        var whole: [String: FileReport] = [:]
        for (number, base) in Mutant.bases.enumerated() {
            whole[base.key] = try report(base.value.tree, base.key, -1 - number)
        }
        var faults: [String] = []
        var said = 0
        for (number, one) in Self.cases.enumerated() {
            let answer = try report(one.tree, one.base, number)
            guard let good = whole[one.base] else { continue }
            if answer.notChecked.contains(where: { $0.reason.word.isUnread }) { said += 1 }
            faults += Self.faults(answer, beside: good, one)
        }
        #expect(faults.sorted() == [])
        #expect(Self.cases.count > 200 && said > 100, "\(Self.cases.count) values, \(said) told as not read")
    }
}
