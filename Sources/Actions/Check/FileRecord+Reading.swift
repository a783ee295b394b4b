// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import JSON
import RuleEngine

extension FileRecord {
    /// The file that a record tells of; nil when a member is absent or of another type.
    static func read(_ value: JSONValue) -> CheckedFile? {
        guard let path = value["path"]?.string, let size = value["size"]?.integer,
            let kind = value["kind"]?.string.flatMap(FileKind.init(rawValue:)),
            let status = value["status"]?.string.flatMap(FileStatus.init(rawValue:)),
            let findings = all(value["findings"], finding), let notChecked = all(value["notChecked"], notChecked),
            let failures = all(value["failures"], failure), let definitions = all(value["definitions"], definition),
            let applied = all(value["applied"], applied)
        else { return nil }
        let report = FileReport(
            path: path, size: size, sha256: value["sha256"]?.string, kind: kind,
            definition: value["definition"]?.string, applied: definitions, status: status, findings: findings,
            notChecked: notChecked, failures: failures)
        var file = CheckedFile(
            report: report, experiments: value["experiments"]?.elements ?? [], applied: applied,
            outline: value["outline"]?.string ?? "",
            isFailing: value["failing"]?.bool ?? false, isIncomplete: value["incomplete"]?.bool ?? false)
        file.comparison = value["compatibility"].flatMap(ReferenceComparison.init)
        return file
    }

    /// Every element of an array, or nil when one cannot be read.
    private static func all<Element>(_ array: JSONValue?, _ read: (JSONValue) -> Element?) -> [Element]? {
        guard let elements = array?.elements else { return nil }
        var result: [Element] = []
        for element in elements {
            guard let item = read(element) else { return nil }
            result.append(item)
        }
        return result
    }

    private static func finding(_ value: JSONValue) -> Finding? {
        guard let rule = value["rule"]?.string.flatMap(RuleID.init),
            let level = value["level"]?.string.flatMap(Level.init(rawValue:)), let title = value["title"]?.string,
            let message = value["message"]?.string, let count = value["count"]?.integer,
            let places = all(value["places"], place), let why = value["why"]?.string, let fix = value["fix"]?.string
        else { return nil }
        return Finding(
            rule: rule, level: level, title: title, message: message, count: count, places: places,
            values: (value["values"]?.members ?? []).map { (name: $0.name, value: datum($0.value)) }, why: why,
            fix: fix,
            references: value["references"]?.elements?.compactMap(\.string) ?? [],
            isPreview: value["preview"]?.bool ?? false, answer: value["answer"].flatMap(answer))
    }

    private static func place(_ value: JSONValue) -> ResolvedPlace? {
        let file = value["file"]?.string
        if let line = value["line"]?.integer, let column = value["column"]?.integer {
            let item = value["item"]?.string
            return ResolvedPlace(
                file: file, kind: .text(line: line, column: column, item: item, row: value["row"]?.integer))
        }
        if let path = value["path"]?.string {
            return ResolvedPlace(file: file, kind: .object(path: path, attribute: value["attribute"]?.string))
        }
        if let frames = value["frames"]?.string, let scan = value["scan"]?.string {
            let ranges = frames.split(separator: ",").compactMap { range -> ClosedRange<Int>? in
                let ends = range.split(separator: "-").compactMap { Int($0) }
                guard let first = ends.first, let last = ends.last, first <= last else { return nil }
                return first...last
            }
            return ResolvedPlace(file: file, kind: .frames(scan: scan, ranges: ranges))
        }
        return ResolvedPlace(file: file, kind: .file)
    }

    private static func datum(_ value: JSONValue) -> Datum {
        switch value {
        case .integer(let integer): return .integer(integer)
        case .number(let number): return .number(number)
        case .string(let text): return .text(text)
        case .bool(let flag): return .text(flag ? "true" : "false")
        case .null: return .number(.nan)
        case .array(let elements): return .list(elements.map(datum))
        case .object: return .quantity(value["value"]?.double ?? .nan, unit: value["unit"]?.string ?? "")
        }
    }

    private static func answer(_ value: JSONValue) -> Answer? {
        guard let rule = value["rule"]?.string.flatMap(RuleID.init), let text = value["answer"]?.string else {
            return nil
        }
        return Answer(
            rule: rule, place: value["place"]?.string, answer: text, author: value["author"]?.string,
            date: value["date"]?.string, expires: value["expires"]?.string)
    }

    private static func notChecked(_ value: JSONValue) -> NotChecked? {
        guard let rule = value["rule"]?.string.flatMap(RuleID.init), let because = value["because"]?.string else {
            return nil
        }
        return NotChecked(rule: rule, because: because)
    }

    private static func failure(_ value: JSONValue) -> FileFailure? {
        guard let attempt = value["attempt"]?.string, let subject = value["subject"]?.string,
            let cause = value["cause"]?.string, let remedy = value["remedy"]?.string
        else { return nil }
        return FileFailure(attempt: attempt, subject: subject, cause: cause, remedy: remedy)
    }

    private static func applied(_ value: JSONValue) -> AppliedRelease? {
        guard let path = value["path"]?.string, let release = value["release"]?.string,
            let because = value["because"]?.string
        else { return nil }
        return AppliedRelease(path: path, definition: value["definition"]?.string, release: release, because: because)
    }

    private static func definition(_ value: JSONValue) -> AppliedDefinition? {
        guard let standard = value["standard"]?.string, let release = value["release"]?.string,
            let sha256 = value["sha256"]?.string
        else { return nil }
        return AppliedDefinition(standard: standard, release: release, sha256: sha256)
    }
}
