// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
public import Findings

/// A folder beside the manifest that speaks of it, as rules of the view `package` read it.
public struct PackageView: Sendable {
    /// What of a file is not as the manifest states.
    public enum Change: Sendable, Hashable {
        case missing
        /// Bytes.
        case size(found: Int, stated: Int)
        /// By the name of the algorithm; hexadecimal.
        case digest(algorithm: String, found: String, stated: String)
    }

    /// One file that is not as the manifest states.
    public struct Changed: Sendable {
        public let name: String
        public let place: Place
        /// One for each size and algorithm that differs.
        public let changes: [Change]

        public init(name: String, place: Place, changes: [Change]) {
            self.name = name
            self.place = place
            self.changes = changes
        }
    }

    /// Stored parts of one file that are not as the manifest states.
    public struct ChangedPieces: Sendable {
        public let name: String
        public let place: Place
        /// Dataset of the chunks; nil for binary sections of a CBF.
        public let dataset: String?
        /// Parts that differ.
        public let count: Int
        /// Parts that are listed.
        public let total: Int
        /// Frames that they hold, from 1, in rising order: indices along the slowest dimension, or numbers of sections.
        public let frames: [ClosedRange<Int>]

        public init(name: String, place: Place, dataset: String?, count: Int, total: Int, frames: [ClosedRange<Int>]) {
            self.name = name
            self.place = place
            self.dataset = dataset
            self.count = count
            self.total = total
            self.frames = frames
        }
    }

    /// A document of a package that states what its files are not.
    public struct Contradiction: Sendable, Hashable {
        /// The document that is at fault.
        public let file: String
        public let place: Place
        /// One sentence, lower case, without full stop.
        public let words: String

        public init(file: String, place: Place, words: String) {
            self.file = file
            self.place = place
            self.words = words
        }
    }

    /// What a repository does not take.
    public struct Breach: Sendable, Hashable {
        /// What there is too much of: "number of files".
        public let quantity: String
        public let value: String
        /// Name of the repository.
        public let target: String
        public let limit: String

        public init(quantity: String, value: String, target: String, limit: String) {
            self.quantity = quantity
            self.value = value
            self.target = target
            self.limit = limit
        }
    }

    /// Two documents of a package that tell one property differently.
    public struct Disagreement: Sendable, Hashable {
        /// "DOI", "title", "creators", "licence", "version".
        public let property: String
        public let first: Statement
        public let second: Statement

        /// What one document says.
        public struct Statement: Sendable, Hashable {
            public let value: String
            public let file: String

            public init(value: String, file: String) {
                self.value = value
                self.file = file
            }
        }

        public init(property: String, first: Statement, second: Statement) {
            self.property = property
            self.first = first
            self.second = second
        }
    }

    /// Documents that tell one property differently; nil where nobody looked.
    public var disagreements: [Disagreement]?
    /// What documents of the package state and its files are not; nil where nobody looked.
    public var contradictions: [Contradiction]?
    /// What the repository does not take; nil where no repository is named.
    public var breaches: [Breach]?
    /// Name of the repository that the package is planned for; nil where none is named.
    public var target: String?

    /// Number of files that the manifest lists.
    public let listed: Int
    /// In the order of the manifest.
    public let changed: [Changed]
    /// Files below the folder that the manifest does not list, by name.
    public let strangers: [String]
    /// Why files beyond `strangers` may be there that nobody has seen; nil when all was looked at.
    public let unseen: Reason?
    public let changedPieces: [ChangedPieces]
    /// Files with listed parts that were not compared, and why; nil when all were.
    public let unreadPieces: Reason?
    /// The manifest lists stored parts.
    public let listsPieces: Bool

    public init(
        listed: Int = 0, changed: [Changed] = [], strangers: [String] = [], unseen: Reason? = nil,
        changedPieces: [ChangedPieces] = [], unreadPieces: Reason? = nil, listsPieces: Bool = false
    ) {
        self.listed = listed
        self.changed = changed
        self.strangers = strangers
        self.unseen = unseen
        self.changedPieces = changedPieces
        self.unreadPieces = unreadPieces
        self.listsPieces = listsPieces
    }
}
