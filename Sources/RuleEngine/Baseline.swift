// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings
import JSON
public import Transport

/// The findings that a project knows of: they are shown and fail nothing, so that only new ones do.
///
/// Findings are recognised by file, rule and fingerprint, those that gather several items by these. More cases of one than
/// the baseline has are new.
/// - Source: docs/schema/baseline-1.json; docs/decisions/0311-baselines.md, 0398-items-of-a-baseline.md.
public struct Baseline: Sendable {
    /// One known finding.
    public struct Entry: Sendable, Hashable {
        /// Relative to the folder of the baseline, or from the root; or a pattern.
        public let path: String
        public let rule: RuleID
        public let fingerprint: Fingerprint
        /// Cases it may stand for; nil: any number.
        public let count: Int?
        /// What the finding gathers; empty where it is about one thing, or names no items.
        public let items: Set<String>
        /// The sentence, for people alone.
        public let message: String
    }

    /// Version of the form; members are added within a version.
    public static let schemaVersion = 1
    private static let members = ["path", "pathBytes", "rule", "fingerprint", "count", "items", "message"]

    private let entries: [Entry]
    private let folder: Name?
    private var byPrint: [Fingerprint: [Int]] = [:]
    /// Entries that have items.
    private var gathered: [RuleID: [Int]] = [:]
    /// The smallest number of cases in which an entry was met; nil where it was not met.
    private var met: [Int?]
    /// Whether a file of the entry was looked at, and every one of them in a way that would have found it.
    private var wasLookedFor: [Bool?]

    /// Reads a baseline.
    ///
    /// - Parameters:
    ///   - path: That of the file; paths in it are relative to its folder.
    ///   - rules: Those of this release.
    public init(_ bytes: [UInt8], path: Name, rules: [RuleID]) throws(ConfigurationFault) {
        let text = try SettingsText(bytes, source: path.text)
        guard let fields = text.value.members else {
            throw text.fault(at: [], "a baseline is an object { schemaVersion: 1, findings: [ … ] }")
        }
        try text.checkVersion(Self.schemaVersion)
        try text.check(
            fields, against: ["$schema", "schemaVersion", "tool", "profile", "findings"], of: "a baseline")
        guard text.value["schemaVersion"] != nil, let list = text.value["findings"]?.elements else {
            throw text.fault(at: [], "a baseline has 'schemaVersion' and a list 'findings'")
        }
        var entries: [Entry] = []
        for (index, value) in list.enumerated() {
            entries.append(try Self.entry(value, at: [.member("findings"), .element(index)], text, rules))
        }
        self.entries = entries
        folder = Self.folder(of: path)
        for (index, entry) in entries.enumerated() {
            byPrint[entry.fingerprint, default: []].append(index)
            if !entry.items.isEmpty { gathered[entry.rule, default: []].append(index) }
        }
        met = Array(repeating: nil, count: entries.count)
        wasLookedFor = Array(repeating: nil, count: entries.count)
    }

    private static func entry(
        _ value: JSONValue, at place: [JSONStep], _ text: SettingsText, _ rules: [RuleID]
    ) throws(ConfigurationFault) -> Entry {
        guard let fields = value.members else {
            throw text.fault(at: place, "a known finding is an object with 'path', 'rule' and 'fingerprint'")
        }
        try text.check(fields, at: place, against: members, of: "a known finding")
        func word(_ name: String) throws(ConfigurationFault) -> String {
            guard let word = value[name]?.string, !word.isEmpty else {
                throw text.fault(
                    at: value[name] == nil ? place : place + [.member(name)], "'\(name)' of a known finding is a text")
            }
            return word
        }
        let name = try word("rule")
        guard let rule = RuleID(name), rules.contains(rule) else {
            throw text.fault(
                at: place + [.member("rule")], "there is no rule '\(name)'",
                suggestion: Spelling.nearest(to: name, among: rules.map(\.description)))
        }
        let print = try word("fingerprint")
        guard print.utf8.count == 32, print.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
        else {
            throw text.fault(at: place + [.member("fingerprint")], "a fingerprint has 32 hexadecimal digits")
        }
        let count = value["count"]?.integer
        if let stated = value["count"], count == nil || count ?? 0 < 1 {
            throw text.fault(
                at: place + [.member("count")],
                "'count' is a whole number above 0, and \(stated.integer.map(String.init) ?? "no such number") is given"
            )
        }
        let items = value["items"]?.elements?.compactMap(\.string)
        guard value["items"] == nil || items != nil && items?.count == value["items"]?.elements?.count else {
            throw text.fault(at: place + [.member("items")], "'items' of a known finding is a list of texts")
        }
        var path = try word("path")
        if let digits = value["pathBytes"]?.string {
            guard let name = Name(hexadecimal: digits) else {
                throw text.fault(at: place + [.member("pathBytes")], "'pathBytes' is a name in hexadecimal digits")
            }
            path = name.text
        }
        return Entry(
            path: path, rule: rule, fingerprint: Fingerprint(print), count: count,
            items: Set(items ?? []), message: value["message"]?.string ?? "")
    }

    // MARK: Files

    private static func folder(of path: Name) -> Name? {
        Folder.trueName(path.folder.bytes.isEmpty ? Name(".") : path.folder)
    }

    /// A file as a baseline in a folder names it.
    private static func place(of path: String, in folder: Name?) -> String {
        let name = Name(path)
        guard let whole = Folder.trueName(name) else { return path }
        guard let folder, whole.bytes.starts(with: folder.bytes + [0x2F]) else { return whole.text }
        return Name(bytes: Array(whole.bytes.dropFirst(folder.bytes.count + 1))).text
    }

