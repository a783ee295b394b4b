// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension VerbTable {
    static let checksum = VerbRow(
        "checksum", "list files with their digests",
        description: [
            "Reads each file once for all digests, several files at a time, and prints a list that 'imprimatur verify', "
                + "sha256sum, md5sum and their kin check. With several digests and no form each line names its algorithm.",
            "What is found is kept in FILE.part until the list is written: a run that was interrupted goes on where it "
                + "stopped. A list is written only when every file was read. Hidden files in folders are passed over.",
        ],
        options: [
            .option(.algorithms), .option(.manifestForm), .option(.manifests), .option(.base), .flag(.chunks),
            .flag(.replace), .flag(.noProgress),
        ] + InputOptions.rows,
        operand: OperandRow("INPUT", .file, minimum: 1, maximum: nil, "file, folder (with -r), '-' or '@LIST'"),
        examples: [
            (
                "imprimatur checksum -r -o deposit/SHA256SUMS -o deposit/MD5SUMS deposit",
                "two lists for a deposit, in one read"
            ),
            ("imprimatur checksum -r --chunks -o visit.json visit", "with a digest of each stored frame"),
        ],
        run: ChecksumVerb.run)

    static let verify = VerbRow(
        "verify", "hold files against a list of digests",
        description: [
            "Reads a list of 'imprimatur checksum', or of sha256sum, md5sum and their kin, and every file that it lists. "
                + "Names changed, missing and unlisted files; with a list of chunks also the frames.",
            "Names are relative to FOLDER, or to the folder of the list. Names that are absolute or lead out of it are "
                + "not looked up.",
            "Ends with 0 when every file is as listed, with 1 when one is not, and with 3 when something could not be "
                + "read or a line not be used.",
        ],
        options: [
            .option(.fixityFailAt), .option(.format), .option(.reports), .flag(.all), .flag(.quiet), .option(.color),
        ],
        operand: OperandRow("LIST [FOLDER]", .file, minimum: 1, maximum: 2, "the list, and the folder of the files"),
        examples: [
            ("imprimatur verify deposit/SHA256SUMS", "the files of a deposit"),
            ("imprimatur verify -o report.json visit.json /data/visit", "with a report for programs"),
        ],
        run: VerifyVerb.run)
}
