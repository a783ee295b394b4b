// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What a report is made from, in the order of a run. Without the end a run is incomplete.
public enum ReportEvent: Sendable {
    case run(RunHead)
    case file(FileReport)
    case end(RunEnd)
}

/// What a report says of the run as a whole.
public struct RunHead: Sendable, Hashable {
    /// Version of the program.
    public var version: String
    public var profileName: String
    public var profileDigest: String
    public var failAt: Level

    public init(version: String, profileName: String, profileDigest: String, failAt: Level) {
        self.version = version
        self.profileName = profileName
        self.profileDigest = profileDigest
        self.failAt = failAt
    }
}

/// How many inputs ended in each state.
public struct RunEnd: Sendable, Hashable {
    public private(set) var counts: [FileStatus: Int] = [:]
    /// What was met in folders and passed over by its kind, and how often: "hidden", "unknown", "smv".
    public var passedOver: [String: Int] = [:]

    public init() {}

    public mutating func add(_ status: FileStatus, count: Int = 1) { counts[status, default: 0] += count }

    public var total: Int { counts.values.reduce(0, +) }

    public subscript(status: FileStatus) -> Int { counts[status] ?? 0 }
}
