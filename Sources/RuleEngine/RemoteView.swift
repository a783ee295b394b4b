// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
public import Findings
public import Remote

/// What servers answered for the locations of a description, as rules of the view `archive` read it.
public struct RemoteView: Sendable {
    /// One location that names a server.
    public struct Sight: Sendable {
        /// As it may be shown.
        public let location: String
        /// Of the rows that name it, the first few.
        public let places: [Place]
        public let rows: Int
        public let outcome: RemoteOutcome

        public init(location: String, places: [Place], rows: Int, outcome: RemoteOutcome) {
            self.location = location
            self.places = places
            self.rows = rows
            self.outcome = outcome
        }
    }

    /// In the order of the description.
    public let sights: [Sight]

    public init(_ sights: [Sight]) { self.sights = sights }
}

/// What came of asking for one location.
public enum RemoteOutcome: Sendable, Hashable {
    case answered(RemoteAnswer)
    case failed(RemoteFault)
    /// Nobody asked, and why.
    case notAsked(Reason)
}

/// A location that gave bytes.
public struct RemoteAnswer: Sendable, Hashable {
    /// What the repository says of the file.
    public enum Statement: Sendable, Hashable {
        /// It has no such interface, or none that is known.
        case none(String)
        /// It has one, and what it says was not read.
        case unread(String)
        /// Bytes, and where all of the file was read its digest beside the stated one: algorithm, hexadecimal.
        case file(size: Int?, algorithm: String?, stated: String?, found: String?)
    }

    /// Bytes by the server; nil where it does not say.
    public var size: Int?
    /// The server gives parts of the file.
    public var hasRanges: Bool
    /// It was asked over https.
    public var isSecure: Bool
    /// Over plain http; the same is there over https.
    public var isServedSecurely: Bool
    /// Hosts that the address led to, beside its own.
    public var otherHosts: [String]
    public var statement: Statement

    public init(
        size: Int?, hasRanges: Bool, isSecure: Bool, isServedSecurely: Bool = false, otherHosts: [String] = [],
        statement: Statement = .none("")
    ) {
        self.size = size
        self.hasRanges = hasRanges
        self.isSecure = isSecure
        self.isServedSecurely = isServedSecurely
        self.otherHosts = otherHosts
        self.statement = statement
    }
}
