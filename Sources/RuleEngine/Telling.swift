// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5

/// One rule run over one file: its reports as findings.
struct Telling {
    private(set) var findings: [Finding] = []
    private(set) var reasons: [Reason] = []
    private(set) var subjects: Set<Subject> = []

    init(_ ready: ReadyRule, gates: [RuleID: Set<Subject>], held: HeldMaterial, conformance: ConformanceByRule) {
        let rule = ready.rule
        var reports: [Verdicts.Report] = []
        var known = Reasons()
        func verdicts(_ scope: String) -> Verdicts { Verdicts(ready, blocked: gates, scope: scope) }
        func collect(_ outcome: Verdicts) {
            reports += outcome.reports
            for reason in outcome.reasons { known.add(reason) }
            if !outcome.subjects.isEmpty { subjects.formUnion(outcome.subjects) }
        }
        /// Asks a view that only some runs have.
        func ask<View>(_ view: View?, _ name: String, _ body: (View, inout Verdicts) -> Void) {
            var outcome = verdicts("")
            if let view { body(view, &outcome) } else { outcome.notChecked(.mode(Self.unasked(name))) }
            collect(outcome)
        }
        // What is there and was not read is asked before the rule looks.
        var unread: [[Need]] = []
        for view in held.material.experiments where !rule.reads.isEmpty {
            var missing: [Need] = []
            for need in rule.reads {
                guard let reason = need.reason(in: view.experiment) else { continue }
                known.add(reason)
                missing.append(need)
            }
            unread.append(missing)
        }
        for check in rule.checks {
            switch check {
            case .text(let body):
                guard let view = held.material.text else { continue }
                var outcome = verdicts("")
                body(view, &outcome)
                collect(outcome)
            case .tree(let body):
                guard let view = held.material.tree else { continue }
                var outcome = verdicts("")
                body(view, &outcome)
                collect(outcome)
            case .frames(let body): ask(held.material.frames, "frames", body)
            case .archive(let body): ask(held.material.archive, "archive", body)
            case .package(let body): ask(held.material.package, "package", body)
            case .record(let body):
                guard let view = held.material.record else { continue }
                var outcome = verdicts("")
                body(view, &outcome)
                collect(outcome)
            case .series(let body):
                guard let view = held.material.series else { continue }
                var outcome = verdicts("")
                body(view, &outcome)
                collect(outcome)
            case .comparison, .conversion: break
            case .conformance:
                var outcome = verdicts("")
                for checker in conformance.checkers { outcome.take(checker, isOnlyCheck: rule.checks.count == 1) }
                collect(outcome)
            case .file(let body):
                var outcome = verdicts("")
                body(held.material, &outcome)
                collect(outcome)
            case .experiment where held.material.series != nil: continue
            case .experiment(let body):
                if held.material.experiments.isEmpty {
                    known.add(held.material.withoutExperiment)
                }
                let restsOnLoops = ExperimentView.restsOnLoops(rule.id)
                var outcome = verdicts("")
                for (index, view) in held.material.experiments.enumerated()
                where unread.isEmpty || !unread[index].contains(where: { $0.isOfWhole(view.experiment) }) {
                    outcome.scope = view.scope
                    if restsOnLoops, let loop = held.brokenLoops[index] {
                        outcome.notChecked(.gated("CIF-003", at: "category " + loop))
                    } else {
                        body(view, &outcome)
                    }
                }
                collect(outcome)
            }
        }
        reasons = known.told
        guard !reports.isEmpty else { return }
        let merged = Telling.merged(reports)
        findings = merged.prefix(Engine.findingLimit).map { report in
            Telling.finding(report, rule: rule, level: ready.setting?.level ?? rule.level, material: held.material)
        }
        if merged.count > Engine.findingLimit { reasons.append(.unshown(merged.count - Engine.findingLimit)) }
    }

    private static func unasked(_ view: String) -> String {
        switch view {
        case "frames": "no frames were decoded"
        case "archive": "the file names no other files by their locations"
        default: "no \(view) view was asked for"
        }
    }

    /// Reports of one sentence become one.
    private static func merged(_ reports: [Verdicts.Report]) -> [Verdicts.Report] {
        var order: [Verdicts.Report] = []
        var index: [String: Int] = [:]
        for report in reports {
            if let known = index[report.message] {
                order[known].count = order[known].count &+ report.count
                order[known].places += report.places
                if order[known].fix != report.fix { order[known].fix = nil }
            } else {
                index[report.message] = order.count
                order.append(report)
            }
        }
        return order
    }

