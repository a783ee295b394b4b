// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import JSON
public import RuleEngine
public import Transport

/// How the check of one input ended: what the run as a whole needs to know, and what each report says of the file.
public struct FileOutcome: Sendable {
    public let path: String
    public let status: FileStatus
    public let isFailing: Bool
    public let isIncomplete: Bool
    public let failures: [Failure]
    /// Indices of the answers of the run that met a finding.
    public let answersMet: [Int]
    /// Definitions that were applied, each once.
    public let definitions: [AppliedDefinition]
    /// What each report of the run says of the file, in the order of the reports.
    public let pieces: [[UInt8]]

    init(_ file: CheckedFile, answers: [Answer], pieces: [[UInt8]]) {
        path = file.report.path
        status = file.report.status
        isFailing = file.isFailing
        isIncomplete = file.isIncomplete
        failures = file.report.failures
        let met = Set(file.report.findings.compactMap(\.answer))
        answersMet = answers.indices.filter { met.contains(answers[$0]) }
        definitions = file.report.applied
        self.pieces = pieces
    }

    // MARK: Between processes

    /// The outcome for another process: a JSON object, then the pieces, each after its length in 8 bytes.
    func encoded() -> [UInt8] {
        var json = JSONWriter(.compact)
        json.object { json in
            json.member("path", path)
            json.member("status", status.rawValue)
            json.member("failing", isFailing)
            json.member("incomplete", isIncomplete)
            json.array("met") { json in for index in answersMet { json.integer(index) } }
            FileRecord.write(failures, to: &json)
            FileRecord.write(definitions, to: &json)
        }
        var bytes: [UInt8] = []
        for part in [json.finish()] + pieces {
            withUnsafeBytes(of: UInt64(part.count).littleEndian) { bytes += $0 }
            bytes += part
        }
        return bytes
    }

    /// Reads what another process sent; nil if it makes no sense.
    init?(encoded bytes: [UInt8]) {
        var parts: [[UInt8]] = []
        var rest = bytes[...]
        while rest.count >= 8 {
            let stated = rest.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            rest = rest.dropFirst(8)
            guard let count = Int(exactly: stated), count <= rest.count else { return nil }
            parts.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        guard rest.isEmpty, let head = parts.first, let value = try? JSONReader.read(head),
            let path = value["path"]?.string, let status = value["status"]?.string.flatMap(FileStatus.init(rawValue:)),
            let isFailing = value["failing"]?.bool, let isIncomplete = value["incomplete"]?.bool,
            let met = value["met"]?.elements, let failures = value["failures"]?.elements,
            let definitions = value["definitions"]?.elements
        else { return nil }
        self.path = path
        self.status = status
        self.isFailing = isFailing
        self.isIncomplete = isIncomplete
        self.failures = failures.map { failure in
            Failure(
                attempt: failure["attempt"]?.string ?? "", subject: failure["subject"]?.string ?? "",
                code: .ended("told by another process"), words: failure["cause"]?.string ?? "",
                remedy: failure["remedy"]?.string ?? "")
        }
        self.definitions = definitions.map { definition in
            AppliedDefinition(
                standard: definition["standard"]?.string ?? "", release: definition["release"]?.string ?? "",
                sha256: definition["sha256"]?.string ?? "")
        }
        answersMet = met.compactMap(\.integer)
        pieces = Array(parts.dropFirst())
    }
}
