// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

/// What the author says about a publication: the file `publication.json5`, schema 1.
///
/// Every text keeps its line. Nothing is filled in here; see ``RecordAssembly``.
public struct AuthorFile: Sendable {
    /// Who made the data.
    public enum Creators: Sendable {
        /// In the order of the citation.
        case named([Person])
        /// `"from-data"`: those whom the data name.
        case fromData(Place)
    }

    /// A person or an organisation.
    public struct Person: Sendable {
        /// The name of an organisation.
        public var name: Leaf?
        public var family: Leaf?
        public var given: Leaf?
        /// Bare or as an address.
        public var orcid: Leaf?
        /// Of an organisation.
        public var ror: Leaf?
        /// Other identifiers: "ISNI", "GND" and their values.
        public var isni: Leaf?
        public var affiliations: [Organisation] = []
        /// The type of a contributor.
        public var role: Leaf?
        public var email: Leaf?
        public var place: Place
    }

    /// An organisation with its identifier.
    public struct Organisation: Sendable {
        public var name: Leaf
        /// Bare or as an address.
        public var ror: Leaf?
    }

    /// Until when the files are closed.
    public struct Closure: Sendable {
        /// A day.
        public var until: Leaf?
        /// Years after `from`.
        public var years: Sourced<Int>?
        /// "collected" or "deposited".
        public var from: Leaf?
        public var reason: Leaf?
        public var place: Place
    }

    /// Who paid.
    public struct Grant: Sendable {
        public var funder: Leaf?
        public var ror: Leaf?
        public var award: Leaf?
        public var title: Leaf?
        public var url: Leaf?
        public var place: Place
    }

    /// Something that the data belong to.
    public struct Relation: Sendable {
        /// The key, such as "paper"; "relation" for the general form.
        public var key: String
        /// What the key holds: a DOI, a code, an address; of the general form the relation itself.
        public var value: Leaf
        /// `doi`, `url` or another identifier of the general form, with its type.
        public var identifier: Leaf?
        public var identifierType: String?
        /// General type of the related thing.
        public var type: Leaf?
        /// "uses" of a paper.
        public var role: Leaf?
        /// Words for the relation Other.
        public var information: Leaf?
        /// `identical`, `repacked` or `lossy` of a copy; `subset` of a session.
        public var flags: [String: Bool] = [:]
    }

    /// A name and a number that a facility gave.
    public struct Proposal: Sendable {
        public var facility: Leaf?
        public var number: Leaf?
    }

    /// Patterns of the files that are deposited, relative to the file.
    public var data: [Leaf] = []
    public var doi: Leaf?
    public var url: Leaf?
    public var title: Leaf?
    public var abstract: Leaf?
    /// Instead of the sentence that is made from the data.
    public var methods: Leaf?
    /// Instead of the sentence that is made from the data.
    public var technicalInfo: Leaf?
    public var creators: Creators?
    public var contributors: [Person] = []
    public var contact: Person?
    /// SPDX identifier.
    public var licence: Leaf?
    public var embargo: Closure?
    public var policy: Leaf?
    public var funding: [Grant] = []
    public var related: [Relation] = []
    /// PaNET ids.
    public var techniques: [Leaf] = []
    public var keywords: [Leaf] = []
    public var language: Leaf?
    /// Version of the data set.
    public var version: Leaf?
    public var sample: Leaf?
    public var proposal: Proposal?
    /// Day, time or range, W3CDTF.
    public var collected: Leaf?
    public var facility: Leaf?
    public var beamline: Leaf?
    /// Number of images.
    public var images: Sourced<Int>?
    public var communities: [Leaf] = []
    public var target: Leaf?

    public init() {}
}

/// What is wrong with an author file, with its place.
public struct AuthorFault: Error, Sendable, Hashable {
    /// Byte of the file, from 0.
    public let offset: Int
    /// Line and column from 1; columns count bytes.
    public let line: Int
    public let column: Int
    /// What is so, lower case, without a full stop.
    public let words: String
    /// What helps.
    public let remedy: String

    /// "line 3, column 5: …".
    public var sentence: String { "line \(line), column \(column): \(words)" }
}
