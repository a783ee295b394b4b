// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import DataCite
import Diffraction
import JSON

/// CITATION.cff: how the data are cited, for programs.
///
/// - Source: Citation File Format 1.2.0.
enum CitationFile {
    /// The text; nil where title or creators are not known, without which there is no citation.
    static func text(_ content: DocumentContent) -> String? {
        let record = content.record
        guard let title = record.title?.value, !record.creators.isEmpty else { return nil }
        var lines = [
            "cff-version: 1.2.0", "message: \"Cite these data as below.\"", "type: dataset", "title: \(quoted(title))",
            "authors:",
        ]
        for creator in record.creators { lines += author(creator) }
        if let doi = record.identifier?.value { lines.append("doi: \(quoted(doi))") }
        if let version = record.version?.value { lines.append("version: \(quoted(version))") }
        lines.append("date-released: \(content.date)")
        if let licence = content.licence?.identifier?.value { lines.append("license: \(quoted(licence))") }
        let words = record.subjects.map(\.text.value)
        if !words.isEmpty {
            lines.append("keywords:")
            var seen = Set<String>()
            lines += words.filter { seen.insert($0).inserted }.map { "  - \(quoted($0))" }
        }
        if let abstract = record.description("Abstract")?.value { lines.append("abstract: \(quoted(abstract))") }
        if let url = record.url?.value ?? content.doiAddress { lines.append("url: \(quoted(url))") }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func author(_ party: Party) -> [String] {
        var fields: [String] = []
        if party.isPerson {
            if let family = party.family?.value ?? party.name?.value {
                fields.append("family-names: \(quoted(family))")
            }
            if let given = party.given?.value { fields.append("given-names: \(quoted(given))") }
        } else if let name = party.name?.value {
            fields.append("name: \(quoted(name))")
        }
        if let orcid = party.identifier("ORCID")?.value {
            fields.append("orcid: \(quoted(orcid.hasPrefix("http") ? orcid : "https://orcid.org/\(orcid)"))")
        }
        if party.isPerson, let affiliation = party.affiliations.first {
            fields.append("affiliation: \(quoted(affiliation.name.value))")
        }
        return fields.enumerated().map { ($0 == 0 ? "  - " : "    ") + $1 }
    }

    /// A text as YAML and JSON both write it.
    private static func quoted(_ text: String) -> String {
        var json = JSONWriter(.compact)
        json.string(text)
        return String(decoding: json.finishValue(), as: UTF8.self)
    }
}

/// LICENSE.txt: under what the data may be used.
enum LicenceFile {
    /// Name, identifier and address, and the text where the tables hold it; nil where no licence is given.
    static func text(_ content: DocumentContent) -> String? {
        guard let licence = content.licence else { return nil }
        var lines: [String] = []
        if let name = licence.text?.value { lines.append(name) }
        if let identifier = licence.identifier?.value { lines.append("SPDX-License-Identifier: \(identifier)") }
        if let address = licence.address?.value ?? licence.identifier.map({ Licence.address(of: $0.value) }) {
            lines.append(address)
        }
        guard !lines.isEmpty else { return nil }
        if let title = content.record.title?.value {
            lines.insert("The data set '\(title)' is published under:\n", at: 0)
        }
        return lines.joined(separator: "\n") + "\n" + (content.licenceText.map { "\n---\n\n" + $0 } ?? "")
    }

    /// The text of a licence of the folder `rules/licences`.
    ///
    /// - Parameter identifier: Of SPDX; what is no identifier names no file.
    static func fullText(of identifier: String, in rules: RulesFolder) -> String? {
        let allowed = identifier.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == 0x2D || byte == 0x2E
        }
        guard allowed, !identifier.isEmpty else { return nil }
        return FileBytes.read("\(rules.path)/licences/\(identifier).txt").map { String(decoding: $0, as: UTF8.self) }
    }
}
