// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Findings
import Frames
import Report
import Synchronization
import Transport
import Workers

/// The check of files by workers that stay, with the options of `check`, for verbs that wait for files.
final class WarmCheck: Sendable {
    let head: RunHead
    let task: CheckTask
    let rules: RulesFolder
    let settings: FileCheck.Settings
    private let words: [UInt8]
    private let following: ReadingSettings.Following
    /// Answers the questions of workers about values that libhdf5 has to read.
    let foreign: (@Sendable (Question) -> Reply?)?

    /// - Parameters:
    ///   - call: A verb whose options are some of those of `check`.
    ///   - format: The form of report whose parts are found.
    ///   - profile: In the place of that of the call.
    ///   - unsaidFrames: Which frames are decoded where the call does not say it.
    ///   - takesDigests: False: no file is read for its digest, whatever the call says.
    init(
        _ call: Invocation, format: any ReportFormat.Type, profile: String? = nil, takesDigests: Bool = true,
        unsaidFrames: String? = nil
    ) throws(Failure) {
        // The row is asked for by name, as a worker asks for it.
        let row = call.entries.first { $0.name == "check" }?.row() ?? call.verb
        let known = Set(row.options.map(\.name))
        var values = call.values.filter { known.contains($0.key) }
        values["format"] = [format.row.name]
        values["output"] = nil
        if let unsaidFrames, !call.has(.frames) { values["frames"] = [unsaidFrames] }
        if !takesDigests { values[Flag.noDigest.row.name] = [] }
        if let profile { values["profile"] = [profile] }
        let check = Invocation(
            verb: row, entries: call.entries, values: values, operands: [], surroundings: call.surroundings)
        let arguments = try CheckArguments(check)
        head = arguments.head
        task = CheckTask(arguments)
        rules = arguments.rules
        settings = arguments.settings
        words = VerbTask.bytes(check, rules: rules)
        following = check[.follow] ?? .dataset
        foreign = call.surroundings.reply
    }

    /// What files are checked with, as the options say it, for those who remember verdicts.
    var basis: String { "\(head.version) \(head.profileDigest) \(String(decoding: words, as: UTF8.self))" }

    /// Checks one file in a worker; never fails.
    func check(_ input: [String], in pool: WorkerPool) -> FileReport {
        check([input], in: pool) {
            Doorkeeper($0, follow: self.following, areInputs: true, foreign: self.foreign)
        }.first ?? task.answer(on: input, endedBy: .gone)
    }

    /// Checks files that somebody else opens for the worker.
    ///
    /// - Parameter isLast: The worker ends with them.
    func check(_ groups: [[String]], in pool: WorkerPool, by attend: ([[String]]) -> any Attendant) -> [FileReport] {
        var reports: [FileReport] = []
        var rest = groups[...]
        while !rest.isEmpty {
            let portion = Array(rest.prefix(WorkerPool.mostGroups))
            rest = rest.dropFirst(portion.count)
            task.readTogether(portion, in: pool, task: words, by: attend(portion)) { _, report in
                reports.append(report)
            }
        }
        return reports
    }

    /// Bounds of a worker of this check.
    var limits: WorkerLimits {
        var limits = WorkerLimits()
        if settings.reading.frames != .none { limits.seconds = 900 }
        return limits
    }
}

/// Warm checks by the name of their profile, each made once.
final class WarmChecks: Sendable {
    private let call: Invocation
    private let format: any ReportFormat.Type
    private let made: Mutex<[String: WarmCheck]>
    /// With the profile of the command line.
    let standard: WarmCheck

    init(_ call: Invocation, format: any ReportFormat.Type) throws(Failure) {
        self.call = call
        self.format = format
        standard = try WarmCheck(call, format: format)
        made = Mutex([:])
    }

    /// The check by a profile that ships, or by that of the command line; nil for another name.
    func check(by profile: String?) -> WarmCheck? {
        guard let profile, profile != standard.head.profileName else { return standard }
        guard standard.rules.profiles.contains(profile) else { return nil }
        return made.withLock { made in
            if let known = made[profile] { return known }
            let check = try? WarmCheck(call, format: format, profile: profile)
            made[profile] = check
            return check
        }
    }
}
