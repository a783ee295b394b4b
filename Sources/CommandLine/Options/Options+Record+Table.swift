// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Forms in which `package record` prints a record.
enum RecordForm: String, CaseIterable, Sendable {
    case text, xml, json, invenio
}

extension Option where Value == String {
    // MARK: package init, package record

    static var authorFile: Self {
        Self(
            "output", short: "o", "FILE", shape: .file,
            "write to FILE instead of publication.json5; '-' is standard output")
    }
    static var recordOutput: Self {
        Self("output", short: "o", "FILE", shape: .file, "write to FILE instead of standard output")
    }
    static var reservedDOI: Self { Self("doi", "DOI", "the DOI that the repository reserved") }
}

extension Option where Value == RecordForm {
    static var recordForm: Self {
        Self(
            "format", "FORM", choices: RecordForm.allCases.map { ($0.rawValue, $0) },
            "text: every value with its source (without it); xml: DataCite XML; json: the body of a request to DataCite; "
                + "invenio: the body of a draft of InvenioRDM")
    }
}

extension Option where Value == RecordVersion {
    static var schemaVersion: Self {
        Self(
            "schema", "VERSION", choices: RecordVersion.allCases.map { ($0.rawValue, $0) },
            "release of the DataCite schema: 4.7 without it; earlier ones leave out what is newer and name it")
    }
}

/// Releases of the DataCite schema.
enum RecordVersion: String, CaseIterable, Sendable {
    case v47 = "4.7"
    case v46 = "4.6"
    case v45 = "4.5"
}

extension Option where Value == CatalogueForm {
    static var catalogue: Self {
        Self(
            "for", "CATALOGUE", choices: CatalogueForm.allCases.map { ($0.rawValue, $0) },
            "scicat: three JSON documents of SciCat 4; icat: XML of ICAT ingest 1.1; panosc: two JSON documents of the "
                + "search interface of PaNOSC")
    }
}

extension Option where Value == String {
    // MARK: package export, package instrument

    static var exportFolder: Self {
        Self("output", short: "o", "FOLDER", shape: .folder, "write into FOLDER instead of the working directory")
    }
    static var sourceFolder: Self { Self("source", "FOLDER", "where the data lie at the facility") }
    static var ownerGroup: Self { Self("owner", "GROUP", "who owns the entry in SciCat, instead of the proposal") }
    static var maker: Self { Self("maker", "NAME", "who made the instrument") }
    static var serial: Self { Self("serial", "NUMBER", "its serial number") }
}

/// Catalogues of facilities that take a data set.
enum CatalogueForm: String, CaseIterable, Sendable {
    case scicat, icat, panosc
}