    private static func finding(_ report: Verdicts.Report, rule: Rule, level: Level, material: Material) -> Finding {
        var seen = Set<ResolvedPlace>()
        var places: [ResolvedPlace] = []
        let isLong = report.places.count > 16
        let first = firstOfMany(report.places)
        for place in first?.places ?? report.places {
            let resolved = ResolvedPlace(
                file: material.sources.otherName(place.source), kind: kind(place, material.sources))
            if isLong ? seen.insert(resolved).inserted : !places.contains(resolved) { places.append(resolved) }
        }
        var names = Set<String>()
        let sorted = places.sorted()
        let count = max(report.count, first?.count ?? places.count)
        return Finding(
            rule: rule.id, level: max(level, report.level ?? level), title: rule.title,
            message: sentence(report.message, first: sorted.first, others: count - 1)
                + way(to: report.places, said: report.message, material),
            count: count, places: sorted.prefix(Engine.placeLimit).map { lying($0, material) },
            values: report.values.filter { names.insert($0.name).inserted }.map { DatumField($0.name, $0.value) },
            why: rule.why, fix: report.fix ?? (material.tree == nil ? nil : rule.fixInNeXus) ?? rule.fix,
            references: rule.references,
            isPreview: rule.status == .preview)
    }

    /// The first of thousands of places in one text, and how many there are; nil where all are to be looked at.
    ///
    /// To find the line of each would cost more than the check.
    private static func firstOfMany(_ places: [Place]) -> (places: [Place], count: Int)? {
        guard places.count > 1_000, let source = places.first?.source else { return nil }
        var offsets: [Int] = []
        for place in places {
            guard case .text(let offset, _, _) = place.spot, place.source == source else { return nil }
            offsets.append(offset)
        }
        let last = offsets.sorted()[Engine.placeLimit - 1]
        return (zip(places, offsets).filter { $0.1 <= last }.map(\.0), Set(places).count)
    }

    /// The place, with the other file by way of which links lead to its object.
    private static func lying(_ place: ResolvedPlace, _ material: Material) -> ResolvedPlace {
        guard place.file == nil, case .object(let path, _) = place.kind,
            let file = material.tree?.files?.fileBehind(path)
        else { return place }
        return place.lying(inFile: file)
    }

    /// What leads to the other file that a report is about, where the report does not say so.
    private static func way(to places: [Place], said: String, _ material: Material) -> String {
        guard let source = places.first?.source, source != .main, places.allSatisfy({ $0.source == source }),
            case .file? = places.first?.spot, let way = material.tree?.files?.way(to: Int(source.index)),
            let first = way.first, !said.contains(first)
        else { return "" }
        let rest = way.dropFirst().map { "'\(Wording.excerpt($0, limit: 100))'" }
        return "; '\(Wording.excerpt(first, limit: 100))' leads there"
            + (rest.isEmpty ? "" : " by way of \(Wording.list(rest, limit: 3))")
    }

    /// The sentence of a report, with the path of its object where it is to stand.
    private static func sentence(_ text: String, first: ResolvedPlace?, others: Int) -> String {
        guard case .object(let path, let attribute)? = first?.kind else { return text }
        return ObjectInSentence.filled(
            text, path: Wording.excerpt(path, limit: 200), attribute: attribute.map { Wording.excerpt($0) },
            others: others)
    }

    private static func kind(_ place: Place, _ sources: SourceList) -> ResolvedPlace.Kind {
        func text(_ offset: Int, item: String?, row: Int?) -> ResolvedPlace.Kind {
            guard let position = sources.position(of: offset, in: place.source) else { return .file }
            return .text(line: position.line, column: position.column, item: item, row: row)
        }
        switch place.spot {
        case .file: return .file
        case .text(let offset, let item, let row): return text(offset, item: item, row: row)
        case .header(let offset, let key): return text(offset, item: key, row: nil)
        case .object(let path, let attribute): return .object(path: path, attribute: attribute)
        case .frames(let scan, let ranges): return .frames(scan: scan, ranges: ranges)
        }
    }
}
