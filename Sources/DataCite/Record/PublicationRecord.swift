// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

/// A text of a record with the place that it comes from: a line of the author file, an item, a path, a table.
public typealias Leaf = Sourced<String>

/// What is published about a data set, in the vocabulary of DataCite 4.7, each value with its place.
///
/// Values are kept as they were written, also wrong ones: rules look at them, and writers write them.
/// - Source: DataCite Metadata Schema 4.7.
public struct PublicationRecord: Sendable, Equatable {
    /// The DOI, bare: "10.5281/zenodo.123456".
    public var identifier: Leaf?
    /// What kind of identifier it is; nil means DOI.
    public var identifierType: Leaf?
    /// Address of the landing page; no part of the XML.
    public var url: Leaf?
    /// In the order of the citation.
    public var creators: [Party] = []
    /// The first is the main title.
    public var titles: [RecordText] = []
    /// Who makes the data available.
    public var publisher: Publisher?
    /// Four digits.
    public var publicationYear: Leaf?
    /// What the data are.
    public var resourceType: ResourceType?
    /// Keywords and terms of vocabularies.
    public var subjects: [RecordSubject] = []
    /// People and institutions beside the creators; each has a role.
    public var contributors: [Party] = []
    /// Days, times and ranges of them.
    public var dates: [RecordDate] = []
    /// Language of the record, BCP 47.
    public var language: Leaf?
    /// Other names of the data set, such as the number of the proposal.
    public var alternateIdentifiers: [AlternateIdentifier] = []
    /// Papers, entries, instruments and other data that it belongs to.
    public var relatedIdentifiers: [RelatedIdentifier] = []
    /// Such as "3600 images", "41.2 GB".
    public var sizes: [Leaf] = []
    /// Media types.
    public var formats: [Leaf] = []
    /// Version of the data set, such as "1.0".
    public var version: Leaf?
    /// Licences.
    public var rights: [Rights] = []
    /// Abstract, methods, technical information; `kind` is the description type.
    public var descriptions: [RecordText] = []
    /// Where the data were taken.
    public var geoLocations: [GeoLocation] = []
    /// Who paid.
    public var fundingReferences: [FundingReference] = []

    /// Until when the files are closed; nil: never.
    public var embargo: Embargo?
    /// Communities of the repository that are asked to take the record, by their names there.
    public var communities: [Leaf] = []
    /// Whom to ask; goes into README only, never to DataCite or a repository.
    public var contact: Contact?
    /// Name of the profile of the repository, such as "zenodo-sandbox".
    public var target: Leaf?
    /// Name of the policy that filled in values.
    public var policy: Leaf?

    /// Attributes and elements of a record that was read which its property does not have.
    public var strays: [Stray] = []
    /// Properties that a record that was read has and that are not kept here, such as "relatedItems".
    public var unkept: [String] = []
    /// The record as a whole, or the file that it was made from.
    public var place: Place

    public init(place: Place = .file) { self.place = place }

    /// The main title; nil when there is none.
    public var title: Leaf? { titles.first?.text }

    /// The text of the first description of a type such as "Abstract".
    public func description(_ kind: String) -> Leaf? { descriptions.first { $0.kind?.value == kind }?.text }

    /// The value of the first date of a type such as "Collected".
    public func date(_ type: String) -> Leaf? { dates.first { $0.type?.value == type }?.date }
}

/// Something of a record that was read which the schema declares loosely and the property does not have.
public struct Stray: Sendable, Equatable {
    /// The element that has it.
    public var element: String
    /// The attribute, or the element below.
    public var name: Leaf

    public init(element: String, name: Leaf) {
        self.element = element
        self.name = name
    }
}

/// A title or a description.
public struct RecordText: Sendable, Equatable {
    /// Paragraphs of a description are separated by line feeds.
    public var text: Leaf
    /// BCP 47.
    public var language: Leaf?
    /// The type of the title or of the description, such as "Abstract"; nil for a main title.
    public var kind: Leaf?

    public init(_ text: Leaf, language: Leaf? = nil, kind: Leaf? = nil) {
        self.text = text
        self.language = language
        self.kind = kind
    }
}

/// Who makes the data available.
public struct Publisher: Sendable, Equatable {
    /// As it is cited.
    public var name: Leaf
    /// BCP 47.
    public var language: Leaf?
    /// Its identifier, as a full address.
    public var identifier: Leaf?
    /// Such as "re3data" or "ROR".
    public var scheme: Leaf?
    /// Address of the scheme.
    public var schemeAddress: Leaf?

    public init(
        _ name: Leaf, language: Leaf? = nil, identifier: Leaf? = nil, scheme: Leaf? = nil, schemeAddress: Leaf? = nil
    ) {
        self.name = name
        self.language = language
        self.identifier = identifier
        self.scheme = scheme
        self.schemeAddress = schemeAddress
    }
}

/// What the data are: a word of the list of DataCite, and a text.
public struct ResourceType: Sendable, Equatable {
    /// Such as "Dataset".
    public var general: Leaf?
    /// Such as "Raw X-ray diffraction images (rotation method)".
    public var text: Leaf?

    public init(general: Leaf?, text: Leaf?) {
        self.general = general
        self.text = text
    }
}
