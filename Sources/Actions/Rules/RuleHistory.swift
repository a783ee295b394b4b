// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import RuleEngine
import Transport

/// What releases of the program had as rules: one table a release, `rules/releases/<version>.tsv`.
///
/// That of the release to come is written by `write-docs`; those of releases that are out stay as they are.
public struct RuleHistory: Sendable {
    /// A rule as one release had it.
    public struct Row: Sendable, Hashable {
        public let level: String
        public let status: String
        public let title: String
        /// Names with values and units: "tolerance=2 px; factor=3 ratio".
        public let parameters: String
        /// Files of the corpora that the rule has to speak of, and that it may not.
        public let fails: Int
        public let passes: Int
        /// The sentence of a finding, from the corpora; empty where they hold none that a plain check tells.
        public let example: String

        public init(
            level: String, status: String, title: String, parameters: String, fails: Int, passes: Int, example: String
        ) {
            self.level = level
            self.status = status
            self.title = title
            self.parameters = parameters
            self.fails = fails
            self.passes = passes
            self.example = example
        }

        /// What users of a rule are told of when it changes.
        func isAlike(_ other: Row) -> Bool {
            level == other.level && status == other.status && title == other.title && parameters == other.parameters
        }
    }

    public static let header = ["rule", "level", "status", "title", "parameters", "fails", "passes", "example"]

    /// Versions in rising order, each with its rules.
    public let releases: [(version: String, rows: [RuleID: Row])]

    public init(releases: [(version: String, rows: [RuleID: Row])]) { self.releases = releases }

    /// Reads the tables below a folder of rules; none where it has none.
    public init(in folder: RulesFolder) {
        var releases: [(version: String, rows: [RuleID: Row])] = []
        for file in FolderWalk.names(under: folder.path + "/releases") where file.hasSuffix(".tsv") {
            guard let name = file.split(separator: "/").last, let bytes = FileBytes.read(file) else { continue }
            releases.append((String(name.dropLast(4)), Self.rows(String(decoding: bytes, as: UTF8.self))))
        }
        self.releases = releases.sorted { Self.precedes($0.version, $1.version) }
    }

    /// The rows of a table.
    public static func rows(_ text: String) -> [RuleID: Row] {
        var rows: [RuleID: Row] = [:]
        for line in text.split(separator: "\n") {
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard cells.count == header.count, let rule = RuleID(cells[0]), let fails = Int(cells[5]),
                let passes = Int(cells[6])
            else { continue }
            rows[rule] = Row(
                level: cells[1], status: cells[2], title: cells[3], parameters: cells[4], fails: fails, passes: passes,
                example: cells[7])
        }
        return rows
    }

    /// The newest row of a rule.
    public func row(_ rule: RuleID) -> Row? { releases.last?.rows[rule] }

    /// The release that first had the rule; nil for one that no table has.
    public func since(_ rule: RuleID) -> String? { releases.first { $0.rows[rule] != nil }?.version }

    /// The release that last changed level, status, title or parameters.
    public func changed(_ rule: RuleID) -> String? {
        var last: (version: String, row: Row)?
        for release in releases {
            guard let row = release.rows[rule] else { continue }
            if last.map({ !$0.row.isAlike(row) }) ?? true { last = (release.version, row) }
        }
        return last?.version
    }

    /// By the numbers between the points.
    private static func precedes(_ a: String, _ b: String) -> Bool {
        let (a, b) = (a.split(separator: ".").map { Int($0) ?? 0 }, b.split(separator: ".").map { Int($0) ?? 0 })
        return a.lexicographicallyPrecedes(b)
    }

    /// A rule of this release as a row.
    ///
    /// - Parameters:
    ///   - fails: Files of the corpora that it has to speak of.
    ///   - passes: Those that it may not.
    public static func row(of rule: Rule, fails: Int, passes: Int, example: String) -> Row {
        let parameters = rule.parameters.map { parameter in
            switch parameter.defaultValue {
            case .number(let number): "\(parameter.name)=\(Wording.number(number)) \(parameter.unit)"
            case .words(let words): "\(parameter.name)=\(words.joined(separator: ","))"
            }
        }
        return Row(
            level: rule.level.rawValue, status: rule.status.rawValue, title: rule.title,
            parameters: parameters.joined(separator: "; "), fails: fails, passes: passes, example: example)
    }

    /// The rows as a table.
    public static func text(_ rows: [RuleID: Row]) -> String {
        var text = header.joined(separator: "\t") + "\n"
        for (rule, row) in rows.sorted(by: { $0.key < $1.key }) {
            let cells = [
                rule.description, row.level, row.status, row.title, row.parameters, String(row.fails),
                String(row.passes), row.example,
            ]
            // No cell may hold what parts cells and rows.
            text += cells.map { Escaping.line($0) }.joined(separator: "\t") + "\n"
        }
        return text
    }
}
