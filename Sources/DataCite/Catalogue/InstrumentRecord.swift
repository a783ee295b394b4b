// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

/// The record of a beamline or a detector that has no identifier yet.
///
/// - Source: DataCite Metadata Schema 4.7, example of an instrument; RDA working group on persistent identification of
///   instruments.
extension PublicationRecord {
    /// - Parameters:
    ///   - name: Such as "EIGER2 X 9M", or "ID30B".
    ///   - maker: Who made it.
    ///   - serial: Its serial number.
    ///   - facility: Who owns it.
    ///   - year: Since when it is there, or this year.
    public static func instrument(
        name: Leaf, maker: Leaf?, serial: Leaf?, facility: Facility?, year: String
    ) -> PublicationRecord {
        func template(_ text: String) -> Leaf { Leaf(text, .derived("the template")) }
        var record = PublicationRecord(place: name.origin.place ?? .file)
        record.titles = [RecordText(name, language: template("en"))]
        record.resourceType = ResourceType(general: template("Instrument"), text: template("Instrument of diffraction"))
        record.publicationYear = template(year)
        record.language = template("en")
        var owner: Party?
        if let facility, let name = facility.rorName ?? facility.names.last {
            var party = Party(place: facility.place)
            party.name = name
            party.kind = template("Organizational")
            if let ror = facility.ror {
                party.identifiers = [
                    NameIdentifier(
                        ror.map { "https://ror.org/" + $0 }, scheme: template("ROR"),
                        schemeAddress: template("https://ror.org"))
                ]
            }
            owner = party
            record.publisher = Publisher(name)
        }
        if let maker {
            var party = Party(place: maker.origin.place ?? .file)
            party.name = maker
            party.kind = template("Organizational")
            record.creators = [party]
        } else if let owner {
            record.creators = [owner]
        }
        if var owner {
            owner.role = template("HostingInstitution")
            record.contributors = [owner]
        }
        if let serial {
            record.alternateIdentifiers = [AlternateIdentifier(serial, type: template("SerialNumber"))]
        }
        record.subjects = [RecordSubject(template("X-ray diffraction"), language: template("en"))]
        return record
    }
}
