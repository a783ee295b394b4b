// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import JSON
public import RuleEngine
public import Transport

/// One input in the JSON document of reports.
///
/// - Source: reports.md section 6; docs/schema/report-1.json.
public enum FileRecord {
    /// Writes the members of the object that the writer is in.
    public static func write(_ file: CheckedFile, to json: inout JSONWriter) {
        let report = file.report
        writeFront(of: report, to: &json)
        write(report.applied, to: &json)
        json.array("applied") { json in
            for applied in file.applied {
                json.object { json in
                    json.member("path", applied.path)
                    json.member("definition", applied.definition)
                    json.member("release", applied.release)
                    json.member("because", applied.because)
                }
            }
        }
        json.member("outline", file.outline)
        writeVerdict(of: file, to: &json)
        json.array("findings") { json in
            for finding in report.findings { json.object { write(finding, to: &$0) } }
        }
        writeRest(of: file, to: &json)
    }

    /// Writes what the file is.
    public static func writeFront(of report: FileReport, to json: inout JSONWriter) {
        json.member("path", report.path)
        json.member("size", report.size)
        json.member("sha256", report.sha256)
        json.member("kind", report.kind.rawValue)
        json.member("definition", report.definition)
    }

    /// Writes how the check ended.
    public static func writeVerdict(of file: CheckedFile, to json: inout JSONWriter) {
        let report = file.report
        json.member("status", report.status.rawValue)
        json.member("failing", file.isFailing)
        json.member("incomplete", file.isIncomplete)
        json.object("counts") { json in
            for level in Level.allCases { json.member(level.rawValue, report.counts[level]) }
        }
    }

    /// Writes what stands after the findings: rules that could not look, failures, experiments, the
    /// verdicts of the reference checker.
    public static func writeRest(of file: CheckedFile, to json: inout JSONWriter) {
        let report = file.report
        json.array("notChecked") { json in
            for item in report.notChecked {
                json.object { json in
                    json.member("rule", item.rule.description)
                    json.member("because", item.because)
                }
            }
        }
        write(report.failures, to: &json)
        json.array("experiments") { json in for experiment in file.experiments { json.value(experiment) } }
        if let comparison = file.comparison { json.object("compatibility") { comparison.write(to: &$0) } }
    }

    /// Writes the definitions that were applied, with the digests of their facts.
    public static func write(_ definitions: [AppliedDefinition], to json: inout JSONWriter) {
        json.array("definitions") { json in
            for definition in definitions {
                json.object { json in
                    json.member("standard", definition.standard)
                    json.member("release", definition.release)
                    json.member("sha256", definition.sha256)
                }
            }
        }
    }

    /// Writes what could not be looked at.
    public static func write(_ failures: [Failure], to json: inout JSONWriter) {
        json.array("failures") { json in
            for failure in failures {
                json.object { json in
                    json.member("attempt", failure.attempt)
                    json.member("subject", failure.subject)
                    json.member("cause", failure.cause)
                    json.member("remedy", failure.remedy)
                }
            }
        }
    }

    /// Writes the members of a finding.
    public static func write(_ finding: Finding, to json: inout JSONWriter) {
        json.member("rule", finding.rule.description)
        json.member("level", finding.level.rawValue)
        json.member("title", finding.title)
        json.member("message", finding.message)
        json.member("count", finding.count)
        json.member("preview", finding.isPreview)
        json.array("places") { json in for place in finding.places { json.object { write(place, to: &$0) } } }
        json.object("values") { json in
            var seen = Set<String>()
            for item in finding.values where seen.insert(item.name).inserted {
                json.name(item.name)
                write(item.value, to: &json)
            }
        }
        json.member("why", finding.why)
        json.member("fix", finding.fix)
        json.array("references") { json in for reference in finding.references { json.string(reference) } }
        json.name("answer")
        guard let answer = finding.answer else { return json.null() }
        json.object { json in
            json.member("rule", answer.rule.description)
            json.member("place", answer.place)
            json.member("answer", answer.answer)
            json.member("author", answer.author)
            json.member("date", answer.date)
            json.member("expires", answer.expires)
        }
    }

    private static func write(_ place: ResolvedPlace, to json: inout JSONWriter) {
        if let file = place.file { json.member("file", file) }
        switch place.kind {
        case .file: break
        case .text(let line, let column, let item, let row):
            json.member("line", line)
            json.member("column", column)
            if let item { json.member("item", item) }
            if let row { json.member("row", row) }
        case .object(let path, let attribute):
            json.member("path", path)
            if let attribute { json.member("attribute", attribute) }
        case .frames(let scan, let ranges):
            json.member("scan", scan)
            let words = ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
            json.member("frames", words.joined(separator: ","))
        }
    }

    private static func write(_ value: Datum, to json: inout JSONWriter) {
        switch value {
        case .text(let text): json.string(text)
        case .integer(let integer): json.integer(integer)
        case .number(let number): json.number(number)
        case .quantity(let number, let unit):
            json.object { json in
                json.member("value", number)
                json.member("unit", unit)
            }
        case .list(let items): json.array { json in for item in items { write(item, to: &json) } }
        case .record(let fields):
            json.object { json in
                for field in fields {
                    json.name(field.name)
                    write(field.value, to: &json)
                }
            }
        }
    }
}
