// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
public import XML

extension PublicationRecord {
    /// Reads DataCite XML of any version 4, right or wrong.
    ///
    /// Texts are kept as they stand, blanks included; nothing is refused but what is no XML.
    /// - Parameters:
    ///   - bytes: The document.
    ///   - subject: Its name, for failures.
    ///   - source: Its number in the list of the reading.
    public init(xml bytes: [UInt8], named subject: String, in source: SourceID = .main) throws(XMLFault) {
        self.init(root: try Element(parsing: bytes, named: subject), in: source)
    }

    init(root: Element, in source: SourceID) {
        let reader = RecordReader(source: source)
        self.init(place: reader.place(root))
        for element in root.children { reader.read(element, into: &self) }
    }
}

/// Turns elements into properties.
struct RecordReader {
    let source: SourceID

    func place(_ element: Element, _ attribute: String? = nil) -> Place {
        let item = attribute.map { "\(element.name)@\($0)" } ?? element.name
        return .text(offset: element.offset, item: item, row: nil, in: source)
    }

    func leaf(_ element: Element) -> Leaf { Leaf(element.text, .stated(place(element))) }

    func leaf(_ element: Element, _ attribute: String) -> Leaf? {
        element.attribute(attribute).map { Leaf($0, .stated(place(element, attribute))) }
    }

    func child(_ element: Element, _ name: String) -> Leaf? {
        element.children.first { $0.name == name }.map(leaf)
    }

    func read(_ element: Element, into record: inout PublicationRecord) {
        let items = element.children
        switch element.name {
        case "identifier":
            record.identifier = leaf(element)
            record.identifierType = leaf(element, "identifierType")
        case "creators": record.creators += items.map { party($0, "creatorName", &record.strays) }
        case "contributors":
            record.contributors += items.map { item in
                var party = party(item, "contributorName", &record.strays)
                party.role = leaf(item, "contributorType")
                return party
            }
        case "titles": record.titles += items.map { text($0, kind: "titleType") }
        case "descriptions": record.descriptions += items.map { text($0, kind: "descriptionType") }
        case "publisher":
            record.publisher = Publisher(
                leaf(element), language: leaf(element, "lang"), identifier: leaf(element, "publisherIdentifier"),
                scheme: leaf(element, "publisherIdentifierScheme"), schemeAddress: leaf(element, "schemeURI"))
        case "publicationYear": record.publicationYear = leaf(element)
        case "resourceType":
            record.resourceType = ResourceType(general: leaf(element, "resourceTypeGeneral"), text: leaf(element))
        case "subjects": record.subjects += items.map(subject)
        case "dates":
            record.dates += items.map {
                RecordDate(leaf($0), type: leaf($0, "dateType"), information: leaf($0, "dateInformation"))
            }
        case "language": record.language = leaf(element)
        case "alternateIdentifiers":
            record.alternateIdentifiers += items.map {
                AlternateIdentifier(leaf($0), type: leaf($0, "alternateIdentifierType"))
            }
        case "relatedIdentifiers": record.relatedIdentifiers += items.map(related)
        case "sizes": record.sizes += items.map { leaf($0) }
        case "formats": record.formats += items.map { leaf($0) }
        case "version": record.version = leaf(element)
        case "rightsList": record.rights += items.map(rights)
        case "geoLocations": record.geoLocations += items.map { location($0, &record.unkept) }
        case "fundingReferences": record.fundingReferences += items.map(funding)
        default: record.unkept.append(element.name)
        }
    }

