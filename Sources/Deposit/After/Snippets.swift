// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import JSON
internal import Remote

/// What others write to lead to a data set, ready for pasting.
public struct Snippets: Sendable {
    /// One piece of text with what it is for.
    public struct Piece: Sendable {
        public let purpose: String
        public let text: String
    }

    public let pieces: [Piece]

    /// - Parameters:
    ///   - record: As the repository has it.
    ///   - files: Names and addresses.
    init(_ record: JSONValue, doi: String, page: String, files: [(key: String, address: String, size: Int)]) {
        let metadata = record["metadata"] ?? .object([])
        let title = Self.line(metadata["title"]?.string ?? "")
        let publisher = Self.line(metadata["publisher"]?.string ?? "")
        let year = String((metadata["publication_date"]?.string ?? "").prefix(4))
        let people = (metadata["creators"]?.elements ?? []).compactMap { $0["person_or_org"] }
        let names = people.map { person -> String in
            if let family = person["family_name"]?.string {
                return Self.line([family, person["given_name"]?.string].compactMap { $0 }.joined(separator: ", "))
            }
            return Self.line(person["name"]?.string ?? "")
        }
        let address = "https://doi.org/\(doi)"
        let image = files.first { $0.key == "dataset.cif" }?.address
        let version = metadata["version"]?.string.map(Self.line)
        pieces = [
            Piece(
                purpose: "Data availability, for the paper",
                text: "Raw diffraction images are available from \(publisher) at \(address)."),
            Piece(
                purpose: "wwPDB: loop of the mmCIF file of the structure",
                text: """
                    loop_
                    _pdbx_related_exp_data_set.ordinal
                    _pdbx_related_exp_data_set.data_reference
                    _pdbx_related_exp_data_set.metadata_reference
                    _pdbx_related_exp_data_set.data_set_type
                    _pdbx_related_exp_data_set.details
                    1 doi:\(doi) \(image.map(Self.quoted) ?? "doi:\(doi)") 'diffraction image data' ?
                    """),
            Piece(purpose: "CIF of the structure", text: "_database.dataset_DOI   \(Self.quoted(doi))"),
            Piece(
                purpose: "Crossref, for the editorial office",
                text: "The article has the relation isSupplementedBy (type doi) to \(doi)."),
            Piece(
                purpose: "BibTeX",
                text: """
                    @misc{\(doi.map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined()),
                      author = {\(names.map(Self.braced).joined(separator: " and "))},
                      title = {{\(Self.braced(title))}},
                      year = {\(year)},
                      publisher = {\(Self.braced(publisher))},\(version.map { "\n  version = {\(Self.braced($0))}," } ?? "")
                      doi = {\(doi)},
                      url = {\(address)}
                    }
                    """),
            Piece(
                purpose: "RIS",
                text: (["TY  - DATA"] + names.map { "AU  - \($0)" } + [
                    "TI  - \(title)", "PY  - \(year)", "PB  - \(publisher)", "DO  - \(doi)", "UR  - \(address)",
                    "ER  - ",
                ]).joined(separator: "\n")),
            Piece(
                purpose: "JSON-LD, for a page of one's own",
                text: Self.linked(title, names, doi, year, publisher, files)),
            Piece(
                purpose: "Signposting, headers of a page of one's own",
                text: (["Link: <\(address)>; rel=\"cite-as\"", "Link: <\(page)>; rel=\"about\""]
                    + files.map { "Link: <\($0.address)>; rel=\"item\"" }).joined(separator: "\n")),
        ]
    }

    private static func linked(
        _ title: String, _ names: [String], _ doi: String, _ year: String, _ publisher: String,
        _ files: [(key: String, address: String, size: Int)]
    ) -> String {
        var json = JSONWriter(.indented)
        json.object { json in
            json.member("@context", "https://schema.org")
            json.member("@type", "Dataset")
            json.member("@id", "https://doi.org/\(doi)")
            json.member("name", title)
            json.array("creator") { json in
                for name in names {
                    json.object { json in
                        json.member("@type", "Person")
                        json.member("name", name)
                    }
                }
            }
            json.member("datePublished", year)
            json.object("publisher") { json in
                json.member("@type", "Organization")
                json.member("name", publisher)
            }
            json.array("distribution") { json in
                for file in files {
                    json.object { json in
                        json.member("@type", "DataDownload")
                        json.member("name", file.key)
                        json.member("contentUrl", file.address)
                        json.member("contentSize", "\(file.size)")
                    }
                }
            }
        }
        return String(decoding: json.finishValue(), as: UTF8.self)
    }

    /// One line: what comes from a server could begin another.
    private static func line(_ text: String) -> String { text.split { $0.isWhitespace }.joined(separator: " ") }

    /// Signs that TeX reads are written as letters.
    private static func braced(_ text: String) -> String {
        text.map { "{}\\%&#_$".contains($0) ? "\\\($0)" : String($0) }.joined()
    }

    /// A value of CIF.
    private static func quoted(_ text: String) -> String { text.contains("'") ? "\"\(text)\"" : "'\(text)'" }
}
