// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Findings
import JSON
import Report
import RuleEngine
import Transport

/// `imprimatur audit export` and `diff`: what a store holds, for other programs.
enum AuditExportVerbs {
    static func export(_ call: Invocation) -> ExitCode {
        AuditRunVerb.guarded { () throws(Failure) in
            let name = try AuditRunVerb.storeName(call)
            let store = try AuditStore.reading(name)
            guard let head = try store.head() else {
                throw Failure(usage: "no run has begun in the store", remedy: "begin one with 'imprimatur audit run'")
            }
            let kept = try AuditOutputs(of: name, below: store.roots().map(\.name))
            switch call[.exportShape] ?? "jsonl" {
            case "csv": try tables(of: store, kept, call, forPostgres: false)
            case "postgres": try tables(of: store, kept, call, forPostgres: true)
            default: try lines(of: store, kept, head, call)
            }
            return .fine
        }
    }

    /// The events of `check`.
    private static func lines(
        of store: AuditStore, _ kept: AuditOutputs, _ head: RunHead, _ call: Invocation
    ) throws(Failure) {
        let output = try kept.open(call[.auditOutput])
        var format = JSONLinesReport(head, .plain(isComplete: true))
        var bytes: [UInt8] = []
        var end = RunEnd()
        format.take(.run(head), &bytes)
        var choice = AuditStore.Choice()
        choice.isComplete = true
        var isFinished = true
        try store.rows(choice) { (entry) throws(Failure) in
            guard let status = entry.status else {
                isFinished = false
                return
            }
            if entry.isPassedOver {
                end.passedOver[entry.reason, default: 0] += 1
            } else {
                end.add(status)
                format.take(.file(try store.report(entry)), &bytes)
            }
            guard bytes.count > 1 << 18 else { return }
            try output.write(bytes)
            bytes = []
        }
        // Without an end the events are of a run that has not ended.
        if isFinished { format.take(.end(end), &bytes) }
        try output.write(bytes)
        try output.end()
    }

    private static func tables(
        of store: AuditStore, _ kept: AuditOutputs, _ call: Invocation, forPostgres: Bool
    ) throws(Failure) {
        guard let folder = call[.auditOutput], folder != "-" else {
            throw Failure(usage: "tables are several files", remedy: "name a folder with -o")
        }
        try kept.look(folder, option: "-o")
        try kept.look(folder + "/files.csv", option: "-o")
        try NewFolder.makeIfAbsent(Name(folder))
        let outputs = try Output.several(
            AuditTables.names.map { "\(folder)/\($0).csv" }
                + (forPostgres ? ["\(folder)/schema.sql", "\(folder)/load.sql"] : []),
            inputs: kept.keys)
        var tables = AuditTables.heads
        var choice = AuditStore.Choice()
        choice.isComplete = true
        var numbers: [Int64: Int] = [:]
        try store.rows(choice) { (entry) throws(Failure) in
            if entry.status != nil { numbers[entry.id] = numbers.count + 1 }
        }
        try store.rows(choice) { (entry) throws(Failure) in
            guard let number = numbers[entry.id] else { return }
            var report = try store.report(entry)
            if entry.isPassedOver {
                report.outline = ""
                report.findings = []
            }
            AuditTables.add(
                AuditTables.File(
                    number: number, entry: entry.kind.rawValue, partOf: entry.partOf.flatMap { numbers[$0] },
                    isPassedOver: entry.isPassedOver, reason: entry.reason, report: report), to: &tables)
            guard tables[0].count > 1 << 18 else { return }
            for index in tables.indices {
                try outputs[index].write(tables[index])
                tables[index] = []
            }
        }
        if forPostgres { tables += [Array(AuditTables.definitions.utf8), Array(AuditTables.loading.utf8)] }
        for index in tables.indices {
            try outputs[index].write(tables[index])
            try outputs[index].end()
        }
    }

    static func difference(_ call: Invocation) -> ExitCode {
        AuditRunVerb.guarded { () throws(Failure) in
            let lines = try AuditDifference.between(
                Name(call.operands[0]), AuditStore.reading(Name(call.operands[1])))
            var bytes: [UInt8] = []
            for line in lines { bytes += call[.listShape] == "jsonl" ? json(line) : Array(text(line).utf8) }
            StandardStream.report(bytes)
            if call[.listShape] != "jsonl", lines.isEmpty { StandardStream.report("nothing differs\n") }
            return lines.isEmpty ? .fine : .findings
        }
    }

    private static func text(_ line: AuditDifference.Line) -> String {
        var words = "\(line.change.word): \(line.path.shown)"
        if case .moved(let from) = line.change { words += ", from \(from.shown)" }
        switch (line.before, line.after) {
        case (let before?, let after?) where before != after: words += " (\(before), now \(after))"
        case (nil, let after?), (_, let after?): words += " (\(after))"
        case (let before?, nil): words += " (was \(before))"
        case (nil, nil): break
        }
        return words + (line.reason.isEmpty ? "" : ", " + Escaping.line(line.reason)) + "\n"
    }

    private static func json(_ line: AuditDifference.Line) -> [UInt8] {
        var json = JSONWriter(.compact)
        json.object { json in
            json.member("change", line.change.word)
            json.path(line.path.text)
            if case .moved(let from) = line.change { json.member("from", from.shown) }
            json.member("before", line.before)
            json.member("after", line.after)
            json.member("reason", line.reason)
        }
        return json.finish()
    }
}
