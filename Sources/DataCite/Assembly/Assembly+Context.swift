// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction

extension RecordAssembly {
    mutating func fillContext() {
        record.subjects = techniques.map { technique($0) }
        record.subjects.append(RecordSubject(template("raw diffraction data"), language: Self.english))
        if let definition = facts.definition {
            record.subjects.append(RecordSubject(definition, language: Self.english))
        }
        record.subjects += author.keywords.map { RecordSubject($0, language: language) }
        if probe == .electron {
            notes.append("PaNET has no term for electron diffraction; the record has none.")
        }

        if let collected = author.collected ?? facts.collected {
            record.dates.append(RecordDate(collected, type: template("Collected")))
        }
        record.dates.append(
            RecordDate(Leaf(context.today, .derived("the day of the deposit")), type: template("Submitted")))
        if let embargo = record.embargo {
            record.dates.append(
                RecordDate(embargo.until, type: template("Available"), information: template(Embargo.words)))
        }

        if let number = author.proposal?.number {
            let name = facility?.names.first?.value ?? author.proposal?.facility?.value ?? facts.facility?.value
            let type = [name, "proposal"].compactMap { $0 }.joined(separator: " ")
            record.alternateIdentifiers.append(AlternateIdentifier(number, type: number.map { _ in type }))
        }
        for alternate in facts.alternates
        where !record.alternateIdentifiers.contains(where: { $0.value.value == alternate.value.value }) {
            record.alternateIdentifiers.append(alternate)
        }
        fillPlace()
    }

    private mutating func fillPlace() {
        guard let facility else { return }
        var place = GeoLocation(place: facility.place)
        if let name = facility.names.first {
            place.name = name.map { [$0, facility.town?.value].compactMap { $0 }.joined(separator: ", ") }
        }
        place.longitude = facility.longitude
        place.latitude = facility.latitude
        record.geoLocations = [place]
    }

    /// The beamline in the table of its facility.
    var beamline: Facility.Beamline? {
        (author.beamline ?? facts.beamline).flatMap { facility?.beamline($0.value) }
    }

    /// Those of the author, else of the beamline, else what radiation and scans say.
    private var techniques: [Leaf] {
        if !author.techniques.isEmpty { return author.techniques }
        if let beamline, !beamline.techniques.isEmpty { return beamline.techniques }
        let origin = Origin.derived("radiation and scans")
        switch probe {
        case .xray:
            let isSerial = facts.isStills && (facts.frames?.value ?? 0) >= 1000 && facility != nil
            return [Leaf(isSerial ? "PaNET01169" : "PaNET01102", origin)]
        case .neutron: return [Leaf("PaNET01236", origin)]
        default: return []
        }
    }

    /// A term of PaNET with its label; an id that the table lacks keeps itself as label, which META-018 tells.
    private func technique(_ leaf: Leaf) -> RecordSubject {
        let id = leaf.value.hasPrefix("http") ? String(leaf.value.split(separator: "/").last ?? "") : leaf.value
        return RecordSubject(
            leaf.map { _ in tables.techniques[id] ?? id }, language: Self.english, scheme: leaf.map { _ in "PaNET" },
            schemeAddress: leaf.map { _ in RecordTables.panetAddress + "PaNET.owl" },
            valueAddress: leaf.map { _ in RecordTables.panetAddress + id })
    }
}
