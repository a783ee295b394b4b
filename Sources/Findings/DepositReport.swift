// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// How a deposit stands: what the repository holds beside what is here.
public struct DepositReport: Sendable, Hashable {
    /// Where the deposit is on its way.
    public enum State: String, Sendable, Hashable {
        /// Nothing was asked for yet.
        case none
        case draft
        /// A community looks at it.
        case inReview = "in review"
        case published
        case discarded
    }

    /// One file of the deposit.
    public struct File: Sendable, Hashable {
        /// Its name in the record.
        public let key: String
        /// Bytes here; nil where it is not here.
        public let size: Int?
        /// Hexadecimal; nil where it was not taken.
        public let md5: String?
        /// What the repository says of it: "completed", "pending", "absent".
        public let state: String

        public init(key: String, size: Int?, md5: String?, state: String) {
            self.key = key
            self.size = size
            self.md5 = md5
            self.state = state
        }
    }

    /// Something that the repository holds otherwise than it is here.
    public struct Difference: Sendable, Hashable {
        /// A file, or a place in the record.
        public let subject: String
        /// What it is here.
        public let here: String
        /// What it is on the server.
        public let there: String

        public init(_ subject: String, here: String, there: String) {
            self.subject = subject
            self.here = here
            self.there = there
        }

        /// One sentence.
        public var line: String { "\(subject) on the server: \(there); here: \(here)" }
    }

    /// Name of the repository.
    public var target: String
    /// What is published there stays.
    public var isProduction: Bool
    /// Where the deposit is on its way.
    public var state: State
    public var title = ""
    /// Number of the draft or record.
    public var id: String?
    public var doi: String?
    /// Page of the record for people.
    public var page: String?
    /// Last day of the embargo.
    public var embargo: String?
    /// Licence, as the record names it.
    public var licence: String?
    public var files: [File] = []
    /// What was compared; false for a status alone.
    public var isVerified = false
    public var differences: [Difference] = []
    /// What is worth knowing and no fault.
    public var notes: [String] = []

    public init(target: String, isProduction: Bool, state: State) {
        self.target = target
        self.isProduction = isProduction
        self.state = state
    }
}
