// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
internal import Transport

extension RecordAssembly {
    mutating func fillData() {
        if let images = author.images ?? facts.frames {
            record.sizes.append(images.map { "\($0) image\($0 == 1 ? "" : "s")" })
        }
        if let bytes = context.bytes { record.sizes.append(Leaf(SizeText.of(bytes), .derived("the files"))) }
        record.formats = context.formats.map { Leaf($0, .derived("the files")) }
        guard let licence = author.licence ?? context.policy?.licence else { return }
        if author.licence == nil, let policy = context.policy {
            notes.append("Policy '\(policy.name)' gives the licence \(licence.value).")
        }
        var rights = Rights(place: licence.origin.place ?? .file)
        if licence.value.hasPrefix("http") {
            rights.address = licence
            if let identifier = Licence.identifier(ofAddress: licence.value), tables.licences[identifier] != nil {
                rights.identifier = licence.map { _ in identifier }
            }
        } else {
            rights.identifier = licence
            if tables.licences[licence.value] != nil { rights.address = licence.map(Licence.address(of:)) }
        }
        if let identifier = rights.identifier {
            rights.scheme = identifier.map { _ in "SPDX" }
            rights.schemeAddress = identifier.map { _ in "https://spdx.org/licenses/" }
            if let title = tables.licences[identifier.value] {
                rights.text = identifier.map { _ in title }
                rights.language = Self.english
            }
        }
        record.rights = [rights]
    }

    mutating func fillDescriptions() {
        if let abstract = author.abstract {
            record.descriptions.append(
                RecordText(abstract, language: language, kind: template("Abstract")))
        }
        for (given, made, kind) in [
            (author.methods, methods, "Methods"), (author.technicalInfo, technicalInfo, "TechnicalInfo"),
        ] {
            if let given {
                record.descriptions.append(RecordText(given, language: language, kind: template(kind)))
            } else if !made.isEmpty {
                record.descriptions.append(RecordText(template(made), language: Self.english, kind: template(kind)))
            }
        }
    }

    /// One sentence on the measurement, every number with its unit, and only what is known.
    private var methods: String {
        func number(_ value: Double, _ decimals: Int = 6) -> String { DecimalText.rounded(value, decimals: decimals) }
        var parts: [String] = []
        if !facts.wavelengths.isEmpty, facts.wavelengths.count <= 4 {
            let values = facts.wavelengths.map { number($0.value) }.joined(separator: ", ")
            parts.append("wavelength\(facts.wavelengths.count > 1 ? "s" : "") \(values) A")
        }
        if let distance = facts.distance { parts.append("detector distance \(number(distance.value, 3)) mm") }
        if let frames = facts.frames {
            var words = "\(frames.value) image\(frames.value == 1 ? "" : "s")"
            let each = [
                facts.isStills ? nil : facts.increment.map { "\(number($0.value)) deg" },
                facts.exposure.map { "\(number($0.value)) s" },
            ].compactMap { $0 }
            if !each.isEmpty { words += " of " + each.joined(separator: " and ") }
            parts.append(words)
        }
        if facts.scans > 1 { parts.append("\(facts.scans) scans") }
        if !facts.isStills, let axis = facts.axis { parts.append("rotation about \(axis.value)") }
        if !facts.isStills, let range = facts.range {
            parts.append("range \(number(range.value))\(facts.scans > 1 ? " deg each" : " deg")")
        }
        if let temperature = facts.temperature { parts.append("sample temperature \(number(temperature.value, 2)) K") }
        if let transmission = facts.transmission, transmission.value > 0, transmission.value <= 1 {
            parts.append("attenuated to \(number(transmission.value * 100, 4)) % of the beam")
        }
        return sentence(parts)
    }

    /// One sentence on the form of the data, and one for each thing to know about unpacking.
    private var technicalInfo: String {
        var parts: [String] = []
        if let definition = facts.definition {
            switch definition.value {
            case "NXmx": parts.append("NeXus NXmx in HDF5")
            case "imgCIF": parts.append("images described by imgCIF")
            default: parts.append(definition.value)
            }
        }
        if let compression = facts.compression { parts.append("images compressed with \(compression.value)") }
        if let detector = facts.detector { parts.append("detector \(detector.value)") }
        if let size = facts.pixelSize?.value {
            let sides = [size.fast, size.slow].map { DecimalText.rounded($0, decimals: 6) }
            parts.append("pixels of \(sides.joined(separator: " x ")) mm")
        }
        if let bits = facts.bitDepth { parts.append("\(bits.value) bits read out") }
        return ([sentence(parts)] + context.packing.map { sentence([$0]) }).filter { !$0.isEmpty }
            .joined(separator: "\n")
    }

    private func sentence(_ parts: [String]) -> String {
        guard let first = parts.first, let letter = first.first else { return "" }
        let begun = [letter.uppercased() + first.dropFirst()] + parts.dropFirst()
        return begun.joined(separator: ", ") + "."
    }

    mutating func findContradictions() {
        func differ(_ property: String, _ stated: Leaf?, _ found: Leaf?, _ isSame: (String, String) -> Bool) {
            guard let stated, let found, !isSame(stated.value, found.value) else { return }
            contradictions.append(Contradiction(property: property, stated: stated, found: found))
        }
        let doi: (String, String) -> Bool = {
            Identifiers.bareDOI($0).lowercased() == Identifiers.bareDOI($1).lowercased()
        }
        let words: (String, String) -> Bool = { Self.folded($0) == Self.folded($1) }
        differ("identifier", record.identifier, facts.doi, doi)
        differ("identifier", author.doi, context.doi.map { Leaf($0, .derived("the repository")) }, doi)
        // The name of a substance and the label of a crystal do not contradict each other, so samples are not compared.
        let tables = tables
        differ("facility", author.facility ?? author.proposal?.facility, facts.facility) { one, other in
            words(one, other)
                || tables.facility(one).map { facility in tables.facility(other)?.id == facility.id } ?? false
        }
        let facility = facility
        differ("beamline", author.beamline, facts.beamline) { one, other in
            words(one, other) || Self.folded(other).hasSuffix(Self.folded(one))
                || facility?.beamline(one).map { line in facility?.beamline(other)?.name == line.name } ?? false
        }
        differ("dates Collected", author.collected, facts.collected, Self.isSameTime)
        let images = author.images.map { $0.map(String.init) }
        differ("number of images", images, facts.frames.map { $0.map(String.init) }) { $0 == $1 }
    }

    /// Letters and digits alone, small.
    static func folded(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }

    /// The days are the same; what one of them says beyond days is no contradiction.
    static func isSameTime(_ one: String, _ other: String) -> Bool {
        func days(_ text: String) -> [String] {
            let days = text.split(separator: "/").map { String($0.prefix { $0 != "T" }) }
            return days.count == 2 && days[0] == days[1] ? [days[0]] : days
        }
        return days(one) == days(other)
    }
}
