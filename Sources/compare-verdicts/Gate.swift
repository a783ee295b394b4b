// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Runs both programs over the files and gathers where they differ.
struct Gate {
    /// Two verdicts on one file.
    struct Pair {
        let file: String
        let old: Verdict
        let new: Verdict
    }

    /// What a file takes under each program.
    struct Cost {
        let file: String
        var old: Double
        var new: Double

        var ratio: Double { old > 0 ? new / old : 1 }
    }

    /// What came of it.
    struct Comparison {
        var pairs: [Pair] = []
        /// Files on which a program says now this and now that.
        var chancesOfOld: [String] = []
        var chancesOfNew: [String] = []
        /// Milliseconds of processor time, both programs measured in turn.
        var times: [Cost] = []
        /// Peak of memory, MiB.
        var memories: [Cost] = []
        /// Files that take twice the time and 5 ms more, measured three times.
        var slow: [Cost] = []
        /// Files that take 1.5 times the memory and 32 MiB more.
        var large: [Cost] = []
        /// Reports that differ in a byte, each with the first line that does.
        var bytes: [String] = []
        var unstarted: [String] = []
    }

    private let words: GateArguments
    private let keptRuns: KeptRuns
    private static let check = ["check", "-f", "jsonl", "--all"]
    private static let reports = [
        ["check", "--all"], ["check", "-f", "json"], ["check", "-f", "checkcif"], ["inspect", "--json"],
    ]
    /// Files that are measured with both programs in turn when the runs of the old one were kept.
    private static let sampleSize = 100

    init(_ words: GateArguments) throws(GateFault) {
        self.words = words
        keptRuns = try KeptRuns(of: words.old, in: words.kept)
    }

    func compare(_ files: [String]) -> Comparison {
        var comparison = Comparison()
        let step = max(1, files.count / Self.sampleSize)
        for (index, file) in files.enumerated() {
            var isFresh = false
            guard let old = keptRuns.run(words.old, Self.check, file, isFresh: &isFresh),
                let new = ProgramRun(words.new, Self.check + [file])
            else {
                comparison.unstarted.append(file)
                continue
            }
            let pair = Pair(file: file, old: Verdict(old), new: Verdict(new))
            if pair.old != pair.new { settle(pair, &comparison) } else { comparison.pairs.append(pair) }
            if words.comparesTimes, !old.isOverTime, !new.isOverTime {
                measure(old, new, file, isFresh, index.isMultiple(of: step), &comparison)
            }
            if words.comparesBytes { compareBytes(file, &comparison) }
        }
        if words.comparesTimes, median(comparison.times) > GateReport.mostTime {
            comparison.times = comparison.times.enumerated().filter { $0.offset.isMultiple(of: step) }.map {
                remeasured($0.element.file)
            }
        }
        return comparison
    }

    private func median(_ costs: [Cost]) -> Double { GateReport.median(costs.map(\.ratio)) }

    /// A difference counts when both programs keep to what they said, three times.
    private func settle(_ pair: Pair, _ comparison: inout Comparison) {
        func says(_ verdict: Verdict, _ program: String) -> Bool {
            (0..<2).allSatisfy { _ in
                ProgramRun(program, Self.check + [pair.file]).map { Verdict($0) == verdict } ?? false
            }
        }
        if !says(pair.new, words.new) {
            comparison.chancesOfNew.append(pair.file)
        } else if !says(pair.old, words.old) {
            comparison.chancesOfOld.append(pair.file)
        } else {
            comparison.pairs.append(pair)
        }
    }

    private func measure(
        _ old: ProgramRun, _ new: ProgramRun, _ file: String, _ isFresh: Bool, _ isInSample: Bool,
        _ comparison: inout Comparison
    ) {
        let memory = Cost(file: file, old: Double(old.kibibytes) / 1024, new: Double(new.kibibytes) / 1024)
        comparison.memories.append(memory)
        if memory.new > 1.5 * memory.old, memory.new > memory.old + 32 { comparison.large.append(memory) }
        var time = Cost(file: file, old: old.milliseconds, new: new.milliseconds)
        if !isFresh, isInSample, let again = ProgramRun(words.old, Self.check + [file]) {
            time.old = again.milliseconds
        }
        if isFresh || isInSample { comparison.times.append(time) }
        guard Self.isSlow(time) else { return }
        let again = remeasured(file)
        if Self.isSlow(again) { comparison.slow.append(again) }
    }

    private static func isSlow(_ time: Cost) -> Bool { time.new > 2 * time.old && time.new > time.old + 5 }

    /// The least of three runs of each program, in turn.
    private func remeasured(_ file: String) -> Cost {
        var cost = Cost(file: file, old: .infinity, new: .infinity)
        for _ in 0..<3 {
            if let run = ProgramRun(words.old, Self.check + [file]) { cost.old = min(cost.old, run.milliseconds) }
            if let run = ProgramRun(words.new, Self.check + [file]) { cost.new = min(cost.new, run.milliseconds) }
        }
        return cost
    }

    private func compareBytes(_ file: String, _ comparison: inout Comparison) {
        for arguments in Self.reports + [Self.check] {
            var isFresh = false
            guard let old = keptRuns.run(words.old, arguments, file, isFresh: &isFresh),
                let new = ProgramRun(words.new, arguments + [file])
            else { continue }
            guard old.code != new.code || old.output != new.output else { continue }
            let first = zip(Self.lines(old), Self.lines(new)).first { $0 != $1 }
            let words = first.map { " - \($0.0)\n    + \($0.1)" } ?? ", one is longer; exit \(old.code), \(new.code)"
            comparison.bytes.append("\(arguments.joined(separator: " ")) \(file)\n   \(words)")
        }
    }

    private static func lines(_ run: ProgramRun) -> [Substring] {
        String(decoding: run.output, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    }
}
