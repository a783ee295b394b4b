// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
internal import XML

extension PublicationRecord {
    /// The record as DataCite XML of the namespace kernel-4.
    ///
    /// Elements stand in the order of the documentation; what is absent or empty has no wrapper.
    /// - Returns: UTF-8, two blanks of indent, line feeds.
    /// - Source: DataCite Metadata Schema 4.7.
    public func dataCiteXML() -> [UInt8] {
        var xml = XMLWriter()
        xml.element(
            "resource",
            [
                ("xmlns", KernelFour.namespace), ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
                ("xsi:schemaLocation", "\(KernelFour.namespace) \(KernelFour.schemaAddress)"),
            ]
        ) { xml in
            writeCitation(&xml)
            writeContext(&xml)
            writeData(&xml)
        }
        return xml.finish()
    }

    private func writeCitation(_ xml: inout XMLWriter) {
        if let identifier {
            xml.element(
                "identifier", [("identifierType", identifierType?.value ?? "DOI")], text: identifier.value)
        }
        wrapped("creators", creators, &xml) { party, xml in
            xml.element("creator") { party.write("creatorName", &$0) }
        }
        wrapped("titles", titles, &xml) { title, xml in
            xml.element(
                "title", [("xml:lang", title.language?.value), ("titleType", title.kind?.value)],
                text: title.text.value)
        }
        if let publisher {
            xml.element(
                "publisher",
                [
                    ("xml:lang", publisher.language?.value), ("publisherIdentifier", publisher.identifier?.value),
                    ("publisherIdentifierScheme", publisher.scheme?.value),
                    ("schemeURI", publisher.schemeAddress?.value),
                ], text: publisher.name.value)
        }
        if let publicationYear { xml.element("publicationYear", text: publicationYear.value) }
        if let resourceType {
            xml.element(
                "resourceType", [("resourceTypeGeneral", resourceType.general?.value)],
                text: resourceType.text?.value ?? "")
        }
    }

    private func writeContext(_ xml: inout XMLWriter) {
        wrapped("subjects", subjects, &xml) { subject, xml in
            xml.element(
                "subject",
                [
                    ("xml:lang", subject.language?.value), ("subjectScheme", subject.scheme?.value),
                    ("schemeURI", subject.schemeAddress?.value), ("valueURI", subject.valueAddress?.value),
                    ("classificationCode", subject.classificationCode?.value),
                ], text: subject.text.value)
        }
        wrapped("contributors", contributors, &xml) { party, xml in
            xml.element("contributor", [("contributorType", party.role?.value)]) {
                party.write("contributorName", &$0)
            }
        }
        wrapped("dates", dates, &xml) { date, xml in
            xml.element(
                "date", [("dateType", date.type?.value), ("dateInformation", date.information?.value)],
                text: date.date.value)
        }
        if let language { xml.element("language", text: language.value) }
        wrapped("alternateIdentifiers", alternateIdentifiers, &xml) { alternate, xml in
            xml.element(
                "alternateIdentifier", [("alternateIdentifierType", alternate.type?.value)],
                text: alternate.value.value)
        }
        wrapped("relatedIdentifiers", relatedIdentifiers, &xml) { related, xml in
            xml.element(
                "relatedIdentifier",
                [
                    ("relatedIdentifierType", related.type?.value), ("relationType", related.relation?.value),
                    ("relationTypeInformation", related.relationInformation?.value),
                    ("resourceTypeGeneral", related.resourceType?.value),
                    ("relatedMetadataScheme", related.metadataScheme?.value),
                    ("schemeURI", related.schemeAddress?.value), ("schemeType", related.schemeType?.value),
                ], text: related.value.value)
        }
    }

    private func writeData(_ xml: inout XMLWriter) {
        wrapped("sizes", sizes, &xml) { $1.element("size", text: $0.value) }
        wrapped("formats", formats, &xml) { $1.element("format", text: $0.value) }
        if let version { xml.element("version", text: version.value) }
        wrapped("rightsList", rights, &xml) { rights, xml in
            xml.element(
                "rights",
                [
                    ("xml:lang", rights.language?.value), ("rightsURI", rights.address?.value),
                    ("rightsIdentifier", rights.identifier?.value), ("rightsIdentifierScheme", rights.scheme?.value),
                    ("schemeURI", rights.schemeAddress?.value),
                ], text: rights.text?.value ?? "")
        }
        wrapped("descriptions", descriptions, &xml) { description, xml in
            xml.element(
                "description",
                [("xml:lang", description.language?.value), ("descriptionType", description.kind?.value)],
                text: description.text.value, lineBreak: "br")
        }
        wrapped("geoLocations", geoLocations, &xml) { place, xml in
            xml.element("geoLocation") { xml in
                if let name = place.name { xml.element("geoLocationPlace", text: name.value) }
                guard place.longitude != nil || place.latitude != nil else { return }
                xml.element("geoLocationPoint") { xml in
                    if let longitude = place.longitude { xml.element("pointLongitude", text: longitude.value) }
                    if let latitude = place.latitude { xml.element("pointLatitude", text: latitude.value) }
                }
            }
        }
        wrapped("fundingReferences", fundingReferences, &xml) { reference, xml in
            xml.element("fundingReference") { reference.write(&$0) }
        }
    }
}

/// Names and addresses of the schema.
public enum KernelFour {
    /// The namespace of all versions from 4.0 on.
    public static let namespace = "http://datacite.org/schema/kernel-4"
    /// Where the newest schema of the namespace is.
    public static let schemaAddress = "https://schema.datacite.org/meta/kernel-4/metadata.xsd"
}

private func wrapped<Item>(
    _ name: String, _ items: [Item], _ xml: inout XMLWriter, _ body: (Item, inout XMLWriter) -> Void
) {
    guard !items.isEmpty else { return }
    xml.element(name) { xml in for item in items { body(item, &xml) } }
}

extension Party {
    fileprivate func write(_ nameElement: String, _ xml: inout XMLWriter) {
        xml.element(
            nameElement, [("nameType", kind?.value), ("xml:lang", language?.value)], text: name?.value ?? "")
        if let given { xml.element("givenName", text: given.value) }
        if let family { xml.element("familyName", text: family.value) }
        for identifier in identifiers {
            xml.element(
                "nameIdentifier",
                [
                    ("nameIdentifierScheme", identifier.scheme?.value),
                    ("schemeURI", identifier.schemeAddress?.value),
                ], text: identifier.value.value)
        }
        for affiliation in affiliations {
            xml.element(
                "affiliation",
                [
                    ("affiliationIdentifier", affiliation.identifier?.value),
                    ("affiliationIdentifierScheme", affiliation.scheme?.value),
                    ("schemeURI", affiliation.schemeAddress?.value),
                ], text: affiliation.name.value)
        }
    }
}

extension FundingReference {
    fileprivate func write(_ xml: inout XMLWriter) {
        xml.element("funderName", text: funder?.value ?? "")
        if let identifier {
            xml.element(
                "funderIdentifier",
                [("funderIdentifierType", identifierType?.value), ("schemeURI", schemeAddress?.value)],
                text: identifier.value)
        }
        if awardNumber != nil || awardAddress != nil {
            xml.element("awardNumber", [("awardURI", awardAddress?.value)], text: awardNumber?.value ?? "")
        }
        if let awardTitle { xml.element("awardTitle", text: awardTitle.value) }
    }
}
