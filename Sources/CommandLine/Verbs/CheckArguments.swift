// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Frames
import ImgCIF
import NeXus
import Report
import RuleCatalog
import RuleEngine
import Transport

/// What `check` was asked to do.
struct CheckArguments {
    let inputs: [Input]
    /// What of the folders was passed over by its kind alone.
    let passedOver: [String: Int]
    /// Files that are read beside the inputs.
    let otherFiles: [String]
    let settings: FileCheck.Settings
    let outputs: [ReportOutput]
    let exitZero: Bool
    let rules: RulesFolder
    let head: RunHead
    /// The report on the terminal names the failures, so that they need not be said again.
    let showsFailures: Bool

    init(_ call: Invocation) throws(Failure) {
        let folder = try RulesOptions(call).folder
        rules = folder
        let chosen = try Self.profile(call[.profile], in: folder, call)
        var settings = FileCheck.Settings(profile: chosen.profile)
        settings.failAt = call[.failAt]
        settings.reading = ReadingOptions(call).settings
        settings.reading.definition = call[.definition]
        settings.reading.record = RecordSettings(rules: folder, today: call.surroundings.today)
        settings.reading.instruments = InstrumentShelf(folder)
        settings.reading.frames = FrameOptions(call, unsaid: call.has(.online) ? .first : .ends).sampling
        settings.reading.substitutes = try LocationOptions(call).substitutes
        settings.reading.remote = try OnlineOptions(call) {
            Engine(rules: catalogue, profile: chosen.profile).checkerParameters
        }.network
        let library = DefinitionLibrary(folder: folder.path + "/nexus")
        // The process ends with the run: to take thousands of definitions apart before would cost more than the rules.
        _ = Unmanaged.passRetained(library)
        settings.reading.library = library
        settings.reading.definitions = try Self.definitions(call, chosen.profile, library)
        if let name = call[.definition] {
            try library.requireApplication(name, in: settings.reading.definitions)
        }
        settings.reading.dictionaries = try Self.dictionaries(call, folder)
        if let path = call[.answers] {
            settings.answers = try Self.answers(path, call)
            settings.today = call.surroundings.today
        }
        settings.takesDigests = !call.has(.noDigest)
        let files = try InputOptions(call).expanded
        inputs = files.inputs
        passedOver = files.passedOver
        // A worker is told what the program found of the whole run.
        let exhibited = call.told(.exhibited) ?? HTMLReport.exhibited(of: inputs.map(\.path))
        let isMany = exhibited.isEmpty && !(inputs.isEmpty && call.told(.exhibited) == nil)
        settings.parts = Self.formats(call).reduce(call[.compat] == nil ? [] : .compatibility) {
            $0.union(isMany ? $1.row.partsOfMany : $1.row.parts)
        }
        settings.exhibited = inputs.isEmpty && call.told(.exhibited) == nil ? nil : Set(exhibited)
        if settings.parts.contains(.otherProfiles), !call.has(.quiet) || call.has(.reports) {
            settings.otherProfiles = { ChosenProfile.others(than: chosen.profile, in: folder, catalogue: catalogue) }
        }
        self.settings = settings
        let lists = call.operands.filter { $0.hasPrefix("@") }.map { String($0.dropFirst()) }
        otherFiles = [call[.answers], call[.profile], call[.dictionary]].compactMap { $0 } + lists
        head = RunHead(
            version: Program.version, profileName: chosen.profile.name, profileDigest: chosen.sha256,
            failAt: settings.failAt ?? chosen.profile.failAt, answeredFails: chosen.profile.answeredFails,
            baseline: call[.baseline])
        outputs = try Self.outputs(call, head)
        exitZero = call.has(.exitZero)
        let isText = Self.format(call) == TextReport.self
        showsFailures = isText && !call.has(.quiet) && call.surroundings.terminal.isTerminal
    }

    /// Releases and folders by the command line, else by the profile.
    static func definitions(_ call: Invocation, _ profile: Profile, _ library: DefinitionLibrary)
        throws(Failure) -> [String]
    {
        let names = call.has(.definitions) ? call[all: .definitions] : [profile.standards["nexus"]].compactMap { $0 }
        guard !names.isEmpty else { return [] }
        do {
            _ = try library.set(names)
            return names
        } catch {
            throw error.with(code: .usage)
        }
    }