    private func party(_ element: Element, _ nameElement: String, _ strays: inout [Stray]) -> Party {
        var party = Party(place: place(element))
        for part in element.children {
            switch part.name {
            case nameElement:
                party.name = leaf(part)
                party.kind = leaf(part, "nameType")
                party.language = leaf(part, "lang")
            case "givenName": party.given = leaf(part)
            case "familyName": party.family = leaf(part)
            case "nameIdentifier":
                party.identifiers.append(
                    NameIdentifier(
                        leaf(part), scheme: leaf(part, "nameIdentifierScheme"),
                        schemeAddress: leaf(part, "schemeURI")))
                strays += self.strays(part, known: ["nameIdentifierScheme", "schemeURI"])
            case "affiliation":
                party.affiliations.append(
                    Affiliation(
                        leaf(part), identifier: leaf(part, "affiliationIdentifier"),
                        scheme: leaf(part, "affiliationIdentifierScheme"), schemeAddress: leaf(part, "schemeURI")))
                strays += self.strays(
                    part, known: ["affiliationIdentifier", "affiliationIdentifierScheme", "schemeURI"])
            default: break
            }
        }
        return party
    }

    /// What stands at an element that the schema declares as any type.
    private func strays(_ element: Element, known: Set<String>) -> [Stray] {
        element.attributes.filter { !known.contains($0.name) }.map {
            Stray(element: element.name, name: Leaf($0.name, .stated(place(element, $0.name))))
        } + element.children.map { Stray(element: element.name, name: Leaf($0.name, .stated(place($0)))) }
    }

    private func text(_ element: Element, kind: String) -> RecordText {
        var text: [UInt8] = []
        let bytes = Array(element.text.utf8)
        var start = 0
        for child in element.children where child.name == "br" && (start...bytes.count).contains(child.textBefore) {
            text += bytes[start..<child.textBefore] + [UInt8(ascii: "\n")]
            start = child.textBefore
        }
        text += bytes[start...]
        return RecordText(
            Leaf(String(decoding: text, as: UTF8.self), .stated(place(element))), language: leaf(element, "lang"),
            kind: leaf(element, kind))
    }

    private func subject(_ element: Element) -> RecordSubject {
        var subject = RecordSubject(
            leaf(element), language: leaf(element, "lang"), scheme: leaf(element, "subjectScheme"),
            schemeAddress: leaf(element, "schemeURI"), valueAddress: leaf(element, "valueURI"))
        subject.classificationCode = leaf(element, "classificationCode")
        return subject
    }

    private func related(_ element: Element) -> RelatedIdentifier {
        var related = RelatedIdentifier(
            leaf(element), type: leaf(element, "relatedIdentifierType"), relation: leaf(element, "relationType"),
            resourceType: leaf(element, "resourceTypeGeneral"))
        related.relationInformation = leaf(element, "relationTypeInformation")
        related.metadataScheme = leaf(element, "relatedMetadataScheme")
        related.schemeAddress = leaf(element, "schemeURI")
        related.schemeType = leaf(element, "schemeType")
        return related
    }

    private func rights(_ element: Element) -> Rights {
        var rights = Rights(place: place(element))
        rights.text = element.text.isEmpty ? nil : leaf(element)
        rights.language = leaf(element, "lang")
        rights.address = leaf(element, "rightsURI")
        rights.identifier = leaf(element, "rightsIdentifier")
        rights.scheme = leaf(element, "rightsIdentifierScheme")
        rights.schemeAddress = leaf(element, "schemeURI")
        return rights
    }

    private func location(_ element: Element, _ unkept: inout [String]) -> GeoLocation {
        var location = GeoLocation(place: place(element))
        for part in element.children {
            switch part.name {
            case "geoLocationPlace": location.name = leaf(part)
            case "geoLocationPoint":
                location.longitude = child(part, "pointLongitude")
                location.latitude = child(part, "pointLatitude")
            default: unkept.append(part.name)
            }
        }
        return location
    }

    private func funding(_ element: Element) -> FundingReference {
        var reference = FundingReference(place: place(element))
        reference.funder = child(element, "funderName")
        if let identifier = element.children.first(where: { $0.name == "funderIdentifier" }) {
            reference.identifier = leaf(identifier)
            reference.identifierType = leaf(identifier, "funderIdentifierType")
            reference.schemeAddress = leaf(identifier, "schemeURI")
        }
        if let number = element.children.first(where: { $0.name == "awardNumber" }) {
            reference.awardNumber = leaf(number)
            reference.awardAddress = leaf(number, "awardURI")
        }
        reference.awardTitle = child(element, "awardTitle")
        return reference
    }
}
