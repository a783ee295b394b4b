// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import DataCite
import Diffraction
import JSON
import RuleEngine
import Transport

/// What the documents of a package say of one thing, held against each other.
struct DocumentAgreement {
    private(set) var disagreements: [PackageView.Disagreement] = []
    private var known: [String: PackageView.Disagreement.Statement] = [:]

    init(_ package: Package) {
        func bytes(_ name: String) -> [UInt8]? {
            let path = package.deposit.appending(Name(name))
            return Folder.working.kind(behind: path) == .file ? try? Package.bytes(path) : nil
        }
        if let xml = bytes("datacite.xml"), let record = try? PublicationRecord(xml: xml, named: "datacite.xml") {
            takeRecord(record, "datacite.xml")
        }
        if let text = bytes("datacite.json"), let json = try? JSONReader.read(text) {
            takeREST(json["data"]?["attributes"] ?? json, "datacite.json")
        }
        if let text = bytes("ro-crate-metadata.json"), let json = try? JSONReader.read(text) {
            takeCrate(json, "ro-crate-metadata.json")
        }
        if let text = bytes("CITATION.cff") { takeCitation(text, "CITATION.cff") }
        if let text = bytes("README.md") { takeReadme(String(decoding: text, as: UTF8.self), "README.md") }
        if let text = bytes("dataset.cif") { takeDescription(String(decoding: text, as: UTF8.self), "dataset.cif") }
    }

    /// Keeps the first statement, and holds later ones against it.
    private mutating func state(_ property: String, _ value: String?, _ file: String) {
        guard let value, !value.isEmpty else { return }
        let statement = PackageView.Disagreement.Statement(value: value, file: file)
        guard let first = known[property] else {
            known[property] = statement
            return
        }
        let isEqual =
            property == "DOI" ? first.value.lowercased() == value.lowercased() : first.value == value
        if !isEqual {
            disagreements.append(PackageView.Disagreement(property: property, first: first, second: statement))
        }
    }

    // MARK: Documents

    private mutating func takeRecord(_ record: PublicationRecord, _ file: String) {
        state("DOI", record.identifier?.value, file)
        state("title", record.title?.value, file)
        state("creators", record.creators.compactMap(DocumentContent.name).joined(separator: "; "), file)
        state("licence", record.rights.first { $0.identifier != nil }?.identifier?.value, file)
        state("version", record.version?.value, file)
    }

    private mutating func takeREST(_ json: JSONValue, _ file: String) {
        state("DOI", json["doi"]?.string, file)
        state("title", json["titles"]?.elements?.first?["title"]?.string, file)
        let names = (json["creators"]?.elements ?? []).compactMap { creator -> String? in
            guard let family = creator["familyName"]?.string else { return creator["name"]?.string }
            return creator["givenName"]?.string.map { "\(family), \($0)" } ?? family
        }
        state("creators", names.joined(separator: "; "), file)
        let rights = json["rightsList"]?.elements ?? []
        state("licence", rights.lazy.compactMap { $0["rightsIdentifier"]?.string }.first, file)
        state("version", json["version"]?.string, file)
    }

    private mutating func takeCrate(_ json: JSONValue, _ file: String) {
        let graph = json["@graph"]?.elements ?? []
        var entities: [String: JSONValue] = [:]
        for entity in graph { if let id = entity["@id"]?.string { entities[id] = entity } }
        guard let root = entities["./"] else { return }
        func reached(_ value: JSONValue?) -> [JSONValue] {
            (value?.elements ?? [value].compactMap { $0 }).compactMap { $0["@id"]?.string }.compactMap { entities[$0] }
        }
        if let value = reached(root["identifier"]).first?["value"]?.string, value.hasPrefix("doi:") {
            state("DOI", String(value.dropFirst(4)), file)
        }
        state("title", root["name"]?.string, file)
        let names = reached(root["author"]).compactMap { person -> String? in
            guard let family = person["familyName"]?.string else { return person["name"]?.string }
            return person["givenName"]?.string.map { "\(family), \($0)" } ?? family
        }
        state("creators", names.joined(separator: "; "), file)
        state("licence", reached(root["license"]).first?["identifier"]?.string, file)
        state("version", root["version"]?.string, file)
    }

    /// CITATION.cff as it is written here: one value a line, texts as in JSON.
    private mutating func takeCitation(_ bytes: [UInt8], _ file: String) {
        var names: [String] = []
        var family: String?
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            var rest = line.drop { $0 == " " }
            if rest.hasPrefix("- ") { rest = rest.dropFirst(2) }
            guard let colon = rest.firstIndex(of: ":") else { continue }
            let value = Self.unquoted(rest[rest.index(after: colon)...].drop { $0 == " " })
            let isInner = line.first == " "
            switch (String(rest[..<colon]), isInner) {
            case ("doi", false): state("DOI", value, file)
            case ("title", false): state("title", value, file)
            case ("license", false): state("licence", value, file)
            case ("version", false): state("version", value, file)
            case ("family-names", true):
                family = value
                names.append(value)
            case ("given-names", true):
                if let family, !names.isEmpty { names[names.count - 1] = "\(family), \(value)" }
            case ("name", true): names.append(value)
            default: break
            }
        }
        state("creators", names.joined(separator: "; "), file)
    }

    private static func unquoted(_ text: Substring) -> String {
        guard text.first == "\"", case .string(let value)? = try? JSONReader.read(Array(text.utf8)) else {
            return String(text)
        }
        return value
    }

    private mutating func takeReadme(_ text: String, _ file: String) {
        let mark = "https://doi.org/"
        guard let section = text.firstRange(of: "\n## Citation\n") else { return }
        let rest = text[section.upperBound...]
        let citation = rest.firstRange(of: "\n## ").map { rest[..<$0.lowerBound] } ?? rest
        guard let place = citation.firstRange(of: mark) else { return }
        let doi = citation[place.upperBound...].prefix { !$0.isWhitespace }
        // Underscores are escaped there.
        state("DOI", String(doi).replacing("\\", with: ""), file)
    }

    private mutating func takeDescription(_ text: String, _ file: String) {
        for line in text.split(separator: "\n") where line.hasPrefix("_database.dataset_DOI") {
            let words = line.split(separator: " ")
            guard words.count == 2 else { continue }
            state("DOI", words[1].trimmingQuotes, file)
        }
    }
}

extension Substring {
    /// Without the quotes that CIF may put around a word.
    fileprivate var trimmingQuotes: String {
        guard count > 1, let mark = first, mark == "'" || mark == "\"", last == mark else { return String(self) }
        return String(dropFirst().dropLast())
    }
}
