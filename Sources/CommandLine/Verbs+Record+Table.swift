// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension VerbTable {
    static let packageInit = VerbRow(
        "package init", "write the file in which the author says what is published",
        description: [
            "Reads what the data say of themselves and writes publication.json5: known values with their source as comments, "
                + "missing ones as questions. People that the data name are proposed, never taken.",
            "A file that is there is not replaced without --force.",
        ],
        options: [.option(.authorFile), .flag(.force)] + InputOptions.rows + ReadingOptions.rows + RulesOptions.rows,
        operand: OperandRow("DATA", .file, minimum: 1, maximum: nil, "descriptions, master files, images"),
        examples: [("imprimatur package init scan1_master.h5", "publication.json5 for one data set")],
        run: PackageInitVerb.run)

    static let packageRecord = VerbRow(
        "package record", "print the record of a publication with the source of every value",
        description: [
            "Makes the record that DataCite and the repository are told from the author file, the data that it lists, and "
                + "the tables of facilities, techniques and licences.",
            "'imprimatur check publication.json5' and 'imprimatur check datacite.xml' run the rules on it.",
        ],
        options: [
            .option(.recordForm), .option(.schemaVersion), .option(.reservedDOI), .option(.recordOutput), .flag(.force),
        ] + ReadingOptions.rows + RulesOptions.rows,
        operand: OperandRow("FILE", .file, minimum: 1, maximum: 1, "publication.json5, or DataCite XML"),
        examples: [
            ("imprimatur package record publication.json5", "where every value comes from"),
            ("imprimatur package record --format xml publication.json5", "DataCite XML"),
        ],
        run: PackageRecordVerb.run)
}

extension VerbTable {
    static let packageExport = VerbRow(
        "package export", "write documents for the catalogue of a facility",
        description: [
            "SciCat 4, ICAT ingest 1.1 or the search interface of PaNOSC, from the author file and the data that it lists. "
                + "Nothing is sent."
        ],
        options: [
            .option(.catalogue), .option(.reservedDOI), .option(.sourceFolder), .option(.exportFolder), .flag(.force),
        ] + ReadingOptions.rows + RulesOptions.rows,
        operand: OperandRow("FILE", .file, minimum: 1, maximum: 1, "publication.json5"),
        examples: [("imprimatur package export --for icat publication.json5", "metadata.xml for the ingest of ICAT")],
        run: PackageExportVerb.run)

    static let packageInstrument = VerbRow(
        "package instrument", "write the DataCite record of an instrument that has no identifier yet",
        description: ["For beamlines and detectors: maker as creator, owner as hosting institution, serial number."],
        options: [
            .option(.maker), .option(.serial), .option(.facility), .option(.reservedDOI), .option(.recordForm),
            .option(.recordOutput), .flag(.force),
        ] + RulesOptions.rows,
        operand: OperandRow("NAME", .text, minimum: 1, maximum: 1, "such as 'EIGER2 X 9M'"),
        examples: [
            (
                "imprimatur package instrument --maker DECTRIS --serial E-32-0105 --facility 'MAX IV' 'EIGER 16M'",
                "DataCite XML"
            )
        ],
        run: PackageInstrumentVerb.run)
}
