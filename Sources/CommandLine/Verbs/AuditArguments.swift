// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Digest
import Findings
import Frames
import ImgCIF
import JSON
import NeXus
import RuleCatalog
import RuleEngine
import Transport
import Workers

/// What an audit checks files with: the same in the program and in its workers.
struct AuditArguments {
    let settings: FileCheck.Settings
    let rules: RulesFolder
    let profile: ChosenProfile
    let tiers: AuditTiers

    init(_ call: Invocation) throws(Failure) {
        rules = try RulesOptions(call).folder
        profile = try CheckArguments.profile(call[.profile], in: rules, call)
        tiers = call[.tier] ?? .metadata
        var settings = FileCheck.Settings(profile: profile.profile)
        settings.failAt = call[.failAt]
        settings.reading = ReadingOptions(call).settings
        settings.reading.frames = tiers.contains(.frames) ? .all : .none
        let library = DefinitionLibrary(folder: rules.path + "/nexus")
        // The process ends with the run: to take thousands of definitions apart before would cost more than the rules.
        _ = Unmanaged.passRetained(library)
        settings.reading.library = library
        settings.reading.definitions = try CheckArguments.definitions(call, profile.profile, library)
        settings.reading.dictionaries = try CheckArguments.dictionaries(call, rules)
        settings.today = Calendar.today()
        if try FacilityRules(profile.profile)?.asksForOrigins == true { settings.parts.insert(.origin) }
        if tiers.contains(.fixity) {
            settings.parts.insert(.digests)
            settings.digestLimit = .max
            settings.reading.digestsFrameFiles = tiers.contains(.frames)
        }
        self.settings = settings
    }

    /// What verdicts depend on beside the files.
    var basis: AuditBasis {
        let reading = settings.reading
        let definitions = reading.definitions.isEmpty ? "as files declare" : reading.definitions.joined(separator: " ")
        let dictionary = reading.dictionaries?.file ?? "shipped dictionary"
        return AuditBasis(
            version: Program.version, profile: profile.profile.name, profileDigest: profile.sha256,
            failAt: (settings.failAt ?? profile.profile.failAt).rawValue, definitions: definitions + "; " + dictionary,
            tiers: tiers)
    }

    /// Bounds of a worker: frames and digests take their time.
    var limits: WorkerLimits {
        var limits = WorkerLimits()
        if tiers != .metadata { limits.seconds = 900 }
        return limits
    }
}

/// The check of one file of an audit.
struct AuditTask: FileTask {
    let check: FileCheck
    private let isDeep: Bool

    init(_ arguments: AuditArguments) {
        check = FileCheck(arguments.settings)
        isDeep = arguments.tiers != .metadata
    }

    func answer(on names: [String]) -> FileReport {
        if isDeep { WorkerLimits.grant(processorSeconds: 600) }
        return check.check(names)
    }

    func answer(on names: [String], endedBy end: End) -> FileReport {
        check.reportReaderEnd(names.first ?? "", end.words)
    }
}

/// The options of an audit as its store keeps them, for those who go on with it.
enum AuditMemory {
    /// Options that are not part of what is checked.
    private static let passing: Set<String> = [
        "db", "workers", "verify", "prometheus", "quiet", "exit-zero", "shard", "recall-list",
    ]

    static func text(_ call: Invocation) -> String {
        var json = JSONWriter(.compact)
        json.object { json in
            for (option, words) in call.values.sorted(by: { $0.key < $1.key }) where !passing.contains(option) {
                json.array(option) { json in for word in words { json.string(word) } }
            }
        }
        return String(decoding: json.finishValue(), as: UTF8.self)
    }

    /// The call that made the store, with what this one says beside it.
    static func call(_ text: String, roots: [String], _ call: Invocation) -> Invocation? {
        guard let options = (try? JSONReader.read(Array(text.utf8)))?.members,
            let verb = call.entries.first(where: { $0.name == "audit run" })?.row()
        else { return nil }
        var values: [String: [String]] = [:]
        for option in options { values[option.name] = option.value.elements?.compactMap(\.string) ?? [] }
        for (option, words) in call.values { values[option] = words }
        return Invocation(
            verb: verb, entries: call.entries, values: values, operands: roots, surroundings: call.surroundings)
    }
}