    /// The dictionary of the command line, or those that ship.
    static func dictionaries(_ call: Invocation, _ folder: RulesFolder) throws(Failure) -> DictionaryLibrary {
        let library = DictionaryLibrary(folder: folder.path + "/imgcif", file: call[.dictionary])
        guard call.has(.dictionary) else { return library }
        do {
            _ = try library.check()
            return library
        } catch {
            throw Failure(
                usage: "the dictionary '\(error.subject)' cannot be used: \(error.cause)",
                remedy: "name a dictionary in DDLm, such as cif_img.dic")
        }
    }

    static func profile(_ name: String?, in folder: RulesFolder, _ call: Invocation) throws(Failure) -> ChosenProfile {
        do {
            return try ChosenProfile.choose(
                name ?? "default", in: folder, catalogue: catalogue, text: call.surroundings.text)
        } catch {
            throw Failure(usage: error.description, remedy: "see 'imprimatur rules list'")
        }
    }

    static func answers(_ path: String, _ call: Invocation) throws(Failure) -> [Answer] {
        guard let bytes = call.surroundings.text(path) else {
            throw Failure(
                usage: "the answers in '\(path)' cannot be read", remedy: "check the spelling of the path")
        }
        do {
            return try Answers.load(bytes, source: path, rules: catalogue.map(\.id))
        } catch {
            throw Failure(usage: error.description, remedy: "see docs/guide/answers.md")
        }
    }

    private static func format(_ call: Invocation) -> any ReportFormat.Type {
        call[.format] ?? TextReport.self
    }

    /// The forms of all reports asked for.
    private static func formats(_ call: Invocation) -> [any ReportFormat.Type] {
        let format = format(call)
        return [format] + call[all: .reports].map { Formats.ofFile($0) ?? format }
    }

    /// The form that the ending of a name asks for, that of --format for a name without an ending; nil for an ending that
    /// no form has.
    private static func form(of path: String, _ call: Invocation) -> (any ReportFormat.Type)? {
        if let form = Formats.ofFile(path) { return form }
        return ending(of: path) == nil ? format(call) : nil
    }

    private static func ending(of path: String) -> String? {
        let last = Name(path).last.text
        guard let dot = last.lastIndex(of: "."), dot != last.startIndex, last.last != "." else { return nil }
        return String(last[last.index(after: dot)...])
    }

    private static func unknownEnding(_ path: String) -> Failure {
        let endings = Formats.all.flatMap { $0.row.endings }
        let nearest = Spelling.nearest(to: ending(of: path) ?? "", among: endings)
        return Failure(
            usage: "no form of report is known by the ending of '\(path)'"
                + (nearest.map { "; did you mean '.\($0)'?" } ?? ""),
            remedy: "there are " + endings.map { ".\($0)" }.joined(separator: ", "))
    }

    /// The summary of a step of GitHub Actions, which grows by a report where its annotations are asked for.
    ///
    /// - Source: docs.github.com, workflow commands, GITHUB_STEP_SUMMARY.
    static func summaryOfStep(_ call: Invocation, _ head: RunHead) throws(Failure) -> ReportOutput? {
        guard formats(call).contains(where: { $0 == GitHubReport.self }),
            let path = Environment.value("GITHUB_STEP_SUMMARY"), !path.isEmpty
        else { return nil }
        let before = Folder.working.kind(behind: Name(path)) == .file ? FileBytes.read(path) : []
        guard let before else {
            throw Failure(
                attempt: "read", subject: path, code: .permission, words: "the summary of the step cannot be read")
        }
        return ReportOutput(
            MarkdownReport(head, .plain(isComplete: call.has(.all))), head, path: path, behind: before)
    }

    /// The reports that a call asks for, on standard output and to files.
    static func outputs(_ call: Invocation, _ head: RunHead) throws(Failure) -> [ReportOutput] {
        let terminal = call.surroundings.terminal
        let isComplete = call.has(.all)
        let folder = Folder.trueName(Name(".")).map { $0.text + "/" } ?? ""
        let format = format(call)
        var outputs: [ReportOutput] = []
        let paths = call[all: .reports]
        if !call.has(.quiet), !paths.contains("-") {
            let style = ReportStyle(
                width: terminal.columns, isColoured: terminal.colours(call[.color] ?? .auto), isComplete: isComplete,
                folder: folder)
            outputs.append(ReportOutput(format.init(head, style), head, path: nil))
        }
        for path in paths {
            guard let form = form(of: path, call) else { throw unknownEnding(path) }
            outputs.append(
                ReportOutput(form.init(head, .plain(isComplete: isComplete, folder: folder)), head, path: path))
        }
        return outputs
    }
}
