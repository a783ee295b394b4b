// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

/// A person or an organisation that made the data or had a part in it.
public struct Party: Sendable, Equatable {
    /// As it is cited: "Family, Given", or the name of the organisation.
    public var name: Leaf?
    /// "Personal" or "Organizational"; nil where the record does not say.
    public var kind: Leaf?
    /// Given names.
    public var given: Leaf?
    /// Family name.
    public var family: Leaf?
    /// Language of the name, BCP 47.
    public var language: Leaf?
    /// ORCID, ROR, ISNI.
    public var identifiers: [NameIdentifier] = []
    /// Where the person works.
    public var affiliations: [Affiliation] = []
    /// The type of a contributor, such as "DataCollector"; nil for creators.
    public var role: Leaf?
    /// Where it begins.
    public var place: Place

    public init(place: Place = .file) { self.place = place }

    /// "Personal", also where only the parts of a name say so.
    public var isPerson: Bool { kind.map { $0.value == "Personal" } ?? (family != nil || given != nil) }

    /// The identifier of a scheme such as "ORCID".
    public func identifier(_ scheme: String) -> Leaf? {
        identifiers.first { $0.scheme?.value == scheme }?.value
    }
}

/// The identifier of a person or an organisation.
public struct NameIdentifier: Sendable, Equatable {
    /// As a full address, such as "https://orcid.org/0000-0002-1825-0097".
    public var value: Leaf
    /// Such as "ORCID".
    public var scheme: Leaf?
    /// Address of the scheme.
    public var schemeAddress: Leaf?

    public init(_ value: Leaf, scheme: Leaf? = nil, schemeAddress: Leaf? = nil) {
        self.value = value
        self.scheme = scheme
        self.schemeAddress = schemeAddress
    }
}

/// An organisation that a person works for.
public struct Affiliation: Sendable, Equatable {
    /// The name of the organisation.
    public var name: Leaf
    /// As a full address, such as "https://ror.org/02550n020".
    public var identifier: Leaf?
    /// Such as "ROR".
    public var scheme: Leaf?
    /// Address of the scheme.
    public var schemeAddress: Leaf?

    public init(_ name: Leaf, identifier: Leaf? = nil, scheme: Leaf? = nil, schemeAddress: Leaf? = nil) {
        self.name = name
        self.identifier = identifier
        self.scheme = scheme
        self.schemeAddress = schemeAddress
    }
}

/// Whom to ask about the data.
public struct Contact: Sendable, Equatable {
    /// Given name and family name, or a group.
    public var name: Leaf
    /// Electronic mail; goes into README only.
    public var email: Leaf?

    public init(_ name: Leaf, email: Leaf? = nil) {
        self.name = name
        self.email = email
    }
}
