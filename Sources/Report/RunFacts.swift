// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Actions
public import RuleEngine

/// What a report says of the run as a whole.
public struct RunFacts: Sendable {
    public var version: String
    public var profileName: String
    public var profileDigest: String
    public var failAt: Level

    public init(
        version: String, profileName: String, profileDigest: String, failAt: Level
    ) {
        self.version = version
        self.profileName = profileName
        self.profileDigest = profileDigest
        self.failAt = failAt
    }
}

/// How many inputs ended in each state.
public struct RunSummary: Sendable {
    public private(set) var counts: [FileStatus: Int] = [:]

    public init() {}

    public mutating func add(_ status: FileStatus) { counts[status, default: 0] += 1 }

    public var total: Int { counts.values.reduce(0, +) }

    public subscript(status: FileStatus) -> Int { counts[status] ?? 0 }
}

/// A form of report; each part gives the bytes that follow.
public protocol ReportWriter {
    mutating func begin() -> [UInt8]
    /// What the report says of a file, whatever it says of others; another process may ask for it.
    func piece(on file: CheckedFile) -> [UInt8]
    /// Puts the piece on the next file in its place.
    mutating func add(_ piece: [UInt8], on file: FileOutcome) -> [UInt8]
    mutating func end(_ summary: RunSummary) -> [UInt8]
}

extension ReportWriter {
    public mutating func begin() -> [UInt8] { [] }
    public mutating func add(_ piece: [UInt8], on file: FileOutcome) -> [UInt8] { piece }
    public mutating func end(_ summary: RunSummary) -> [UInt8] { [] }
}

/// The forms there are.
public enum ReportFormat: String, Sendable, Hashable, CaseIterable {
    case text, json, jsonl, checkcif

    /// By the ending of a file name; nil for an ending that says nothing.
    public init?(fileName: String) {
        switch fileName.split(separator: ".").last {
        case "txt": self = .text
        case "json": self = .json
        case "jsonl", "ndjson": self = .jsonl
        case "checkcif": self = .checkcif
        default: return nil
        }
    }
}
