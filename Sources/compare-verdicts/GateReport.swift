// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The lines of a comparison, and what of them fails it.
struct GateReport {
    /// Largest ratio of processor time, new to old, at the median file.
    static let mostTime = 1.05

    private(set) var lines: [String] = []
    /// Lines that make the gate fail.
    private(set) var complaints: [String] = []
    private let changes: Changes

    init(_ comparison: Gate.Comparison, changes: Changes) {
        self.changes = changes
        tellRules(comparison.pairs)
        tellStatus(comparison.pairs)
        tellCodes(comparison.pairs)
        tellRest(comparison.pairs)
        tellChances(comparison)
        tellCosts(comparison)
        for text in comparison.bytes { complain("bytes  \(text)") }
        for file in comparison.unstarted { complain("not started on \(file)") }
        let count = comparison.pairs.count
        lines.append("\(count) \(count == 1 ? "file" : "files"), \(complaints.count) complaints")
    }

    private mutating func complain(_ line: String) {
        lines.append("\(line)  FAILS")
        complaints.append(line)
    }

    private mutating func tellRules(_ pairs: [Gate.Pair]) {
        var gained: [Verdict.Key: [String]] = [:]
        var lost: [Verdict.Key: [String]] = [:]
        for pair in pairs {
            for key in Set(pair.new.findings.keys).subtracting(pair.old.findings.keys) {
                gained[key, default: []].append(pair.file)
            }
            for key in Set(pair.old.findings.keys).subtracting(pair.new.findings.keys) {
                lost[key, default: []].append(pair.file)
            }
        }
        for key in Set(gained.keys).union(lost.keys).sorted() {
            let (more, fewer) = (gained[key] ?? [], lost[key] ?? [])
            let counts = "gained \(more.count)  lost \(fewer.count)"
            let line = "rule  \(key.rule) \(key.level)  \(counts)  \(named(more + fewer))"
            if let file = changes.naming([key.rule]) {
                lines.append("\(line)  \(file)")
            } else if key.level == "A" || key.level == "B" {
                complain("\(line)  not announced in docs/changes")
            } else {
                lines.append(line)
            }
        }
    }

    private mutating func tellStatus(_ pairs: [Gate.Pair]) {
        struct Turn: Hashable {
            let old: String
            let new: String
            let reasons: [String]
        }
        var turns: [Turn: [String]] = [:]
        for pair in pairs where pair.old.status != pair.new.status {
            let isUnread = ["indeterminate", "incomplete", "skipped"].contains(pair.new.status)
            let turn = Turn(old: pair.old.status, new: pair.new.status, reasons: isUnread ? pair.new.reasons : [])
            turns[turn, default: []].append(pair.file)
        }
        for (turn, files) in turns.sorted(by: { "\($0.key)" < "\($1.key)" }) {
            let why = turn.reasons.isEmpty ? "" : " (\(turn.reasons.joined(separator: ", ")))"
            let line = "status  \(turn.old) -> \(turn.new)  \(files.count)\(why)  \(named(files))"
            let missing = turn.reasons.filter { changes.naming([turn.new, $0]) == nil }
            if missing.isEmpty {
                let places = turn.reasons.compactMap { changes.naming([turn.new, $0]) }
                lines.append(([line] + Set(places).sorted()).joined(separator: "  "))
            } else {
                complain("\(line)  no line of docs/changes names \(turn.new) and \(missing.joined(separator: ", "))")
            }
        }
    }

    /// The codes that a check of a file ends with.
    private static let codes: Set<Int32> = [0, 1, 3, 4]

    /// What the old program did too is told and fails nothing.
    private mutating func tell(_ words: String, _ pair: Gate.Pair, isNew: Bool) {
        if isNew { complain("\(words)  \(pair.file)") } else { lines.append("\(words)  \(pair.file)  as before") }
    }

