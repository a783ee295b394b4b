// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import DataCite
import Diffraction
import Findings
import Transport

/// README.md: the data set for a stranger in twenty years. No sentence without a value.
enum ReadmeFile {
    static func text(_ content: DocumentContent) -> String {
        let record = content.record
        var text = "# \(plain(record.title?.value ?? "Raw diffraction data"))\n"
        if let citation = citation(content) { text += section("Citation", [citation]) }
        if let abstract = record.description("Abstract")?.value { text += "\n\(plain(abstract))\n" }
        let measured = measured(content)
        if !measured.isEmpty {
            text += "\n## What was measured\n\n| quantity | value |\n|---|---|\n"
            for (name, value) in measured { text += "| \(name) | \(cell(value)) |\n" }
        }
        if let methods = record.description("Methods")?.value { text += "\n\(plain(methods))\n" }
        text += files(content)
        text += use(content)
        if !content.findings.isEmpty {
            text += "\n## Known faults\n\n" + content.findings.map { "* \(plain($0))\n" }.joined()
        }
        if let licence = licence(content) { text += section("Licence", [licence]) }
        if let contact = record.contact {
            text += section(
                "Contact", [contact.name.value + (contact.email.map { " <\($0.value)>" } ?? "")])
        }
        let related = record.relatedIdentifiers.map { one in
            "* \(one.relation?.value ?? "related"): \(one.type?.value == "DOI" ? "https://doi.org/" : "")\(one.value.value)"
        }
        if !related.isEmpty { text += "\n## Related works\n\n" + related.joined(separator: "\n") + "\n" }
        return text
    }

    private static func section(_ title: String, _ paragraphs: [String]) -> String {
        "\n## \(title)\n\n" + paragraphs.map(plain).joined(separator: "\n\n") + "\n"
    }

    /// Creators (year): title. Publisher. DOI.
    static func citation(_ content: DocumentContent) -> String? {
        let record = content.record
        guard let title = record.title?.value, !content.names.isEmpty else { return nil }
        let year = record.publicationYear.map { " (\($0.value))" } ?? ""
        var parts = [content.names.joined(separator: "; ") + year + ": " + title]
        if let version = record.version?.value { parts.append("Version \(version)") }
        if let publisher = record.publisher?.name.value { parts.append(publisher) }
        if let doi = content.doiAddress { parts.append(doi) }
        return parts.joined(separator: ". ")
    }

    private static func measured(_ content: DocumentContent) -> [(String, String)] {
        let facts = content.facts
        var rows: [(String, String)] = []
        func add(_ name: String, _ value: String?) { if let value { rows.append((name, value)) } }
        func number(_ value: Sourced<Double>?, _ unit: String) -> String? {
            value.map { "\(Wording.number($0.value)) \(unit)" }
        }
        add("sample", content.sample ?? facts.sample?.value)
        add("facility", facts.facility?.value)
        add("beamline", facts.beamline?.value)
        add("collected", facts.collected?.value)
        add("radiation", facts.probe.map { Self.words($0.value) })
        let waves = facts.wavelengths.map { "\(Wording.number($0.value)) Å" }
        add("wavelength", waves.isEmpty ? nil : waves.joined(separator: ", "))
        add("detector", facts.detector?.value)
        add("distance", number(facts.distance, "mm"))
        add(
            "pixel",
            facts.pixelSize.map {
                "\(Wording.number($0.value.fast)) mm × \(Wording.number($0.value.slow)) mm"
            })
        add("images", facts.frames.map { "\($0.value)" })
        add("scans", facts.scans > 1 ? "\(facts.scans)" : nil)
        add("axis", facts.axis?.value)
        add("width of an image", number(facts.increment, "deg"))
        add("range of a scan", number(facts.range, "deg"))
        add("exposure of an image", number(facts.exposure, "s"))
        add("temperature of the sample", number(facts.temperature, "K"))
        add("transmission", facts.transmission.map { Wording.number($0.value) })
        return rows
    }

    private static func words(_ probe: Probe) -> String {
        switch probe {
        case .xray: "X-rays"
        case .electron: "electrons"
        case .neutron: "neutrons"
        case .gamma: "gamma rays"
        case .other(let word): word
        }
    }

    private static func files(_ content: DocumentContent) -> String {
        guard !content.files.isEmpty else { return "" }
        var text = "\n## Files\n\n| file | size | holds |\n|---|---|---|\n"
        for file in content.files {
            let words =
                file.members.map { "\($0) \($0 == 1 ? "file" : "files") of data, not compressed" }
                ?? Self.words[file.name] ?? "data"
            text += "| `\(file.name.replacing("|", with: "\\|"))` | \(SizeText.of(file.size)) | \(words) |\n"
        }
        return text
    }

    private static let words = [
        "dataset.cif": "the description of the images in imgCIF: geometry, scans, and where each image lies",
        "datacite.xml": "the metadata of this publication, DataCite 4.7",
        "datacite.json": "the same as DataCite takes it",
        "check-report.html": "a page to look at: geometry, pictures, and what a check found before there was a DOI",
        "check-report.txt": "what a check of the data found",
        "check-report.json": "what a check of the data found, for programs",
        "CITATION.cff": "how to cite the data", "LICENSE.txt": "the licence", "preview.png": "one image as a picture",
        "manifest.tsv": "where each image lies in which volume, with its digests",
        "members.sha256": "digests of the unpacked files",
    ]

    private static func use(_ content: DocumentContent) -> String {
        var text =
            "\n## Use\n\nWhether everything arrived as it was published:\n\n```sh\nsha256sum -c SHA256SUMS\n```\n"
        let volumes = content.files.filter { $0.members != nil }
        if let first = volumes.first {
            text += "\nUnpack the volumes into one folder, and verify the files in it:\n\n```sh\n"
            text += "unzip \(volumes.count == 1 ? shell(first.name) : "'*.zip'")\nsha256sum -c members.sha256\n```\n\n"
            text +=
                "Members are stored as they are: `manifest.tsv` gives the first byte of each in its volume, so that one "
            text += "image can be read without the others.\n"
        }
        if content.files.contains(where: { $0.name == "dataset.cif" }) {
            text += "\nThe rows of `_array_data_external_data` in `dataset.cif` name the file of each image, and "
            text += "`_diffrn_scan_frame` its place in the scan.\n"
        }
        return text
    }

    private static func licence(_ content: DocumentContent) -> String? {
        guard let licence = content.licence else { return nil }
        let name = licence.text?.value ?? licence.identifier?.value
        let address = licence.address?.value ?? licence.identifier.map { Licence.address(of: $0.value) }
        return [name, address].compactMap { $0 }.joined(separator: ", ")
    }

    private static func shell(_ name: String) -> String { "'" + name.replacing("'", with: "'\\''") + "'" }

    /// Text that means nothing in Markdown but itself.
    private static func plain(_ text: String) -> String {
        var text = text
        for mark in ["\\", "`", "*", "_", "<", "[", "]"] where text.contains(mark) {
            text = text.replacing(mark, with: "\\" + mark)
        }
        return text
    }

    private static func cell(_ text: String) -> String {
        plain(text).replacing("|", with: "\\|").replacing("\n", with: " ")
    }
}