    private func isMeant(_ entry: Entry, _ place: String) -> Bool {
        entry.path == place || FilePattern.isPattern(entry.path) && FilePattern(entry.path).matches(place)
    }

    // MARK: A run

    /// Marks the findings of a file that are known, and gives it the verdict that follows.
    public mutating func mark(_ report: inout FileReport, _ head: RunHead) {
        let place = Self.place(of: report.path, in: folder)
        let unsure = Set(
            report.notChecked.filter { $0.reason.word != .absent && $0.reason.word != .kind }.map(\.rule))
        for (index, entry) in entries.enumerated() where isMeant(entry, place) {
            let isSure = !report.isUnjudged && !report.isIncomplete && !unsure.contains(entry.rule)
            wasLookedFor[index] = (wasLookedFor[index] ?? true) && isSure
        }
        for (index, print) in Fingerprint.of(report.findings).enumerated() {
            let finding = report.findings[index]
            for known in byPrint[print] ?? []
            where entries[known].rule == finding.rule && isMeant(entries[known], place) {
                met[known] = min(met[known] ?? finding.count, finding.count)
                if finding.count <= entries[known].count ?? finding.count { report.findings[index].isKnown = true }
            }
            if !report.findings[index].isKnown, holds(finding, place) { report.findings[index].isKnown = true }
        }
        report.settle(head)
    }

    /// Whether every item that a finding gathers is known: one that was mended, or is told alone now, makes no new finding of
    /// the others.
    private mutating func holds(_ finding: Finding, _ place: String) -> Bool {
        guard let some = gathered[finding.rule] else { return false }
        let items = Self.items(of: finding)
        var rest = items
        for known in some where isMeant(entries[known], place) {
            let left = entries[known].items.intersection(items).count
            guard left > 0 else { continue }
            met[known] = min(met[known] ?? left, left)
            rest.subtract(entries[known].items)
        }
        return !items.isEmpty && rest.isEmpty
    }

    /// The items of a finding, where it names all of them; the object that it is about where that is one.
    private static func items(of finding: Finding) -> Set<String> {
        if case .list(let list)? = finding.values.first(where: { $0.name == "items" })?.value {
            let items = Set(list.compactMap { if case .text(let item) = $0 { item } else { nil } })
            return items.count == finding.count ? items : []
        }
        guard finding.count == 1, finding.places.count == 1,
            case .object(let path, let attribute) = finding.places[0].kind
        else { return [] }
        return [path + (attribute.map { "@" + $0 } ?? "")]
    }

    /// The known findings that are not there any more, or in fewer cases, in files that were looked at.
    public var mended: [RunNote] {
        entries.enumerated().compactMap { index, entry in
            let words = entry.message.isEmpty ? "" : ": \(entry.message)"
            if let cases = met[index] {
                guard let count = entry.count, cases < count else { return nil }
                return RunNote(
                    .partlyMended, rule: entry.rule, path: entry.path,
                    "\(entry.rule) of the baseline has \(cases) of \(count) cases left\(words)")
            }
            guard wasLookedFor[index] == true else { return nil }
            return RunNote(
                .mended, rule: entry.rule, path: entry.path, "\(entry.rule) of the baseline is mended\(words)")
        }
    }

    // MARK: Writing

    /// What a baseline for a run holds; the findings are those that could fail one: levels A to C, or what fails this one.
    public struct Draft: Sendable {
        private let folder: Name?
        private let head: RunHead
        private var entries: [Entry] = []

        /// - Parameter path: That of the file that will be written.
        public init(path: Name, _ head: RunHead) {
            folder = Baseline.folder(of: path)
            self.head = head
        }

        /// Takes the findings of a file, and marks them as known.
        public mutating func take(_ report: inout FileReport) {
            let place = Baseline.place(of: report.path, in: folder)
            for (index, print) in Fingerprint.of(report.findings).enumerated() {
                let finding = report.findings[index]
                guard !finding.isPreview, finding.level != .G || head.failAt == .G else { continue }
                entries.append(
                    Entry(
                        path: place, rule: finding.rule, fingerprint: print, count: finding.count,
                        items: finding.count > 1 ? Baseline.items(of: finding) : [], message: finding.message))
                report.findings[index].isKnown = true
            }
            report.settle(head)
        }

        public var count: Int { entries.count }

        /// The text of the file: the same for the same findings, in the order of paths and rules.
        public var bytes: [UInt8] {
            var json = JSONWriter(.indented)
            json.object { json in
                json.member("schemaVersion", Baseline.schemaVersion)
                json.object("tool") { json in
                    json.member("name", "imprimatur")
                    json.member("version", head.version)
                }
                json.member("profile", head.profileName)
                json.array("findings") { json in
                    for entry in entries.sorted(by: { ($0.path, $0.rule) < ($1.path, $1.rule) }) {
                        json.object { json in
                            json.path(entry.path)
                            json.member("rule", entry.rule.description)
                            json.member("fingerprint", entry.fingerprint.description)
                            json.member("count", entry.count)
                            if !entry.items.isEmpty {
                                json.array("items") { json in for item in entry.items.sorted() { json.string(item) } }
                            }
                            json.member("message", entry.message)
                        }
                    }
                }
            }
            return json.finish()
        }
    }
}

extension FileReport {
    /// The verdict that follows from which findings fail the run, once some of them are known.
    mutating func settle(_ head: RunHead) {
        isFailing = findings.contains(where: head.isFailing)
        if status == .fail, !isFailing { status = otherwise ?? .indeterminate }
    }
}
