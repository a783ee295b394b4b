// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Actions
import JSON
import RuleEngine

/// One JSON document for the whole run.
///
/// - Source: docs/schema/report-1.json.
public struct JSONReport: ReportWriter {
    static let schemaVersion = 1

    private let facts: RunFacts
    private var files: [[UInt8]] = []
    /// Every definition that a file was checked against, once, in the order of the files.
    private var definitions: [AppliedDefinition] = []
    private var known: Set<AppliedDefinition> = []

    public init(_ facts: RunFacts) {
        self.facts = facts
    }

    public func piece(on file: CheckedFile) -> [UInt8] {
        var json = JSONWriter(.indented, depth: 2)
        json.object { FileRecord.write(file, to: &$0) }
        return json.finishValue()
    }

    public mutating func add(_ piece: [UInt8], on file: FileOutcome) -> [UInt8] {
        files.append(piece)
        definitions += file.definitions.filter { known.insert($0).inserted }
        return []
    }

    public mutating func end(_ summary: RunSummary) -> [UInt8] {
        var json = JSONWriter(.indented)
        json.object { json in
            Self.write(facts, to: &json)
            FileRecord.write(definitions, to: &json)
            json.array("files") { json in for file in files { json.written(file) } }
            Self.write(summary, to: &json)
        }
        return json.finish()
    }

    static func write(_ facts: RunFacts, to json: inout JSONWriter) {
        json.member("schemaVersion", schemaVersion)
        json.object("tool") { json in
            json.member("name", "imprimatur")
            json.member("version", facts.version)
        }
        json.object("profile") { json in
            json.member("name", facts.profileName)
            json.member("sha256", facts.profileDigest)
            json.member("failAt", facts.failAt.rawValue)
        }
    }

    static func write(_ summary: RunSummary, to json: inout JSONWriter) {
        json.object("summary") { json in
            for status in FileStatus.allCases { json.member(status.rawValue, summary[status]) }
        }
    }
}

/// One JSON object a line, as the run goes on: run, file, finding, fileEnd, runEnd. Without runEnd a run is incomplete.
public struct JSONLinesReport: ReportWriter {
    private let facts: RunFacts

    public init(_ facts: RunFacts) {
        self.facts = facts
    }

    public mutating func begin() -> [UInt8] { line("run") { JSONReport.write(facts, to: &$0) } }

    public func piece(on file: CheckedFile) -> [UInt8] {
        let report = file.report
        var bytes = line("file") { FileRecord.writeFront(of: report, to: &$0) }
        for finding in report.findings {
            bytes += line("finding") { json in
                json.member("path", report.path)
                FileRecord.write(finding, to: &json)
            }
        }
        bytes += line("fileEnd") { json in
            json.member("path", report.path)
            FileRecord.writeVerdict(of: file, to: &json)
            FileRecord.writeRest(of: file, to: &json)
        }
        return bytes
    }

    public mutating func end(_ summary: RunSummary) -> [UInt8] {
        line("runEnd") { JSONReport.write(summary, to: &$0) }
    }

    private func line(_ event: String, _ members: (inout JSONWriter) -> Void) -> [UInt8] {
        var json = JSONWriter(.compact)
        json.object { json in
            json.member("event", event)
            members(&json)
        }
        return json.finish()
    }
}
