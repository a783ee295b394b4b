// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

/// A keyword, or a term of a vocabulary.
public struct RecordSubject: Sendable, Equatable {
    /// The keyword, or the label of the term.
    public var text: Leaf
    /// BCP 47.
    public var language: Leaf?
    /// Such as "PaNET".
    public var scheme: Leaf?
    /// Address of the vocabulary.
    public var schemeAddress: Leaf?
    /// Address of the term.
    public var valueAddress: Leaf?
    /// Code of the term in a classification.
    public var classificationCode: Leaf?

    public init(
        _ text: Leaf, language: Leaf? = nil, scheme: Leaf? = nil, schemeAddress: Leaf? = nil, valueAddress: Leaf? = nil
    ) {
        self.text = text
        self.language = language
        self.scheme = scheme
        self.schemeAddress = schemeAddress
        self.valueAddress = valueAddress
    }
}

/// A day, a time, or a range of them.
public struct RecordDate: Sendable, Equatable {
    /// W3CDTF, or two of them with a slash between.
    public var date: Leaf
    /// Such as "Collected".
    public var type: Leaf?
    /// In words.
    public var information: Leaf?

    public init(_ date: Leaf, type: Leaf?, information: Leaf? = nil) {
        self.date = date
        self.type = type
        self.information = information
    }
}

/// Another name of the data set.
public struct AlternateIdentifier: Sendable, Equatable {
    /// The name itself.
    public var value: Leaf
    /// What names it so, such as "ESRF proposal".
    public var type: Leaf?

    public init(_ value: Leaf, type: Leaf?) {
        self.value = value
        self.type = type
    }
}

/// Something that the data set belongs to.
public struct RelatedIdentifier: Sendable, Equatable {
    /// The DOI, address or other name.
    public var value: Leaf
    /// Such as "DOI".
    public var type: Leaf?
    /// Such as "IsSourceOf": the data set is the subject of it.
    public var relation: Leaf?
    /// In words, for relation Other.
    public var relationInformation: Leaf?
    /// What it is, such as "JournalArticle".
    public var resourceType: Leaf?
    /// Name of the scheme of metadata, for HasMetadata.
    public var metadataScheme: Leaf?
    /// Address of that scheme.
    public var schemeAddress: Leaf?
    /// Kind of that scheme, such as "XSD".
    public var schemeType: Leaf?

    public init(_ value: Leaf, type: Leaf?, relation: Leaf?, resourceType: Leaf? = nil) {
        self.value = value
        self.type = type
        self.relation = relation
        self.resourceType = resourceType
    }
}

/// A licence.
public struct Rights: Sendable, Equatable {
    /// Title of the licence.
    public var text: Leaf?
    /// BCP 47.
    public var language: Leaf?
    /// Address of the text of the licence.
    public var address: Leaf?
    /// Such as "CC-BY-4.0".
    public var identifier: Leaf?
    /// Such as "SPDX".
    public var scheme: Leaf?
    /// Address of the scheme.
    public var schemeAddress: Leaf?
    /// Where it begins.
    public var place: Place

    public init(place: Place = .file) { self.place = place }
}

/// Where the data were taken.
public struct GeoLocation: Sendable, Equatable {
    /// In words.
    public var name: Leaf?
    /// Degrees east, WGS 84.
    public var longitude: Leaf?
    /// Degrees north, WGS 84.
    public var latitude: Leaf?
    /// Where it begins.
    public var place: Place

    public init(place: Place = .file) { self.place = place }
}

/// Who paid, and under which number.
public struct FundingReference: Sendable, Equatable {
    /// Name of the funder.
    public var funder: Leaf?
    /// As a full address, such as "https://ror.org/00k4n6c32".
    public var identifier: Leaf?
    /// Such as "ROR".
    public var identifierType: Leaf?
    /// Address of the scheme.
    public var schemeAddress: Leaf?
    /// Number of the award.
    public var awardNumber: Leaf?
    /// Address of the award.
    public var awardAddress: Leaf?
    /// Title of the award.
    public var awardTitle: Leaf?
    /// Where it begins.
    public var place: Place

    public init(place: Place = .file) { self.place = place }
}

/// Until when the files are closed.
public struct Embargo: Sendable, Equatable {
    /// The day on which they open, ISO 8601.
    public var until: Leaf
    /// Why; the end of the embargo is the date Available with these words.
    public var reason: Leaf?

    public init(until: Leaf, reason: Leaf? = nil) {
        self.until = until
        self.reason = reason
    }
}
