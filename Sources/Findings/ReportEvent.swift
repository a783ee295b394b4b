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
    /// A finding that is answered fails as well.
    public var answeredFails: Bool
    /// The file of known findings; nil where none is used.
    public var baseline: String?

    public init(
        version: String, profileName: String, profileDigest: String, failAt: Level, answeredFails: Bool = true,
        baseline: String? = nil
    ) {
        self.version = version
        self.profileName = profileName
        self.profileDigest = profileDigest
        self.failAt = failAt
        self.answeredFails = answeredFails
        self.baseline = baseline
    }

    /// The finding makes its file fail in this run.
    public func isFailing(_ finding: Finding) -> Bool { finding.fails(at: failAt, answeredFails: answeredFails) }
}

/// How many inputs ended in each state.
public struct RunEnd: Sendable, Hashable {
    private var statuses: [FileStatus] = []
    /// How many there are of each of `statuses`.
    private var counts: [Int] = []
    /// What was met in folders and passed over by its kind, and how often: "hidden", "unknown", "smv".
    public var passedOver: [String: Int] = [:]
    /// What the run has to say that belongs to no finding.
    public var notes: [RunNote] = []
    /// How many inputs there were, for a run that was ended from outside before it had looked at all of them.
    public var interruptedOf: Int?

    public init() {}

    public mutating func add(_ status: FileStatus, count: Int = 1) {
        if let index = statuses.firstIndex(of: status) {
            counts[index] += count
        } else {
            statuses.append(status)
            counts.append(count)
        }
    }

    public var total: Int { counts.reduce(0, +) }

    public subscript(status: FileStatus) -> Int { statuses.firstIndex(of: status).map { counts[$0] } ?? 0 }

    public static func == (a: RunEnd, b: RunEnd) -> Bool {
        (a.statuses + b.statuses).allSatisfy { a[$0] == b[$0] } && a.passedOver == b.passedOver
            && a.notes == b.notes && a.interruptedOf == b.interruptedOf
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(total)
        hasher.combine(passedOver)
    }
}