    private mutating func tellCodes(_ pairs: [Gate.Pair]) {
        var turns: [[Int32]: [String]] = [:]
        for pair in pairs {
            if pair.new.isOverTime {
                tell("time  over \(Int(ProgramRun.patience)) s", pair, isNew: !pair.old.isOverTime)
            }
            let isOdd = !Self.codes.contains(pair.new.code) && !pair.new.isOverTime
            if isOdd { tell("code  \(pair.new.code)", pair, isNew: pair.old.code != pair.new.code) }
            if pair.old.code != pair.new.code { turns[[pair.old.code, pair.new.code], default: []].append(pair.file) }
        }
        for (turn, files) in turns.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            lines.append("code  \(turn[0]) -> \(turn[1])  \(files.count)  \(named(files))")
        }
    }

    /// Sentences, counts and places of findings that stay, and rules that look or do not look any more.
    private mutating func tellRest(_ pairs: [Gate.Pair]) {
        var reworded: [Verdict.Key: [String]] = [:]
        var unchecked: [String: [String]] = [:]
        for pair in pairs {
            for (key, words) in pair.new.findings {
                guard let before = pair.old.findings[key], before != words else { continue }
                reworded[key, default: []].append(pair.file)
            }
            for rule in Set(pair.old.notChecked.keys).union(pair.new.notChecked.keys) {
                let (before, after) = (pair.old.notChecked[rule], pair.new.notChecked[rule])
                let isComparable = before?.contains("") != true && after?.contains("") != true
                let isSame = before == after || (before != nil && after != nil && !isComparable)
                guard !isSame else { continue }
                func text(_ words: Set<String>?) -> String {
                    words.map { $0.contains("") ? "not checked" : $0.sorted().joined(separator: ", ") } ?? "checked"
                }
                unchecked["\(rule)  \(text(before)) -> \(text(after))", default: []].append(pair.file)
            }
        }
        for (key, files) in reworded.sorted(by: { $0.key < $1.key }) {
            lines.append("words  \(key.rule) \(key.level)  \(files.count)  \(named(files))")
        }
        for (words, files) in unchecked.sorted(by: { $0.key < $1.key }) {
            lines.append("not checked  \(words)  \(files.count)  \(named(files))")
        }
    }

    private mutating func tellChances(_ comparison: Gate.Comparison) {
        for file in comparison.chancesOfOld { lines.append("by chance  the old program on \(file)") }
        for file in comparison.chancesOfNew { complain("by chance  \(file)") }
    }

    private mutating func tellCosts(_ comparison: Gate.Comparison) {
        guard !comparison.times.isEmpty || !comparison.memories.isEmpty else { return }
        let times = comparison.times.map(\.ratio).sorted()
        let median = Self.median(times)
        var line = "time  median \(text(median))  p95 \(text(times.isEmpty ? 1 : times[times.count * 95 / 100]))"
        if let worst = comparison.times.max(by: { $0.ratio < $1.ratio }) {
            line += "  worst \(text(worst.ratio)) \(short(worst.file)) (\(text(worst.new - worst.old)) ms)"
        }
        line += "  of \(times.count)"
        let ratios = comparison.memories.map(\.ratio).sorted()
        line += "   memory  median \(text(Self.median(ratios)))  worst \(text(ratios.last ?? 1))"
        if median > Self.mostTime { complain(line) } else { lines.append(line) }
        for cost in comparison.slow { complain("time  \(text(cost.old)) -> \(text(cost.new)) ms  \(cost.file)") }
        for cost in comparison.large { complain("memory  \(text(cost.old)) -> \(text(cost.new)) MiB  \(cost.file)") }
    }

    static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? 1 : sorted[sorted.count / 2]
    }

    private func text(_ value: Double) -> String {
        guard value.isFinite else { return "infinite" }
        return String((value * 100).rounded() / 100)
    }

    /// Three files, and how many more.
    private func named(_ files: [String]) -> String {
        files.prefix(3).map(short).joined(separator: " ") + (files.count > 3 ? " …" : "")
    }

    private func short(_ file: String) -> String { file.split(separator: "/").last.map(String.init) ?? file }
}
